import Intents

/// One row of a price list: a machine that can be bought any number of times.
struct CatalogueRow {
    private let fields: [CSVReader.Field]
    private let header: CatalogueHeader

    /// GPUs of a machine, at most.
    private static let mostGPUs = 1024

    /// A row; throws where it has more or fewer fields than there are columns.
    init(_ fields: [CSVReader.Field], _ header: CatalogueHeader) throws(OfferCatalogue.Problem) {
        self.fields = fields
        self.header = header
        guard fields.count == header.count else {
            throw OfferCatalogue.Problem(
                line: fields.first?.line ?? 1,
                column: 1,
                field: "",
                message: "the row has \(fields.count) fields where \(header.count) are expected"
            )
        }
    }

    /// The machine at its price, and at its spot price where it has one.
    func offers() throws(OfferCatalogue.Problem) -> [Offer] {
        let model = try text("gpu_model")
        let provider = try text("provider")
        guard let gpus = try count("gpu_count", 1...Self.mostGPUs) else { throw problem("gpu_count", "it is missing") }
        let kind = value("instance_type")
        var machine = Machine(gpus: gpus)
        machine.instanceType = kind.isEmpty ? nil : kind
        machine.cpu = try quantity("vcpus", unit: 1000)
        machine.memory = try quantity("memory_gib", unit: Quantity.gibibytes(1).thousandths)
        let memory = try quantity("gpu_memory_gib", unit: Quantity.gibibytes(1).thousandths)
        let parts =
            [provider, value("region"), value("zone"), kind, "\(gpus)x" + model, value("gpu_memory_gib")]
            + ["vcpus", "memory_gib"].map(value)
        let name = parts.filter { !$0.isEmpty }.joined(separator: "/")
        var offers: [Offer] = []
        for (column, isSpot) in [("price_per_hour", false), ("spot_price_per_hour", true)] {
            guard let (price, currency) = try price(column) else { continue }
            let id = Offer.ID(platform: OfferCatalogue.platform, name: isSpot ? name + "/spot" : name)
            var offer = Offer(id: id, model: model)
            offer.provider = provider
            offer.location = value("region").isEmpty ? nil : value("region")
            offer.zone = value("zone").isEmpty ? nil : value("zone")
            offer.gpuMemory = memory
            offer.spot = isSpot
            offer.currency = currency
            machine.hourly = price == .zero ? nil : price
            offer.machine = machine
            offers.append(offer)
        }
        guard !offers.isEmpty else { throw problem("price_per_hour", "it is missing, and so is the spot price") }
        return offers
    }

    /// A column's text without blanks around it; empty where there is none.
    private func value(_ column: String) -> String {
        guard let place = header.place(column) else { return "" }
        var text = fields[place].text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// A column that must say something.
    private func text(_ column: String) throws(OfferCatalogue.Problem) -> String {
        let text = value(column)
        guard !text.isEmpty else { throw problem(column, "it is missing") }
        guard text.utf8.count <= 128, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw problem(column, "it is longer than 128 bytes, or holds control characters")
        }
        return text
    }

    /// A whole number; nil where the field is empty.
    private func count(_ column: String, _ range: ClosedRange<Int>) throws(OfferCatalogue.Problem) -> Int? {
        let text = value(column)
        guard !text.isEmpty else { return nil }
        guard let count = Int(text), range.contains(count) else {
            throw problem(
                column,
                "\(Self.quoted(text)) is no whole number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return count
    }

    /// A number of units, such as gibibytes; nil where the field is empty.
    private func quantity(_ column: String, unit: Int64) throws(OfferCatalogue.Problem) -> Quantity? {
        let text = value(column)
        guard !text.isEmpty else { return nil }
        do throws(UnitError) {
            let number = try Quantity(parsing: text)
            let (product, overflow) = number.thousandths.multipliedReportingOverflow(by: unit / 1000)
            guard !overflow, text.last?.isNumber == true else {
                throw UnitError("\(Self.quoted(text)) is no number", example: "80")
            }
            return Quantity(thousandths: product)
        } catch {
            throw problem(column, "\(Self.quoted(text)) must be a number of at least 0, such as 80")
        }
    }

    /// A price of an hour with its currency; nil where the field is empty.
    ///
    /// The currency is the column's unless the field names another one after the number.
    private func price(_ column: String) throws(OfferCatalogue.Problem) -> (amount: Money, currency: String)? {
        let text = value(column)
        guard !text.isEmpty else { return nil }
        let number = text.prefix { !$0.isLetter }
        let named = text.dropFirst(number.count)
        let currency = named.isEmpty ? header.currency : String(named)
        guard Currency.isKnown(currency) else {
            throw problem(column, "\(Self.quoted(currency)) is no currency; write it like USD")
        }
        do throws(UnitError) {
            return (try Money(parsingPrice: number + " EUR"), currency)
        } catch {
            throw problem(column, "\(Self.quoted(text)) must be an amount of at least 0, such as 1.99")
        }
    }

    private func problem(_ column: String, _ message: String) -> OfferCatalogue.Problem {
        let field = header.place(column).map { fields[$0] } ?? fields.first
        let name = column.hasSuffix("per_hour") ? column + "_" + header.currency.lowercased() : column
        return OfferCatalogue.Problem(line: field?.line ?? 1, column: field?.column ?? 1, field: name, message: message)
    }

    /// A text for a message, cut and without control characters.
    private static func quoted(_ text: String) -> String {
        let shown = text.prefix(40).map { character -> Character in
            character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? "?" : character
        }
        return "\"" + String(shown) + "\""
    }
}
