import FoundationEssentials
import Testing

@testable import Serving

/// The digest and the code say what their standards say.
@Suite struct SealTests {
    /// A file of NIST's vectors, as paragraphs of names and values.
    private struct Vectors {
        /// The paragraphs that hold a value.
        let entries: [[String: String]]

        init(_ file: String) throws {
            let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            let path = root.appending(path: "Fixtures/sha256/\(file).rsp").path()
            let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
            entries = text.split(separator: "\n\n").map { paragraph in
                let pairs = paragraph.split(separator: "\n").compactMap { line -> (String, String)? in
                    let parts = line.split(separator: " = ", maxSplits: 1).map(String.init)
                    return parts.count == 2 && !line.hasPrefix("[") && !line.hasPrefix("#") ? (parts[0], parts[1]) : nil
                }
                return Dictionary(pairs) { $1 }
            }
            .filter { !$0.isEmpty }
        }
    }

    private func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private func bytes(_ hex: String) throws -> [UInt8] {
        let digits = Array(hex.utf8)
        return try stride(from: 0, to: digits.count, by: 2).map { place in
            try #require(UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16))
        }
    }

    @Test("SHA-256 of NIST's messages", arguments: [("SHA256ShortMsg", 65), ("SHA256LongMsg", 16)])
    func digest(file: String, count: Int) throws {
        let entries = try Vectors(file).entries
        #expect(entries.count == count)
        for entry in entries {
            let length = try #require(entry["Len"].flatMap { Int($0) })
            let message = try bytes(try #require(entry["Msg"])).prefix(length / 8)
            #expect(message.count * 8 == length)
            #expect(hex(SHA256.digest(Array(message))) == entry["MD"], "\(length) bits")
        }
    }

    @Test("SHA-256 along the chain of NIST's Monte Carlo test, for as long as a test may take")
    func chain() throws {
        let entries = try Vectors("SHA256Monte").entries
        var seed = try bytes(try #require(entries.first?["Seed"]))
        for entry in entries.dropFirst().prefix(2) {
            var last = [seed, seed, seed]
            for _ in 0..<1000 { last = [last[1], last[2], SHA256.digest(last[0] + last[1] + last[2])] }
            seed = last[2]
            #expect(hex(seed) == entry["MD"], "\(entry)")
        }
    }

    @Test(
        "SHA-256 of the examples of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ]
    )
    func example(text: String, digest: String) { #expect(hex(SHA256.digest(Array(text.utf8))) == digest) }

    @Test("SHA-256 of a million times a")
    func long() {
        let digest = SHA256.digest(Array(repeating: UInt8(ascii: "a"), count: 1_000_000))
        #expect(hex(digest) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    /// One case of RFC 4231, section 4.
    struct Code: Sendable, CustomTestStringConvertible {
        let number: Int
        let key: [UInt8]
        let data: [UInt8]
        /// What the code begins with: all of it, but for the case that is cut short.
        let code: String

        init(_ number: Int, _ key: [UInt8], _ data: [UInt8], _ code: String) {
            self.number = number
            self.key = key
            self.data = data
            self.code = code
        }

        init(_ number: Int, _ key: [UInt8], _ data: String, _ code: String) {
            self.init(number, key, Array(data.utf8), code)
        }

        var testDescription: String { "case \(number)" }

        private static func many(_ byte: UInt8, _ count: Int) -> [UInt8] { Array(repeating: byte, count: count) }

        static let all = [
            Code(
                1,
                many(0x0b, 20),
                "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            Code(
                2,
                Array("Jefe".utf8),
                "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            Code(
                3,
                many(0xaa, 20),
                many(0xdd, 50),
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
            ),
            Code(
                4,
                Array(0x01...0x19),
                many(0xcd, 50),
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
            ),
            Code(5, many(0x0c, 20), "Test With Truncation", "a3b6167473100ee06e0c796c2955552b"),
            Code(
                6,
                many(0xaa, 131),
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
            Code(
                7,
                many(0xaa, 131),
                "This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm.",
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
            ),
        ]
    }

    @Test("the code of RFC 4231", arguments: Code.all)
    func code(_ example: Code) {
        let code = hex(CompletionSeal.code(example.data, under: example.key))
        #expect(code.count == 64 && code.hasPrefix(example.code))
    }

    @Test("a key of exactly one block is taken as it is, a longer one by its digest")
    func keys() {
        let message = Array("message".utf8)
        let block = Array<UInt8>(repeating: 7, count: SHA256.block)
        #expect(
            CompletionSeal.code(message, under: block + [7])
                == CompletionSeal.code(message, under: SHA256.digest(block + [7]))
        )
        #expect(
            CompletionSeal.code(message, under: block) != CompletionSeal.code(message, under: SHA256.digest(block))
        )
        #expect(
            CompletionSeal.code(message, under: [7])
                == CompletionSeal.code(message, under: [7, 0, 0])
        )
    }

    @Test("a token fits its own intent and slot, under its own secret, and nothing else")
    func tokens() {
        let seal = CompletionSeal(secret: Array(0..<32))
        let token = seal.token(intent: "training", slot: 1)
        #expect(token.count == 64)
        #expect(seal.fits(token, intent: "training", slot: 1))
        #expect(!seal.fits(token, intent: "training", slot: 11))
        #expect(!seal.fits(token, intent: "1/training", slot: 1))
        #expect(!seal.fits(String(token.dropLast()), intent: "training", slot: 1))
        #expect(!seal.fits("", intent: "training", slot: 1))
        #expect(!CompletionSeal(secret: Array(1..<33)).fits(token, intent: "training", slot: 1))
    }
}
