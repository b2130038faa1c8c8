import Glibc
package import Reconciling

/// The secret of a state directory from which the tokens of tasks are made: `completion.key`, for its owner alone.
package struct CompletionSecret: Sendable {
    /// Bytes of the secret.
    package static let length = 32

    /// The bytes.
    package let bytes: [UInt8]

    /// Reads the secret of a state directory, or makes it where there is none.
    ///
    /// Throws `.failed` where that cannot be done, and `.unusable` for a file that others may read or that is torn.
    package init(state path: String, dice: inout some RandomNumberGenerator) throws(LedgerError) {
        let state = StateDirectory(path: path)
        try state.make()
        let file = path + "/completion.key"
        if let handle = FileHandle(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode: 0o600) {
            let text = (0..<Self.length).map { _ in
                let byte = String(UInt8.random(in: .min ... .max, using: &dice), radix: 16)
                return byte.count == 1 ? "0" + byte : byte
            }.joined()
            guard handle.replaceContent(with: text) else { throw Self.trouble(file) }
            try state.settle()
        } else if errno != EEXIST {
            throw Self.trouble(file)
        }
        bytes = try Self.read(file)
    }

    private static func read(_ file: String) throws(LedgerError) -> [UInt8] {
        guard let handle = FileHandle(file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC) else { throw trouble(file) }
        guard handle.isPrivate() else {
            throw LedgerError(kind: .unusable, message: "others may read \(file): chmod 600 it, or remove it")
        }
        let digits = Array(handle.content(limit: length * 2 + 1))
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        guard digits.count == length * 2, bytes.count == length else {
            throw LedgerError(kind: .unusable, message: "\(file) is damaged; remove it, and hand the new tokens out")
        }
        return bytes
    }

    private static func trouble(_ file: String) -> LedgerError {
        let error = SystemError()
        return LedgerError(kind: .failed, message: "cannot use \(file): \(error.words)")
    }
}
