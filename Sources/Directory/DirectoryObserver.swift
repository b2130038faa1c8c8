/// Who is told what no report has a place for.
package struct DirectoryObserver: Sendable {
    /// Told once of each thing that a person should know.
    package let notice: @Sendable (DirectoryNotice) -> Void
    /// Told which directories the given paths are, after the first complete look and whenever one has been replaced.
    package let identities: @Sendable ([String: DirectoryIdentity]) async -> Void

    /// An observer; what is not given is not listened to.
    package init(
        notice: @escaping @Sendable (DirectoryNotice) -> Void = { _ in },
        identities: @escaping @Sendable ([String: DirectoryIdentity]) async -> Void = { _ in }
    ) {
        self.notice = notice
        self.identities = identities
    }
}
