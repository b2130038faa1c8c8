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
