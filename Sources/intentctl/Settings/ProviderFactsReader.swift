import Documents
import Intents
import Placement

/// Reads what the file says of a platform or a provider.
enum ProviderFactsReader {
    /// One attribute: its key and how its value is taken over.
    private struct Attribute: Sendable {
        let key: String
        let assign: @Sendable (inout ProviderFacts, Node) throws(SettingFault) -> Void
    }

    /// The entry of a platform or provider: its attributes, and under `regions` those of its regions.
    static func entry(_ node: Node, _ name: String) throws(SettingFault) -> FactsBook.Entry {
        var entry = FactsBook.Entry(everywhere: ProviderFacts())
        for member in try members(node, name) {
            guard member.key == "regions" else {
                try assign(member, name, to: &entry.everywhere)
                continue
            }
            for region in try members(member.node, "\(name): regions") {
                let place = "\(name): regions: \(region.key)"
                var facts = ProviderFacts()
                for member in try members(region.node, place) { try assign(member, place, to: &facts) }
                entry.regions[region.key.lowercased()] = facts
            }
        }
        return entry
    }

    private static func members(_ node: Node, _ name: String) throws(SettingFault) -> [Node.Member] {
        guard let members = node.mapping else {
            throw SettingFault("\(name): must be a mapping, not \(node.kind)", at: node.position)
        }
        return members
    }

    private static func assign(
        _ member: Node.Member,
        _ name: String,
        to facts: inout ProviderFacts
    ) throws(SettingFault) {
        guard let attribute = attributes.first(where: { $0.key == member.key }) else {
            let known = attributes.map(\.key)
            let nearest = Suggestion.nearest(to: member.key, among: known).map { "; did you mean \($0)?" } ?? ""
            let all = nearest.isEmpty ? "; known are regions, \(known.joined(separator: ", "))" : nearest
            throw SettingFault("\(name): \(member.key): there is no such attribute\(all)", at: member.keyPosition)
        }
        do throws(SettingFault) {
            try attribute.assign(&facts, member.node)
        } catch {
            let place = error.position ?? member.node.position
            throw SettingFault("\(name): \(member.key): \(error.message)", at: place)
        }
    }

    private static var attributes: [Attribute] { places + network + energy + law + security }

    private static let places: [Attribute] = [
        text("location", \.location), texts("residency", \.residency),
        Attribute(key: "availability") { facts, node throws(SettingFault) in
            facts.availability = try AvailabilityReader.wish(node)
        },
    ]

    private static let network: [Attribute] = [
        milliseconds("latencyMs", \.latencyMs), milliseconds("jitterMs", \.jitterMs),
        unit("bandwidth", \.bandwidth) { text throws(UnitError) in try Quantity(parsingBandwidth: text) },
        unit("storage", \.storage) { text throws(UnitError) in try Quantity(parsing: text) },
        number("uptimePercent", \.uptimePercent, 0...100_000, "a percentage from 0 to 100, such as 99.9"),
        unit("coldStart", \.coldStart) { text throws(UnitError) in try Duration(parsing: text) },
        unit("maxInterruption", \.maxInterruption) { text throws(UnitError) in try Duration(parsing: text) },
        texts("backups", \.backups),
    ]

    private static let energy: [Attribute] = [
        number("carbonIntensity", \.carbonIntensity, 0...10_000_000, "grams of CO2 a kilowatt hour, such as 80"),
        number(
            "powerUsageEffectiveness",
            \.powerUsageEffectiveness,
            1000...10_000,
            "a number from 1 to 10, such as 1.2"
        ),
        flag("renewable", \.renewable), flag("greenCertified", \.greenCertified),
        word("energyRating", \.energyRating),
    ]

    private static let law: [Attribute] = [
        texts("certifications", \.certifications), flag("encryptionAtRest", \.encryptionAtRest),
        flag("encryptionInTransit", \.encryptionInTransit), flag("auditLogging", \.auditLogging),
        flag("gdprCompliant", \.gdprCompliant), flag("hipaaCompliant", \.hipaaCompliant),
    ]

    private static let security: [Attribute] = [
        word("networkIsolation", \.networkIsolation), flag("firewall", \.firewall), flag("vpn", \.vpn),
        flag("bastionHost", \.bastionHost), flag("intrusionDetection", \.intrusionDetection),
        flag("vulnerabilityScanning", \.vulnerabilityScanning),
    ]

    /// The keys of all attributes, in the order of the documentation.
    static var keys: [String] { attributes.map(\.key) }
}

extension ProviderFactsReader {
    /// A place among the facts.
    private typealias Place<Value> = any WritableKeyPath<ProviderFacts, Value?> & Sendable

    private static func text(_ key: String, _ place: Place<String>) -> Attribute {
        Attribute(key: key) { facts, node throws(SettingFault) in
            facts[keyPath: place] = try SettingType<String>.text("").read(.node(node))
        }
    }

    private static func texts(_ key: String, _ place: Place<[String]>) -> Attribute {
        Attribute(key: key) { facts, node throws(SettingFault) in
            facts[keyPath: place] = try SettingInput.node(node).list()
        }
    }

    private static func flag(_ key: String, _ place: Place<Bool>) -> Attribute {
        Attribute(key: key) { facts, node throws(SettingFault) in
            guard case .bool(let truth) = node.value else { throw SettingFault("must be true or false") }
            facts[keyPath: place] = truth
        }
    }

    private static func word<Word: RawRepresentable<String> & CaseIterable & Sendable>(
        _ key: String,
        _ place: Place<Word>
    ) -> Attribute {
        Attribute(key: key) { facts, node throws(SettingFault) in
            let text = try SettingInput.node(node).scalar()
            guard let word = Word(rawValue: text) else {
                throw SettingFault("must be one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            facts[keyPath: place] = word
        }
    }

    private static func milliseconds(_ key: String, _ place: Place<Int>) -> Attribute {
        Attribute(key: key) { facts, node throws(SettingFault) in
            let text = try SettingInput.node(node).scalar()
            guard let number = Int(text), (0...IntentLimits.latency).contains(number) else {
                throw SettingFault("must be a whole number of milliseconds from 0 to \(IntentLimits.latency)")
            }
            facts[keyPath: place] = number
        }
    }

    /// A number in thousandths, within a range.
    private static func number(
        _ key: String,
        _ place: Place<Quantity>,
        _ range: ClosedRange<Int64>,
        _ what: String
    ) -> Attribute {
        Attribute(key: key) { facts, node throws(SettingFault) in
            let text = try SettingInput.node(node).scalar()
            var number: Quantity?
            do throws(UnitError) { number = try Quantity(parsing: text) } catch { number = nil }
            guard let number, range.contains(number.thousandths) else { throw SettingFault("must be \(what)") }
            facts[keyPath: place] = number
        }
    }

    /// A text of some unit.
    private static func unit<Value>(
        _ key: String,
        _ place: Place<Value>,
        _ parse: @escaping @Sendable (String) throws(UnitError) -> Value
    ) -> Attribute {
        Attribute(key: key) { facts, node throws(SettingFault) in
            let text = try SettingInput.node(node).scalar()
            do throws(UnitError) { facts[keyPath: place] = try parse(text) } catch {
                throw SettingFault(error.description)
            }
        }
    }
}
