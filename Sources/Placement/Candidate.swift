package import Intents

/// An offer that fits an intent, with what the intent would cost on it.
package struct Candidate: Hashable, Sendable {
    /// The offer.
    package var offer: Offer
    /// What one allocation costs in an hour: one slot on FlexAI, the whole intent at its largest on FLARE.
    package var hourlyPerAllocation: Money
    /// What the whole intent costs in an hour.
    package var hourly: Money
    /// How many allocations the whole intent needs: its wanted slots on FlexAI, 1 on FLARE.
    package var allocations: Int
    /// The most replicas that FLARE is told, cut to what the cap pays; nil on FlexAI and for jobs.
    package var maxReplicas: Int?
    /// Why it ranks where it does, for a person: "lowest cost of 12 offers".
    package var because: String

    /// A candidate from its parts.
    package init(
        offer: Offer,
        hourlyPerAllocation: Money,
        hourly: Money,
        allocations: Int,
        maxReplicas: Int?,
        because: String
    ) {
        self.offer = offer
        self.hourlyPerAllocation = hourlyPerAllocation
        self.hourly = hourly
        self.allocations = allocations
        self.maxReplicas = maxReplicas
        self.because = because
    }
}

/// What became of one wish of an intent, for its status.
package struct ConstraintVerdict: Hashable, Sendable {
    /// Who sees to it.
    package enum Verdict: String, Hashable, Sendable {
        /// The operator does.
        case enforced = "Enforced"
        /// The platform was told.
        case forwarded = "Forwarded"
        /// Nobody can.
        case unsupported = "Unsupported"
    }

    /// The field's path under `spec`, such as `constraints.max_hourly_cost`.
    package var name: String
    /// Who sees to it.
    package var verdict: Verdict
    /// Why, in a sentence.
    package var why: String

    /// A verdict on a wish.
    package init(name: String, verdict: Verdict, why: String) {
        self.name = name
        self.verdict = verdict
        self.why = why
    }
}

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

/// The answer to "what could this intent run on": candidates, best first, or why there are none.
package struct Ranking: Hashable, Sendable {
    /// Offers that fit, best first; empty where none does.
    package var candidates: [Candidate]
    /// Why there are no candidates; nil where there are some.
    package var refusal: NoOffer?
    /// What became of each wish.
    package var constraints: [ConstraintVerdict]

    /// An answer from its parts.
    package init(candidates: [Candidate], refusal: NoOffer?, constraints: [ConstraintVerdict]) {
        self.candidates = candidates
        self.refusal = refusal
        self.constraints = constraints
    }
}
