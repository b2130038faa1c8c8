import Documents
import Testing

/// A text cut anywhere, or with a byte changed, is refused or read, and never brings the reader down.
@Suite struct TruncationTests {
    static let json = #"{"a":[1,-2.5e+3,true,false,null,"x\n\ud83d\ude00é"],"b":{"c":{},"d":[]}}"#
    static let yaml = """
        {a: [1, -2.5e+3, &x true, "é\\u00e9\\n", 'it''s'], b: {c: {}, d: [*x, !!str 1]}}
        """
    static let block = """
        %YAML 1.2
        --- # first
        a: &x
          - é: "quoted \\x41"
            f: 'single ''quoted'''
          - |+2
             block

        b: >-
          folded
          text
        c: *x
        ? d
        : !!int 0x1f
        ...
        ---
        - - - 1
        """

    @Test func cutJSONIsRefused() throws {
        let bytes = Array(Self.json.utf8)
        #expect(Reading.complaint(bytes: bytes, .json) == nil)
        for end in 0..<bytes.count {
            let complaint = try #require(Reading.complaint(bytes: Array(bytes[..<end]), .json), "cut at \(end)")
            #expect(complaint.contains("ends too early") || complaint.contains("empty") || complaint.contains("value"))
        }
    }

    @Test func cutFlowYAMLIsRefused() {
        let bytes = Array(Self.yaml.utf8)
        #expect(Reading.complaint(bytes: bytes, .yaml) == nil)
        for end in 1..<bytes.count {
            #expect(Reading.complaint(bytes: Array(bytes[..<end]), .yaml) != nil, "cut at \(end)")
        }
    }

    /// Block YAML may be whole wherever it is cut; what counts is an answer with a place inside the text.
    @Test func cutBlockYAMLGetsAnAnswer() throws {
        let bytes = Array(Self.block.utf8)
        #expect(Reading.complaint(bytes: bytes, .yaml) == nil)
        var refused = 0
        for end in 0..<bytes.count {
            let cut = Array(bytes[..<end])
            do {
                let documents = try DocumentParser.parse(cut, file: "a", format: .yaml)
                #expect(documents.count <= 2)
            } catch {
                refused += 1
                let lines = cut.split(separator: 0x0A, omittingEmptySubsequences: false).count
                #expect(error.position.line >= 1 && error.position.line <= lines, "\(error)")
            }
        }
        #expect(refused > 20)
    }

    @Test(
        arguments: [
            0x00, 0x09, 0x0A, 0x20, 0x22, 0x23, 0x26, 0x2A, 0x2C, 0x2D, 0x3A, 0x5B, 0x5D, 0x7B, 0x7D, 0xC3, 0xFF,
        ] as [UInt8]
    )
    func aChangedByteGetsAnAnswer(_ byte: UInt8) {
        for (text, format) in [(Self.block, DocumentFormat.yaml), (Self.yaml, .yaml), (Self.json, .json)] {
            var answers = 0
            for index in text.utf8.indices.indices {
                var bytes = Array(text.utf8)
                bytes[text.utf8.distance(from: text.utf8.startIndex, to: index)] = byte
                if let complaint = Reading.complaint(bytes: bytes, format) {
                    #expect(!complaint.isEmpty)
                }
                answers += 1
            }
            #expect(answers == text.utf8.count)
        }
    }
}
