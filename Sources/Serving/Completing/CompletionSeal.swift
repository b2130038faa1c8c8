/// Makes and checks the tokens with which a container tells that its task has ended: one for each intent and slot.
///
/// A token is the HMAC (RFC 2104, with SHA-256) of the intent's name and the slot under a secret that only the operator's
/// state directory holds. It lets its holder end that one task and nothing else.
package struct CompletionSeal: Sendable {
    private let secret: [UInt8]

    /// A seal with a secret of at least 16 bytes.
    package init(secret: [UInt8]) {
        precondition(secret.count >= 16, "a seal needs a secret")
        self.secret = secret
    }

    /// The token of a slot, 64 hexadecimal digits.
    package func token(intent: String, slot: Int) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let seal = Self.code(Array("complete/\(slot)/\(intent)".utf8), under: secret)
        return String(decoding: seal.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Whether a token is that of a slot; takes as long for a wrong one as for the right one.
    package func fits(_ token: String, intent: String, slot: Int) -> Bool {
        let (given, right) = (Array(token.utf8), Array(self.token(intent: intent, slot: slot).utf8))
        guard given.count == right.count else { return false }
        return zip(given, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The code of RFC 2104.
    static func code(_ message: [UInt8], under key: [UInt8]) -> [UInt8] {
        var padded = key.count > SHA256.block ? SHA256.digest(key) : key
        padded += Array(repeating: 0, count: SHA256.block - padded.count)
        let inner = SHA256.digest(padded.map { $0 ^ 0x36 } + message)
        return SHA256.digest(padded.map { $0 ^ 0x5c } + inner)
    }
}
