import Documents
import Intents
import Reconciling

/// Quantities, money, spans, moments and their likes: what is read is written so that it reads back the same.
enum FuzzTarget {
    static func run(_ bytes: [UInt8]) {
        let text = String(decoding: bytes.prefix(256), as: UTF8.self)
        expect(text, { (text) throws(UnitError) in try Quantity(parsing: text) }, \.text)
        expect(text, { (text) throws(UnitError) in try Quantity(parsingNumber: text) }, \.plainText)
        expect(text, { (text) throws(UnitError) in try Quantity(parsingPercentage: text) }, \.percentageText)
        expect(text, { (text) throws(UnitError) in try Quantity(parsingBandwidth: text) }, \.bandwidthText)
        expect(text, { (text) throws(UnitError) in try Quantity(parsingCarbon: text) }, \.carbonText)
        expect(text, { (text) throws(UnitError) in try Money(parsing: text) }, \.text)
        expect(text, { (text) throws(UnitError) in try Money(parsingRate: text) }, \.rateText)
        expect(text, { (text) throws(UnitError) in try Money(parsingPrice: text) }, \.rateText)
        expect(text, { (text) throws(UnitError) in try Duration(parsing: text) }, \.text)
        expect(text, { (text) throws(UnitError) in try Duration(parsing: text) }, \.words)
        expect(text, { (text) throws(UnitError) in try ClockTime(parsing: text) }, \.text)
        expect(text, { (text) throws(UnitError) in try CalendarDay(parsing: text) }, \.text)
        expect(text, { (text) throws(UnitError) in try Timestamp(parsing: text) }, \.text)
        expect(text, { (text) throws(UnitError) in try ComputeCapability(parsing: text) }, \.text)
        expectSigns(text)
        expectReplies(text)
    }

    /// A value that is read is written, read again, and is the same; a refusal has words and an example that is taken.
    private static func expect<Value: Equatable>(
        _ text: String,
        _ parse: (String) throws(UnitError) -> Value,
        _ write: (Value) -> String
    ) {
        do throws(UnitError) {
            let value = try parse(text)
            let written = write(value)
            do throws(UnitError) {
                claim(try parse(written) == value, "\(text.debugDescription) is written as \(written), another value")
            } catch {
                fatalError("\(text.debugDescription) is written as \(written), which is refused: \(error)")
            }
        } catch {
            claim(!error.problem.isEmpty && error.problem.utf8.count < 1000, "words: \(error.problem)")
            claim(!error.problem.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }, error.problem)
            do throws(UnitError) { _ = try parse(error.example) } catch {
                fatalError("the example is refused: \(error)")
            }
        }
    }

    /// Nothing that people write is less than nothing, and a price never looks cheaper than the sum it says.
    private static func expectSigns(_ text: String) {
        do throws(UnitError) {
            let amount = try Money(parsing: text)
            claim(amount >= .zero, "less than nothing: \(amount)")
            claim(try Money(parsingPrice: text) >= amount, "a price cheaper than it says: \(text)")
        } catch {}
        do throws(UnitError) { claim(try Quantity(parsing: text).thousandths >= 0, "less than nothing: \(text)") } catch
        {}
        do throws(UnitError) { claim(try Duration(parsing: text) >= .zero, "a span backwards: \(text)") } catch {}
        do throws(UnitError) {
            _ = try NetworkRange(parsing: text)
            _ = try Quantity(parsingFraction: text)
        } catch {}
    }

    /// What replies and headers say in texts.
    private static func expectReplies(_ text: String) {
        for unit in [ReplyPrice.Unit.euros, .unknown] {
            if let price = ReplyPrice.read(.string(text), unit: unit) { claim(price >= .zero, "a price below nothing") }
        }
        _ = ReplyMemory.read(.string(text))
        _ = ReplyMoment.read(text)
        let now = Timestamp(seconds: 1_800_000_000)
        if let wait = RetryAfter.wait(text, now: now) {
            claim(wait >= .zero && wait <= RetryAfter.longest, "Retry-After of \(wait)")
        }
        let secret = PlatformSecret("0123456789abcdef")
        let clean = SafeWords(secrets: [secret]).clean(text + secret.revealed(), limit: 64)
        claim(!clean.contains(secret.revealed()), "a secret shows: \(clean)")
        claim(clean.count <= 64, "longer than its limit")
        claim(!clean.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }, "control: \(clean)")
        let segment = PlatformURL.segment(text)
        claim(segment.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }, "a segment: \(segment)")
        let words = ["replicas", "region", "gpu"]
        claim(Suggestion.nearest(to: text, among: words).map(words.contains) ?? true, "an invented word")
    }
}
