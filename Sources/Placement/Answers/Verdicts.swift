import Intents

/// Says for every wish that an intent states who sees to it.
enum Verdicts {
    /// The verdicts of the rules, then those of the wishes that choose no offer.
    static func all(
        for spec: IntentSpec,
        rules: [any Rule],
        on platform: PlatformName,
        offer: Offer?
    ) -> [ConstraintVerdict] {
        var verdicts: [ConstraintVerdict] = []
        verdicts.reserveCapacity(24)
        for rule in rules {
            if let verdict = rule.verdict(on: platform, offer: offer) { verdicts.append(verdict) }
        }
        for field in Field.all where field.isStated(spec) {
            verdicts.append(field.verdict(spec, on: platform))
        }
        return verdicts
    }
}

/// A wish that no rule reads, and who sees to it on each platform.
struct Field: Sendable {
    /// Who sees to a wish and why that is so.
    struct Answer: Sendable {
        /// Who.
        let verdict: ConstraintVerdict.Verdict
        /// Why.
        let why: String
    }

    /// The field's path under `spec`.
    let name: String
    /// Whether an intent wishes it.
    let isStated: @Sendable (IntentSpec) -> Bool
    /// The answer where FLARE is not the platform.
    let elsewhere: Answer
    /// The answer on FLARE.
    let flare: Answer

    /// The answer for an intent on a platform.
    func verdict(_ spec: IntentSpec, on platform: PlatformName) -> ConstraintVerdict {
        let answer = platform == .flare ? flare : elsewhere
        return ConstraintVerdict(name: name, verdict: answer.verdict, why: answer.why)
    }
}

extension Field.Answer {
    /// FLARE gets the whole intent.
    static let told = Self(verdict: .forwarded, why: "FLARE is told")
    /// FlexAI has nothing of the kind.
    static let bare = Self(verdict: .unsupported, why: "a bare FlexAI instance has no such setting")
    /// The operator itself does it.
    static func operatorDoes(_ why: String) -> Self { Self(verdict: .enforced, why: why) }
}
