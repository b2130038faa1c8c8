/// `offers`: lists what the platforms sell now, or what a price list holds.
struct OffersCommand: Command {
    private let line: ParsedLine
    private let filter: OfferFilter

    init(_ line: ParsedLine) throws(UsageError) {
        self.line = line
        filter = try OfferFilter(line)
    }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        let answer = try await context.operations.market(context.settings, list: line.value(.offers))
        for warning in answer.warnings { context.console.errorLine(Displayed.text(warning, limit: 1000)) }
        let offers = filter.offers(of: answer.market, now: context.console.now())
        let format = context.output(line)
        if format == "json" {
            context.write(MarketText.node(offers), as: format)
        } else {
            context.console.table(MarketText.offers(offers), whenEmpty: "No offers.")
            if line.value(.offers) == nil, context.settings.flexai.url != nil {
                let currency = context.settings.flexai.currency
                context.console.errorLine("FlexAI names no currency; its prices are taken for \(currency).")
            }
        }
        return .done
    }
}
