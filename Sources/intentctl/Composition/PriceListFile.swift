import Placement

/// Reads a price list for commands that ask about what is not bought from.
struct PriceListFile {
    let settings: Settings

    /// The market of a price list, with a warning for every row that was skipped; throws where there is no offer in it.
    func market(_ file: String) throws(CommandError) -> MarketAnswer {
        let bytes: [UInt8]
        do throws(FileTrouble) {
            bytes = try SystemFiles.read(file, most: OfferCatalogue.largestFile)
        } catch {
            throw CommandError("\(file): \(error.reason)")
        }
        let list: OfferCatalogue
        do throws(OfferCatalogue.Unreadable) { list = try OfferCatalogue(bytes) } catch {
            let lines = (error.others.prefix(5) + [error.problem]).map { Self.line($0, file) }
            throw CommandError(lines.joined(separator: "\n"))
        }
        var warnings = list.problems.map { Self.line($0, file) }
        if list.skipped > list.problems.count { warnings.append("\(file): \(list.skipped) rows are skipped in all") }
        let market = Market(offers: list.offers, policy: PlacementPolicy(settings))
        if let left = market.leftOut.first {
            let count = market.leftOut.count
            warnings.append("\(file): \(count) offers are left out, the first is \(left.id.name): \(left.reason)")
        }
        return MarketAnswer(market: market, warnings: warnings)
    }

    /// A problem as `file:line:column: field: message`.
    private static func line(_ problem: OfferCatalogue.Problem, _ file: String) -> String {
        let field = problem.field.isEmpty ? "" : "\(problem.field): "
        return "\(file):\(problem.line):\(problem.column): \(field)\(problem.message)"
    }
}
