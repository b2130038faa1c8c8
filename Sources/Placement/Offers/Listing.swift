import Intents

/// An offer with everything worked out once that every intent asks of it.
///
/// It never changes; it is a class so that holding it against fifty rules copies a reference and not forty fields.
final class Listing: Sendable {
    /// The offer, completed from the catalogue and the configuration, its prices in euros.
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
    /// Where data stays: where the configuration says, else where the offer is; nil where neither is known.
    let homes: [Home]?
    /// The offer as it was given.
    let source: Offer

    /// A listing of parts that have been worked out; `source` is the offer as it was given.
    init(_ offer: Offer, from source: Offer, model: String, sellers: [String], site: Site, residency: [Home]?) {
        self.offer = offer
        self.source = source
        self.model = model
        self.sellers = sellers
        region = site.region
        zone = site.zone
        place = site.place
        homes = residency ?? site.homes
    }

    /// A listing of an offer that differs from another one in price and number only.
    init(_ offer: Offer, from source: Offer, like other: Listing) {
        self.offer = offer
        self.source = source
        model = other.model
        sellers = other.sellers
        region = other.region
        zone = other.zone
        place = other.place
        homes = other.homes
    }

    /// The names of those who sell an offer, in lower case.
    static func sellers(of offer: Offer) -> [String] {
        [offer.platform.rawValue.lowercased()] + (offer.provider.map { [$0.lowercased()] } ?? [])
    }

    /// A region and a zone as they are compared.
    struct Site: Hashable, Sendable {
        /// The region's name in lower case, with dashes.
        var region: String?
        /// The zone's name in lower case, with dashes.
        var zone: String?
        /// Where in the world it is.
        var place: Place?
        /// The same as a place where data is.
        var homes: [Home]?

        /// Reads the names that an offer gives.
        init(location: String?, zone: String?) {
            region = location.flatMap(Self.name)
            self.zone = zone.flatMap(Self.name)
            place = (region ?? self.zone).flatMap(Place.init(region:))
            if let name = region ?? self.zone { homes = [Home(name: name, place: place)] }
        }

        /// A place's name for comparing; words that mean no place are none.
        private static func name(_ text: String) -> String? {
            let name = PlaceWish.dashed(text.lowercased())
            return ["", "any", "global", "unknown", "none"].contains(name) ? nil : name
        }
    }

    /// The offer in a few words: "nvidia-h100 80Gi of provider-1 in eu-west-1".
    var inWords: String {
        let memory = offer.gpuMemory.map { " " + $0.inGibibytes } ?? ""
        let place = offer.location.map { " in " + $0 } ?? ""
        let count = offer.machine.map { $0.gpus > 1 ? "\($0.gpus) × " : "" } ?? ""
        return "\(count)\(offer.model)\(memory) of \(offer.provider ?? offer.platform.rawValue)\(place)"
    }
}
