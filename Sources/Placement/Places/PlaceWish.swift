/// What `constraints.location` asks for.
enum PlaceWish: Hashable, Sendable {
    /// A member of the European Union.
    case europeanUnion
    /// A part of the world.
    case area(Place.Area)
    /// A country, as ISO 3166-1 writes it, in lower case.
    case country(String)
    /// A cloud's region, or the beginning of one, in lower case.
    case region(String)

    /// Reads a wish; a word that is no place of the world is a region's name.
    init(_ text: String) {
        let name = text.lowercased()
        let dashed = name.contains(where: { $0 == " " || $0 == "_" }) ? Self.dashed(name) : name
        self = PlaceTable.wishes[dashed] ?? .region(dashed)
    }

    /// Whether a place and the region's name there are what is asked for.
    func matches(_ place: Place?, region: String) -> Bool {
        switch self {
        case .europeanUnion: place?.isEuropeanUnion ?? false
        // The reference's `Asia` is "Asia Pacific", which has Australia in it.
        case .area(.asia): place?.area == .asia || place?.area == .oceania
        case .area(let area): place?.area == area
        case .country(let country): place?.country == country
        case .region(let wish): Self.begins(region, with: wish)
        }
    }

    /// Whether a region's or zone's name is `beginning` or goes on after it without changing its last number.
    ///
    /// `us-east-1` is the beginning of `us-east-1a`, not of `us-east-10`.
    static func begins(_ name: String, with beginning: String) -> Bool {
        guard !beginning.isEmpty, name.hasPrefix(beginning) else { return false }
        guard let next = name.dropFirst(beginning.count).first, let last = beginning.last else { return true }
        return last.isNumber ? !next.isNumber : !next.isLetter
    }

    /// The name with dashes where it has spaces and underscores.
    static func dashed(_ name: String) -> String {
        String(name.map { $0 == " " || $0 == "_" ? "-" : $0 })
    }
}
