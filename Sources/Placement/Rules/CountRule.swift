import Intents

/// `workload.resources.gpu.count`: enough GPUs must be free, where the platform says how many are.
struct CountRule: Rule {
    /// GPUs of each slot.
    let count: Int
    /// Slots that must be had at once.
    let slots: Int
    /// Whether the intent says anything of GPUs.
    let isStated: Bool

    static func asked(by question: Question) -> Self? {
        Self(
            count: question.terms.count,
            slots: question.terms.slots,
            isStated: question.spec.workload.resources.gpu != nil
        )
    }

    var name: String { "workload.resources.gpu.count" }
    var wish: String { slots == 1 ? "\(count)" : "\(count) for each of \(slots) slots" }
    var code: RefusalCode { .gpuCountInsufficient }

    func fits(_ listing: Listing) -> Bool {
        guard let available = listing.offer.available else { return true }
        return available >= needed(on: listing)
    }

    func reason(_ listing: Listing) -> String {
        "\(listing.offer.available ?? 0) GPUs are free where \(needed(on: listing)) are needed"
    }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        isStated ? enforced("only offers with enough free GPUs are chosen") : nil
    }

    /// The GPUs that must be free: those of one slot, or on FLARE, where one allocation carries them all, of every slot.
    private func needed(on listing: Listing) -> Int {
        guard listing.offer.platform == .flare else { return count }
        let (needed, overflow) = count.multipliedReportingOverflow(by: slots)
        return overflow ? .max : needed
    }
}
