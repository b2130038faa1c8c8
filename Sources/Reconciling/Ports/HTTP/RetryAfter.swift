package import Intents

/// How long a platform asks us to wait, from its `Retry-After` header.
package enum RetryAfter {
    /// The longest wait that is believed; a longer one is cut to this.
    package static let longest = Duration.seconds(24 * 3600)

    /// The wait that a reply asks for; nil where it names none that can be read.
    package static func wait(of reply: TransportReply, now: Timestamp) -> Duration? {
        reply.header("Retry-After").flatMap { wait($0, now: now) }
    }

    /// The wait that a header's value asks for: seconds, or the time until an HTTP date; one that has passed is zero.
    package static func wait(_ value: String, now: Timestamp) -> Duration? {
        let text = value.split(separator: " ").joined(separator: " ")
        if let seconds = seconds(text) { return min(seconds, longest) }
        guard let moment = HTTPDate.read(text) else { return nil }
        return min(max(moment - now, .zero), longest)
    }

    /// Whole seconds; a fraction, which the standard does not allow but servers send, is rounded up.
    private static func seconds(_ text: String) -> Duration? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let isDigits: (Substring) -> Bool = { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard let first = parts.first, parts.allSatisfy(isDigits) else { return nil }
        guard let whole = Int64(first.drop { $0 == "0" }.isEmpty ? "0" : first), whole < 1_000_000_000 else {
            return longest
        }
        let isExact = parts.count == 1 || parts[1].allSatisfy { $0 == "0" }
        return .seconds(whole + (isExact ? 0 : 1))
    }
}
