import Intents

/// Says for every wish that an intent states who sees to it.
struct Verdicts {
    /// Who sells the winning offer.
    let platform: PlatformName
    /// What has been said so far.
    private(set) var list: [ConstraintVerdict] = []

    /// The verdicts of the rules, then those of the wishes that choose no offer.
    static func all(
        for spec: IntentSpec,
        rules: [any Rule],
        on platform: PlatformName,
        offer: Offer?
    ) -> [ConstraintVerdict] {
        var verdicts = Verdicts(platform: platform)
        verdicts.list.reserveCapacity(rules.count + 16)
        for rule in rules {
            if let verdict = rule.verdict(on: platform, offer: offer) { verdicts.list.append(verdict) }
        }
        verdicts.add(spec.workload)
        verdicts.add(spec.constraints)
        return verdicts.list
    }

    /// A wish that FLARE is told and FlexAI has nothing for.
    mutating func flareOnly(_ name: String, _ isStated: Bool) {
        guard isStated else { return }
        if platform == .flare {
            add(name, .forwarded, "FLARE is told")
        } else {
            let isFlexAI = platform == .flexai
            add(name, .unsupported, isFlexAI ? "a bare FlexAI instance has no such setting" : "nobody is told")
        }
    }

    /// A wish that every platform is told.
    mutating func forwarded(_ name: String, _ isStated: Bool) {
        guard isStated else { return }
        add(name, .forwarded, platform == .flare ? "FLARE is told" : "part of what the instance is created with")
    }

    /// A wish that the operator sees to where FLARE does not.
    mutating func operated(_ name: String, _ isStated: Bool, _ why: String, flare: String = "FLARE is told") {
        guard isStated else { return }
        if platform == .flare {
            add(name, .forwarded, flare)
        } else {
            add(name, .enforced, why)
        }
    }

    /// A wish that the operator sees to on every platform.
    mutating func enforced(_ name: String, _ isStated: Bool, _ why: String) {
        if isStated { add(name, .enforced, why) }
    }

    private mutating func add(_ name: String, _ verdict: ConstraintVerdict.Verdict, _ why: String) {
        list.append(ConstraintVerdict(name: name, verdict: verdict, why: why))
    }
}
