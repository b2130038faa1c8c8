import Intents

/// `workload.resources.gpu.multi_instance`: GPUs that can be split (MIG).
struct MultiInstanceRule: Rule {
    static func asked(by question: Question) -> Self? { question.gpu.multiInstance ? Self() : nil }

    var name: String { "workload.resources.gpu.multi_instance" }
    var wish: String { "true" }

    func fits(_ listing: Listing) -> Bool { listing.offer.multiInstance ?? false }

    func reason(_ listing: Listing) -> String {
        listing.offer.multiInstance == nil ? "it does not say whether its GPU can be split" : "its GPU cannot be split"
    }
}
