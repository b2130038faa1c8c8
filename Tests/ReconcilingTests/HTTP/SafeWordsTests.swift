import Reconciling
import Testing

/// Words that are fit to be shown.
@Suite struct SafeWordsTests {
    private static let secret = "s3cr3t-t0ken"
    private static let words = SafeWords(secrets: [PlatformSecret(secret)])

    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("  a  b  ", "a b"), ("a\r\n\tb", "a b"), ("a\u{0}\u{7}\u{1B}[31mb", "a[31mb"),
        ("a\u{85}b\u{9F}c", "abc"), ("a\u{200B}b\u{202E}c\u{FEFF}d", "abcd"), ("a\u{2028}b\u{A0}c", "a b c"),
        ("grüße 你好 👍", "grüße 你好 👍"),
        ("\u{E000}\u{FFFF}x", "x"),
    ])
    func textBecomesOneVisibleLine(text: String, shown: String) {
        #expect(Self.words.clean(text) == shown)
    }

    @Test func theSecretGoesWhereverItStands() {
        for before in ["", "x", "Bearer ", Self.secret, "s3cr3t", "s3cr3t-t0k"] {
            for after in ["", "y", " z", Self.secret] {
                let shown = Self.words.clean(before + Self.secret + after)
                #expect(!shown.contains(Self.secret))
                #expect(shown.contains(SafeWords.mark))
            }
        }
    }

    @Test func whatIsInvisibleCannotHideTheSecret() {
        for hidden in ["\u{0}", "\u{200B}", "\u{202E}", "\u{AD}", "\u{7F}", "\u{E000}"] {
            for place in 1..<Self.secret.count {
                let text = Self.secret.prefix(place) + hidden + Self.secret.dropFirst(place)
                #expect(!Self.words.clean(String(text)).contains(Self.secret))
            }
        }
    }

    @Test func aSecretThatWasCutOffLosesItsBeginning() {
        for length in 4..<Self.secret.count {
            #expect(Self.words.clean("token " + Self.secret.prefix(length)) == "token \(SafeWords.mark)")
        }
        #expect(Self.words.clean("class s3c") == "class s3c", "three characters give nothing away")
    }

    @Test func cuttingComesAfterHiding() {
        for padding in 0..<600 {
            let shown = Self.words.clean(String(repeating: "x", count: padding) + Self.secret)
            #expect(!shown.contains("s3cr3t"))
            #expect(shown.count <= SafeWords.longestMessage)
        }
    }

    @Test(arguments: [(511, 511), (512, 512), (513, 512), (200_000, 512)])
    func lengthsAreBoundedInCharacters(length: Int, shown: Int) {
        #expect(Self.words.clean(String(repeating: "é", count: length)).count == shown)
    }

    @Test func longerSecretsGoFirstAndEmptyOnesAreIgnored() {
        let words = SafeWords(secrets: ["abcd", "", "abcdefgh"].map { PlatformSecret($0) })
        #expect(words.clean("1 abcdefgh 2") == "1 \(SafeWords.mark) 2")
        #expect(SafeWords(secrets: []).clean("abcd") == "abcd")
    }

    @Test(arguments: [("key\n", "key"), (" \tkey\r\n", "key"), ("k ey", "k ey"), ("", ""), (" \n", "")])
    func aSecretFromAFileLosesItsLineBreak(text: String, secret: String) {
        #expect(PlatformSecret(text).revealed() == secret)
        #expect(PlatformSecret(text).isEmpty == secret.isEmpty)
    }

    @Test(arguments: [("key-1", true), ("k ey", false), ("k\r\ney", false), ("schlüssel", false), ("", true)])
    func onlyVisibleASCIIFitsAHeader(text: String, fits: Bool) {
        #expect(PlatformSecret(text).fitsHeader == fits)
    }
}
