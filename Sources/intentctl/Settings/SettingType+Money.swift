import Documents
import Intents
import Reconciling

extension SettingType<Money> {
    /// What something costs in an hour, such as `20 EUR/hour`; the hour may be left out.
    static let hourlyAmount = Self(placeholder: "AMOUNT") { input throws(SettingFault) in
        try rate(input.scalar(), at: input.position)
    } show: {
        $0.rateText
    }
}

extension SettingType<[Quota]> {
    /// Groups of intents, each with what it may cost and hold.
    static let quotas = Self(placeholder: "[{selector: {…}, …}]") { input throws(SettingFault) in
        var quotas: [Quota] = []
        for node in try input.mappings() { quotas.append(try quota(node)) }
        return quotas
    } show: { quotas in
        quotas.isEmpty ? "" : "[" + quotas.map(words).joined(separator: ", ") + "]"
    }

    private static func quota(_ node: Node) throws(SettingFault) -> Quota {
        var quota = Quota(selector: [:])
        for member in node.mapping ?? [] {
            let place = member.node.position
            switch member.key {
            case "selector": quota.selector = try selector(member.node)
            case "maxHourlyCost": quota.maxHourlyCost = try rate(SettingInput.node(member.node).scalar(), at: place)
            case "maxTotalCost": quota.maxTotalCost = try total(SettingInput.node(member.node).scalar(), at: place)
            case "maxGpus":
                guard let count = Int(try SettingInput.node(member.node).scalar()), count >= 0 else {
                    throw SettingFault("maxGpus: must be a whole number from 0", at: place)
                }
                quota.maxGPUs = count
            default:
                let known = ["selector", "maxHourlyCost", "maxTotalCost", "maxGpus"]
                let nearest = Suggestion.nearest(to: member.key, among: known).map { "; did you mean \($0)?" } ?? ""
                throw SettingFault("\(member.key): is no part of a quota\(nearest)", at: place)
            }
        }
        guard quota.maxHourlyCost != nil || quota.maxTotalCost != nil || quota.maxGPUs != nil else {
            throw SettingFault("a quota needs maxHourlyCost, maxTotalCost or maxGpus", at: node.position)
        }
        return quota
    }

    private static func selector(_ node: Node) throws(SettingFault) -> [String: String] {
        guard let members = node.mapping else {
            throw SettingFault("selector: must be a mapping of labels, not \(node.kind)", at: node.position)
        }
        var selector: [String: String] = [:]
        for member in members { selector[member.key] = try SettingInput.node(member.node).scalar() }
        return selector
    }

    /// Reads `500 EUR/month` and `500 EUR per day`.
    private static func total(_ text: String, at place: Position?) throws(SettingFault) -> Quota.Total {
        let fault = SettingFault("maxTotalCost: must read such as 500 EUR/month or 20 EUR/day", at: place)
        for period in Quota.Period.allCases {
            for ending in ["/\(period.rawValue)", " per \(period.rawValue)"] where text.hasSuffix(ending) {
                let amount: Money
                do throws(UnitError) {
                    amount = try Money(parsing: String(text.dropLast(ending.utf8.count)))
                } catch {
                    throw fault
                }
                guard amount >= .zero else { throw fault }
                return Quota.Total(amount, per: period)
            }
        }
        throw fault
    }

    private static func words(_ quota: Quota) -> String {
        let labels = quota.selector.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        var parts = ["selector: {\(labels)}"]
        if let most = quota.maxHourlyCost { parts.append("maxHourlyCost: \(most.rateText)") }
        if let most = quota.maxTotalCost { parts.append("maxTotalCost: \(most.amount.text)/\(most.period.rawValue)") }
        if let most = quota.maxGPUs { parts.append("maxGpus: \(most)") }
        return "{" + parts.joined(separator: ", ") + "}"
    }
}

/// Reads an hourly amount.
private func rate(_ text: String, at place: Position?) throws(SettingFault) -> Money {
    let amount: Money?
    do throws(UnitError) {
        amount = try text.contains("/") ? Money(parsingRate: text) : Money(parsing: text)
    } catch {
        amount = nil
    }
    guard let amount, amount >= .zero else {
        throw SettingFault("must be an amount an hour, such as 20 EUR/hour", at: place)
    }
    return amount
}
