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
