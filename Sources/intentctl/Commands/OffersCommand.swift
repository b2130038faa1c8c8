/// `offers`: lists what the platforms sell now.
struct OffersCommand: Command {
    private let line: ParsedLine

    init(_ line: ParsedLine) throws(UsageError) { self.line = line }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        let offers = try await context.operations.offers(context.settings)
        let format = context.output(line)
        if format == "json" {
            context.write(MarketText.node(offers), as: format)
        } else {
            context.console.table(MarketText.offers(offers), whenEmpty: "No offers.")
            if context.settings.flexai.url != nil {
                let currency = context.settings.flexai.currency
                context.console.errorLine("FlexAI names no currency; its prices are taken for \(currency).")
            }
        }
        return .done
    }
}
