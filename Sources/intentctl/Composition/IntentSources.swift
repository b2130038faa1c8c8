import Directory
import Reconciling

/// Builds the source that the settings name.
enum IntentSources {
    /// The directories and files of `--intents`; `warn` hears once of each thing that a person should know.
    static func directory(
        _ settings: Settings,
        time: SystemTimekeeper,
        _ warn: @escaping @Sendable (String) -> Void
    ) -> any IntentSource {
        DirectorySource(
            paths: settings.intents,
            observer: DirectoryObserver(notice: { notice in warn(notice.description) })
        )
    }
}
