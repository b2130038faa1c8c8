import Intents

/// `constraints.location`: a part of the world, a country, or a cloud's region.
struct LocationRule: Rule {
    /// What is wished for, as the file writes it.
    let wish: String
    /// What it means.
    let meaning: PlaceWish

    static func asked(by question: Question) -> Self? {
        guard let wish = question.spec.constraints.location, !wish.isEmpty, wish.lowercased() != "any" else {
            return nil
        }
        return Self(wish: wish, meaning: PlaceWish(wish))
    }

    var name: String { "constraints.location" }
    var code: RefusalCode { .regionUnavailable }

    func fits(_ listing: Listing) -> Bool {
        guard let region = listing.region ?? listing.zone else { return false }
        return meaning.matches(listing.place, region: region)
    }

    func reason(_ listing: Listing) -> String {
        guard let place = listing.region ?? listing.zone else { return "it does not say where it is" }
        return "it is in \(place)"
    }
}
