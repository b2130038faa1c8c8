/// A place where data stays: its name, and what is known of it.
struct Home: Hashable, Sendable {
    /// The name in lower case, with dashes.
    let name: String
    /// Where in the world it is.
    let place: Place?

    /// The place of this name.
    init(_ name: String) {
        self.name = PlaceWish.dashed(name.lowercased())
        place = Place(region: name)
    }

    /// A place that is known.
    init(name: String, place: Place?) {
        self.name = name
        self.place = place
    }
}
