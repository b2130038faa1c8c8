import Synchronization
import Testing

@testable import Reporting

/// What reaches the sink.
@Suite struct LogTests {
    /// Collects lines.
    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private let noon: Int64 = 1_800_000_000_123

    @Test("Lines below the level are not written, nor is their text made", arguments: LogLevel.allCases)
    func levels(_ level: LogLevel) {
        let lines = Lines()
        let log = Log(level: level, format: .json, sink: lines.add)
        var made = 0
        func message(_ text: String) -> String {
            made += 1
            return text
        }
        for written in LogLevel.allCases { log.write(written, message(written.rawValue), at: noon) }
        let expected = LogLevel.allCases.filter { $0 >= level }
        #expect(lines.all.count == expected.count)
        #expect(made == expected.count)
    }

    @Test("A JSON line has the time, the level, the sentence and the facts in order")
    func json() {
        let lines = Lines()
        Log(format: .json, sink: lines.add).write(
            .warning,
            "look \"here\"\n",
            at: noon,
            ["intent": "a", "count": 2, "held": true]
        )
        let expected =
            #"{"time":"2027-01-15T08:00:00.123Z","level":"warning","message":"look \"here\"\n","#
            + #""intent":"a","count":2,"held":true}"#
        #expect(lines.all == [expected])
    }

    @Test("A fact that takes the record's own name, or comes twice, keeps the object's names apart")
    func names() {
        let record = LogRecord(
            at: 0,
            level: .info,
            message: "m",
            fields: [.init("level", 1), .init("a", 1), .init("a", 2)]
        )
        let expected = #"{"time":"1970-01-01T00:00:00.000Z","level":"info","message":"m","field.level":1,"a":2}"#
        #expect(LogFormat.json.line(for: record) == expected)
    }

    @Test("A line for people is short, and coloured only when asked")
    func plain() {
        let record = LogRecord(
            at: noon,
            level: .error,
            message: "no\tway",
            fields: [.init("why", "a b"), .init("n", 1), .init("e", "")]
        )
        let plain = LogFormat.plain(.none).line(for: record)
        #expect(plain == #"08:00:00 error no\tway why="a b" n=1 e="""#)
        let coloured = LogFormat.plain(.ansi).line(for: record)
        #expect(coloured.hasPrefix("\u{1B}[2m08:00:00\u{1B}[0m \u{1B}[31merror\u{1B}[0m "))
    }

    @Test(
        "Whatever a record holds, its line is one line of bounded length",
        arguments: [LogFormat.json, .plain(.none)]
    )
    func bounded(_ format: LogFormat) {
        let nasty =
            String((0...0x9F).compactMap { Unicode.Scalar($0).map(Character.init) }) + "\u{202E}\u{2028}\u{FEFF}"
        let long = String(repeating: "é", count: 5_000)
        let fields = (0..<100).map { LogRecord.Field("f\($0)", .text(nasty)) }
        let line = format.line(for: LogRecord(at: 0, level: .info, message: nasty + long, fields: fields))
        #expect(!line.unicodeScalars.contains { PrintableText.isHidden($0) })
        #expect(line.contains("bytes more)"))
        #expect(!line.contains("f32"))
        #expect(line.utf8.count < 60_000)
    }

    @Test("Secrets are masked before a text is cut, so that no half of one remains")
    func cutSecret() {
        let lines = Lines()
        let secret = String(repeating: "S", count: 100)
        let log = Log(format: .json, redactor: Redactor(secrets: [secret]), sink: lines.add)
        log.write(.info, String(repeating: "a", count: LogFormat.longestText - 50) + secret, at: 0)
        #expect(lines.all.count == 1)
        #expect(!lines.all.joined().contains("SS"))
    }
}

/// The text of moments.
@Suite struct ClockTextTests {
    @Test(
        "Known moments",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (951_868_800_000, "2000-03-01T00:00:00.000Z"),
            (4_107_542_399_999, "2100-02-28T23:59:59.999Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)]
    )
    func known(_ milliseconds: Int64, _ expected: String) {
        #expect(ClockText.full(milliseconds) == expected)
    }

    @Test("Days follow one another for four hundred years, each with a name of its own")
    func days() {
        var previous = ""
        for day in Int64(-146_097)...Int64(146_097) {
            let text = String(ClockText.full(day * 86_400_000).prefix(10))
            #expect(text > previous)
            previous = text
        }
    }
}

/// What is decided about a stream.
@Suite struct StreamTraitsTests {
    @Test(
        "Colour needs a terminal that can show it and a person who has not refused it",
        arguments: [
            (true, ["TERM": "xterm"], Colour.ansi), (false, ["TERM": "xterm"], .none), (true, ["TERM": "dumb"], .none),
            (true, [:], .none), (true, ["TERM": ""], .none), (true, ["TERM": "xterm", "NO_COLOR": "1"], .none),
            (true, ["TERM": "xterm", "NO_COLOR": ""], .ansi),
        ] as [(Bool, [String: String], Colour)]
    )
    func colour(_ isTerminal: Bool, _ environment: [String: String], _ expected: Colour) {
        #expect(StreamTraits(isTerminal: isTerminal, environment: environment).colour == expected)
    }

    @Test("The format follows the stream unless it was chosen")
    func format() {
        let terminal = StreamTraits(isTerminal: true, environment: ["TERM": "xterm"])
        #expect(LogFormatChoice.automatic.format(on: terminal) == .plain(.ansi))
        #expect(LogFormatChoice.automatic.format(on: .file) == .json)
        #expect(LogFormatChoice.json.format(on: terminal) == .json)
        #expect(LogFormatChoice.plain.format(on: .file) == .plain(.none))
    }

    @Test("Every paint ends what it began, and none is used without colour", arguments: Paint.allCases)
    func paints(_ paint: Paint) {
        #expect(paint("a", .none) == "a")
        #expect(paint("", .ansi) == "")
        #expect(paint("a", .ansi) == "\u{1B}[\(paint.rawValue)ma\u{1B}[0m")
    }
}
