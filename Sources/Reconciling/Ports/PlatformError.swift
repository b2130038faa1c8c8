package import Placement

/// A platform's refusal or silence, sorted by what must happen next.
///
/// Messages are made of the platform's words, cut to a bounded length; keys and tokens are never part of them.
package struct PlatformError: Error, Hashable, Sendable {
    /// What must happen next.
    package enum Consequence: Hashable, Sendable {
        /// Try again with backoff, not before the given time where the platform named one.
        case retry(after: Duration?)
        /// Quota or rate: wait that long (5 min where nobody says); the offer rests meanwhile.
        case wait(Duration?)
        /// The offer cannot be had: it rests for 3 min and the next one is taken.
        case nextOffer
        /// No try will do until the intent changes.
        case stalled
        /// The platform refuses us, not the intent: it is paused and asked again slowly.
        case pausePlatform
        /// There is no such allocation.
        case gone
        /// A create call's outcome cannot be told.
        case unknown
    }

    /// Which platform.
    package var platform: PlatformName
    /// A word of a bounded set.
    ///
    /// A documented error code, or `HTTP_503` and its likes, `TIMEOUT`, `UNREACHABLE`, `MALFORMED_REPLY`.
    package var code: String
    /// What it said, for people.
    package var message: String
    /// What must happen next.
    package var consequence: Consequence
    /// The HTTP status, nil where there was no reply.
    package var httpStatus: Int?
    /// The platform's own suggestions.
    package var suggestions: [NoOffer.Suggestion]

    /// An error from its parts.
    package init(
        platform: PlatformName,
        code: String,
        message: String,
        consequence: Consequence,
        httpStatus: Int? = nil,
        suggestions: [NoOffer.Suggestion] = []
    ) {
        self.platform = platform
        self.code = code
        self.message = message
        self.consequence = consequence
        self.httpStatus = httpStatus
        self.suggestions = suggestions
    }
}

extension PlatformError {
    /// The code of a "not found" that somebody else may have said: nothing of the platform is found, whatever is asked.
    package static let notThePlatform = "NOT_THE_PLATFORM"

    /// Whether the platform says that it has no such call, rather than that something is not there.
    ///
    /// Meant for calls that are about no allocation.
    package var saysNoSuchCall: Bool { httpStatus.map { [404, 405, 501].contains($0) } ?? false }

    /// What it said, with its own suggestions.
    package var words: String { NoOffer.Suggestion.words(message, suggestions) }
}

extension NoOffer {
    /// What stands in the way, with the nearest alternatives.
    package var words: String { Suggestion.words(message, suggestions) }
}

extension NoOffer.Suggestion {
    /// A message with the alternatives that may help, the first three.
    fileprivate static func words(_ message: String, _ suggestions: [NoOffer.Suggestion]) -> String {
        guard !suggestions.isEmpty else { return message }
        let alternatives = suggestions.prefix(3).map { suggestion in
            let facts = [
                suggestion.costDifference.isEmpty ? nil : "cost \(suggestion.costDifference)",
                suggestion.performanceImpact.isEmpty ? nil : "performance \(suggestion.performanceImpact)",
            ].compactMap(\.self)
            return suggestion.alternative + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
        }
        return "\(message); instead: \(alternatives.joined(separator: ", or "))"
    }
}
