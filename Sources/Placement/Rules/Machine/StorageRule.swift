import Intents

/// `workload.storage`: room for all volumes, where the machine or the configuration says how much there is.
struct StorageRule: StatedRule {
    /// What all volumes take together.
    let least: Quantity
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        let volumes = question.spec.workload.storage.volumes
        guard !volumes.isEmpty else { return nil }
        var total = Int64(0)
        for volume in volumes {
            let (sum, overflow) = total.addingReportingOverflow(volume.size.thousandths)
            total = overflow ? .max : sum
        }
        return Self(least: Quantity(thousandths: total), unstated: question.policy.unstated(.machine))
    }

    var name: String { "workload.storage" }
    var wish: String { least.inGibibytes }
    var scope: RuleScope { .machine }
    var silence: String { "state its storage" }

    func stated(by offer: Offer) -> Quantity? { offer.machine?.storage ?? offer.facts.storage }
    func grants(_ stated: Quantity) -> Bool { stated >= least }
    func objection(_ stated: Quantity) -> String { "it has storage \(stated.inGibibytes)" }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        if unstated == .fails || offer.flatMap(stated) != nil { return onlyThoseThatGrantIt }
        return platform == .flare
            ? ConstraintVerdict(name: name, verdict: .forwarded, why: "FLARE is told")
            : ConstraintVerdict(
                name: name,
                verdict: .unsupported,
                why: platform == .flexai
                    ? "a bare FlexAI instance has no such setting" : "the offer does not state it"
            )
    }
}
