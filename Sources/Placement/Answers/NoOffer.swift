/// Why no offer fits, in the words of FLARE's error codes, with the nearest alternatives.
package struct NoOffer: Error, Hashable, Sendable {
    /// An alternative that would be had by giving up a wish.
    package struct Suggestion: Hashable, Sendable {
        /// What could be had.
        package var alternative: String
        /// How its cost differs, such as `+15%`; empty where it cannot be compared.
        package var costDifference: String
        /// How its performance differs, such as `-10%`; empty where it cannot be compared.
        package var performanceImpact: String

        /// An alternative.
        package init(alternative: String, costDifference: String = "", performanceImpact: String = "") {
            self.alternative = alternative
            self.costDifference = costDifference
            self.performanceImpact = performanceImpact
        }
    }

    /// One of the reference's codes, such as `GPU_MODEL_UNAVAILABLE`.
    package var code: String
    /// What stands in the way.
    package var message: String
    /// The nearest alternatives, nearest first.
    package var suggestions: [Suggestion]

    /// A refusal with its reasons.
    package init(code: String, message: String, suggestions: [Suggestion] = []) {
        self.code = code
        self.message = message
        self.suggestions = suggestions
    }
}
