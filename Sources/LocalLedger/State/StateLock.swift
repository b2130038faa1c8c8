import Glibc
import Intents
import Reconciling

/// The lock that makes one process the holder of a state directory; it ends with its owner.
struct StateLock: ~Copyable {
    /// How often a lock that is taken is tried again; a command that only asks who holds it takes it for a moment.
    private static let tries = 5
    /// How long to wait between tries, in microseconds.
    private static let pauseMicroseconds: UInt32 = 10_000

    private let file: FileHandle

    /// Takes the lock and writes down who holds it.
    ///
    /// Throws `.held` with the holder's name where another process has it.
    init(of state: StateDirectory, holder: LockHolder) throws(LedgerError) {
        guard let file = FileHandle(state.lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode: 0o600) else {
            throw Self.trouble(state)
        }
        try Self.take(file, of: state)
        guard file.replaceContent(with: holder.text) else { throw Self.trouble(state) }
        self.file = file
    }

    private static func take(_ file: borrowing FileHandle, of state: StateDirectory) throws(LedgerError) {
        for attempt in 1...tries {
            if file.lock(LOCK_EX) { return }
            guard errno == EWOULDBLOCK else { throw trouble(state) }
            if attempt < tries { usleep(pauseMicroseconds) }
        }
        let holder = LockHolder(text: file.content(limit: LockHolder.largestText))
        throw LedgerError(
            kind: .held,
            message: "the state directory \(state.path) is held by \(holder?.description ?? "another process"); "
                + "stop that one first, or use another directory"
        )
    }

    /// Who holds a state directory now; nil where nobody does.
    static func holder(of state: StateDirectory) throws(LedgerError) -> LockHolder? {
        guard let file = FileHandle(state.lock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) else {
            if errno == ENOENT { return nil }
            throw trouble(state)
        }
        if file.lock(LOCK_SH) { return nil }
        guard errno == EWOULDBLOCK else { throw trouble(state) }
        return LockHolder(text: file.content(limit: LockHolder.largestText)) ?? .unnamed
    }

    private static func trouble(_ state: StateDirectory) -> LedgerError {
        let error = SystemError()
        return LedgerError(kind: .failed, message: "cannot use the lock \(state.lock): \(error.words)")
    }
}
