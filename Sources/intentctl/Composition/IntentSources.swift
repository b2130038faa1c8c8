import Directory
import Reconciling

/// Builds the source that the settings name.
enum IntentSources {
    /// The directories and files of `--intents`; `warn` hears once of each thing that a person should know.
    ///
    /// With `isRun`, which directories they are is remembered in the state directory.
    static func directory(
        _ settings: Settings,
        keeping isRun: Bool,
        _ warn: @escaping @Sendable (String) -> Void
    ) -> any IntentSource {
        let identities = settings.state.map { SourceIdentities(state: $0) }
        return DirectorySource(
            paths: settings.intents,
            lastKnown: identities?.load() ?? [:],
            observer: DirectoryObserver(
                notice: { notice in warn(notice.description) },
                identities: { known in if isRun { identities?.save(known) } }
            )
        )
    }
}
