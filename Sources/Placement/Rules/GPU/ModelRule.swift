import Intents

/// `workload.resources.gpu.model`, in whatever way it is written.
struct ModelRule: Rule {
    /// What is wished for, as the file writes it.
    let wish: String
    /// The model's name for comparing.
    let model: String
    /// The form that the wish names, such as `PCIe` in `h100-pcie`.
    let variant: String?
    /// The memory that the wish names, such as 80Gi in `a100-80gb`.
    let memory: Quantity?

    static func asked(by question: Question) -> Self? {
        guard let wish = question.gpu.model, wish != "any" else { return nil }
        guard let match = question.catalog.find(wish) else {
            return Self(wish: wish, model: question.catalog.canonical(wish), variant: nil, memory: nil)
        }
        return Self(
            wish: wish,
            model: match.gpu.model,
            variant: match.statesForm ? match.variant.name : nil,
            memory: match.statesMemory ? match.memory : nil
        )
    }

    var name: String { "workload.resources.gpu.model" }
    var code: RefusalCode { .gpuModelUnavailable }
    var scope: RuleScope { .gpu }

    func fits(_ listing: Listing) -> Bool {
        guard listing.model == model else { return false }
        if let variant, listing.offer.variant != variant { return false }
        guard let memory else { return true }
        return listing.offer.gpuMemory.map { $0 >= memory } ?? false
    }

    func reason(_ listing: Listing) -> String {
        let form = listing.offer.variant.map { " \($0)" } ?? ""
        return "its GPU is \(listing.offer.model)\(form)\(listing.offer.gpuMemory.map { " \($0.inGibibytes)" } ?? "")"
    }
}
