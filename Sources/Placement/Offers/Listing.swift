import Intents

/// An offer with everything worked out once that every intent asks of it.
///
/// It never changes; it is a class so that holding it against twenty rules copies a reference and not thirty fields.
final class Listing: Sendable {
    /// The offer, completed from the catalogue.
    let offer: Offer
    /// The model's name for comparing: the catalogue's, else the chip's.
    let model: String
    /// Who sells it, in lower case: the platform and, in a federation, the provider.
    let sellers: [String]
    /// The region's name in lower case, with dashes; nil where the offer states no place.
    let region: String?
    /// The zone's name in lower case, with dashes.
    let zone: String?
    /// Where in the world it is.
    let place: Place?

    /// Completes an offer and works out what is asked of it; a price below zero is taken for none.
    init(_ offer: Offer, catalog: GPUCatalog) {
        var offer = catalog.complete(offer)
        if let price = offer.hourlyPerGPU, price < .zero { offer.hourlyPerGPU = nil }
        self.offer = offer
        model = catalog.canonical(offer.model)
        sellers = [offer.platform.rawValue.lowercased()] + (offer.provider.map { [$0.lowercased()] } ?? [])
        region = offer.location.flatMap(Self.name)
        zone = offer.zone.flatMap(Self.name)
        place = (region ?? zone).flatMap(Place.init(region:))
    }

    /// A place's name for comparing; words that mean no place are none.
    private static func name(_ text: String) -> String? {
        let name = PlaceWish.dashed(text.lowercased())
        return ["", "any", "global", "unknown", "none"].contains(name) ? nil : name
    }

    /// The offer in a few words: "nvidia-h100 80Gi of provider-1 in eu-west-1".
    var inWords: String {
        let memory = offer.gpuMemory.map { " " + $0.inGibibytes } ?? ""
        let place = offer.location.map { " in " + $0 } ?? ""
        return "\(offer.model)\(memory) of \(offer.provider ?? offer.platform.rawValue)\(place)"
    }
}
