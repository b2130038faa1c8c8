/// Where the columns of a price list stand, and in which currency its prices are.
struct CatalogueHeader {
    /// The number of each column, by its name without a currency.
    private let places: [String: Int]
    /// The currency of `price_per_hour`, and of `spot_price_per_hour`.
    let currency: String
    /// How many columns there are.
    let count: Int

    /// Prices' columns without their currency.
    private static let prices = ["spot_price_per_hour", "price_per_hour"]

    /// Reads the first line.
    init(_ names: [CSVReader.Field]) throws(OfferCatalogue.Unreadable) {
        var places: [String: Int] = [:]
        var currencies: Set<String> = []
        for (place, field) in names.enumerated() {
            var name = field.text.lowercased().filter { $0 != " " }
            if let price = Self.prices.first(where: { name.hasPrefix($0 + "_") }) {
                let currency = name.dropFirst(price.count + 1).uppercased()
                guard Currency.isKnown(currency) else {
                    let message = "\(field.text) names no currency; write it like price_per_hour_usd"
                    throw OfferCatalogue.Unreadable(at: field.line, field.column, message)
                }
                currencies.insert(currency)
                name = price
            }
            guard places.updateValue(place, forKey: name) == nil else {
                throw OfferCatalogue.Unreadable(
                    at: field.line,
                    field.column,
                    "the column \(field.text) stands here twice"
                )
            }
        }
        for column in OfferCatalogue.required {
            let name = column.hasPrefix("price_") ? "price_per_hour" : column
            guard places[name] == nil else { continue }
            let line = names.first?.line ?? 1
            throw OfferCatalogue.Unreadable(at: line, 1, "the column \(column) is missing")
        }
        guard let currency = currencies.first, currencies.count == 1 else {
            throw OfferCatalogue.Unreadable(at: 1, 1, "all prices must be in one currency")
        }
        self.places = places
        self.currency = currency
        count = names.count
    }

    /// Where a column stands; nil where there is none.
    func place(_ name: String) -> Int? { places[name] }
}
