import Intents

/// `workload.resources.gpu.count`: enough GPUs in the machine, and enough that are free where the platform says how many.
struct CountRule: Rule {
    /// What is wanted.
    let terms: Terms
    /// Whether the intent says anything of GPUs.
    let isStated: Bool

    static func asked(by question: Question) -> Self? {
        Self(terms: question.terms, isStated: question.spec.workload.resources.gpu != nil)
    }

    var name: String { "workload.resources.gpu.count" }
    var wish: String { terms.slots == 1 ? "\(terms.count)" : "\(terms.count) for each of \(terms.slots) slots" }
    var code: RefusalCode { .gpuCountInsufficient }
    var scope: RuleScope { .count }

    func fits(_ listing: Listing) -> Bool {
        if let machine = listing.offer.machine, machine.gpus < terms.count { return false }
        guard let available = listing.offer.available else { return true }
        return available >= terms.gpusNeeded(carryingAll: listing.offer.platform == .flare)
    }

    func reason(_ listing: Listing) -> String {
        if let machine = listing.offer.machine, machine.gpus < terms.count {
            return "its machine has \(machine.gpus) GPUs where \(terms.count) are needed"
        }
        let needed = terms.gpusNeeded(carryingAll: listing.offer.platform == .flare)
        return "\(listing.offer.available ?? 0) GPUs are free where \(needed) are needed"
    }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        isStated ? enforced("only offers with enough free GPUs are chosen") : nil
    }
}
