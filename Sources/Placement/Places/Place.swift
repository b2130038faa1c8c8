/// Where in the world an offer is, as far as its region's name tells.
struct Place: Hashable, Sendable {
    /// A part of the world.
    enum Area: String, Hashable, Sendable, CaseIterable {
        /// Europe, in the European Union or not.
        case europe
        /// The United States, Canada, Mexico.
        case northAmerica
        /// South America.
        case southAmerica
        /// Asia without the Middle East.
        case asia
        /// Australia and New Zealand.
        case oceania
        /// The Middle East.
        case middleEast
        /// Africa.
        case africa
    }

    /// The part of the world.
    var area: Area
    /// The country, as ISO 3166-1 writes it, in lower case; nil where the region's name tells only the area.
    var country: String?

    /// Whether it lies in the European Union; a European region whose name tells no country counts as if it did.
    var isEuropeanUnion: Bool {
        area == .europe && (country.map(PlaceTable.europeanUnion.contains) ?? true)
    }
}

extension Place {
    /// Reads a region's or zone's name, as clouds write it: `eu-west-1`, `us-central1-a`, `westeurope`, `EU-RO-1`, `DE`.
    ///
    /// The longest beginning that the table knows decides; nil where it knows none (`global`).
    init?(region: String) {
        let whole = PlaceWish.dashed(region.lowercased())
        var name = whole[...]
        while !name.isEmpty {
            if let place = PlaceTable.places[String(name)] {
                let inside = place.country == nil ? Self.country(after: name, of: whole) : nil
                self = inside?.area == place.area ? inside ?? place : place
                return
            }
            name = Self.shortened(name)
        }
        return nil
    }

    /// The country that follows an area: the `ro` of `eu-ro-1`.
    private static func country(after area: Substring, of whole: String) -> Place? {
        let word = whole.dropFirst(area.count).split(separator: "-").first
        return word.flatMap { $0.count == 2 ? PlaceTable.places[String($0)] : nil }
    }

    /// The name without its last part: the zone's letter of `us-east-1a`, then the number, then word by word.
    private static func shortened(_ name: Substring) -> Substring {
        var name = name
        guard let last = name.popLast() else { return name }
        if last.isNumber {
            while name.last?.isNumber == true { name.removeLast() }
        } else if name.last?.isNumber != true {
            while let next = name.last, next != "-", !next.isNumber { name.removeLast() }
        }
        while name.last == "-" { name.removeLast() }
        return name
    }
}
