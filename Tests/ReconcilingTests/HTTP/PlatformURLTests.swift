import Reconciling
import Testing

/// Addresses.
@Suite struct PlatformURLTests {
    @Test func everyByteStaysInItsSegment() {
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~.%".unicodeScalars)
        for value in UInt32(0)..<256 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let segment = PlatformURL.segment("a\(scalar)b")
            #expect(segment.unicodeScalars.allSatisfy(allowed.contains), "\(value)")
        }
        #expect(PlatformURL.segment("\u{1}") == "%01")
    }

    @Test(arguments: [(".", "%2E"), ("..", "%2E%2E"), ("...", "..."), ("a.b", "a.b"), ("%2e", "%252e")])
    func stepsArePlainNames(text: String, segment: String) {
        #expect(PlatformURL.segment(text) == segment)
    }

    @Test(arguments: [
        ("https://h", "https://h"), ("https://h///", "https://h"), (" https://h/p/ \n", "https://h/p"), ("/", ""),
        ("", ""),
    ])
    func basesLoseTheirEnds(text: String, base: String) {
        #expect(PlatformURL.base(text) == base)
    }

    @Test(arguments: ["https://h", "http://127.0.0.1:80/x", "HTTPS://[::1]:443"])
    func goodBasesHaveNoProblem(text: String) {
        #expect(PlatformURL.problem(ofBase: text) == nil)
    }

    @Test(arguments: [
        "", "h", "ftp://h", "https:///x", "https://u@h", "https://u:p@h/x", "https://h?q", "https://h#f",
        "https://h/a b", "https://ü",
    ])
    func badBasesSayWhatIsWrongWithoutQuoting(text: String) {
        let problem = PlatformURL.problem(ofBase: text)
        #expect(problem != nil)
        #expect(problem?.contains("u:p") != true)
    }
}
