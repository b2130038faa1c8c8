@testable import Placement

extension Listing {
    /// The listing of an offer by itself, where the configuration says nothing.
    convenience init(_ offer: Offer, catalog: GPUCatalog) {
        var completion = Completion(catalog: catalog, policy: PlacementPolicy())
        self.init(completion.complete(offer), from: offer, like: completion.listing(offer, from: offer))
    }
}
