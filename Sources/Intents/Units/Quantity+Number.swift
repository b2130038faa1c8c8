extension Quantity {
    /// Reads a plain number such as `19.5`, without a suffix.
    ///
    /// `noun` names what is read, with its article, for the message.
    package init(parsingNumber text: String, as noun: String = "a number") throws(UnitError) {
        let grammar = UnitGrammar(noun: noun, example: "19.5")
        var rest = text.trimmed
        let number = try grammar.number(&rest, in: text)
        guard rest.isEmpty else { throw grammar.error(text) }
        self.init(thousandths: try grammar.count(number, by: 1000, in: text))
    }

    /// Reads a percentage such as `99.9%` or `99.9`, between 0 and 100; counted in thousandths of a percent.
    package init(parsingPercentage text: String) throws(UnitError) {
        let grammar = UnitGrammar(noun: "a percentage", example: "99.9%", step: "a thousandth of a percent")
        var rest = text.trimmed
        let number = try grammar.number(&rest, in: text)
        rest = rest.trimmed
        guard rest.isEmpty || rest == "%" else { throw grammar.error(text) }
        let thousandths = try grammar.count(number, by: 1000, in: text)
        guard thousandths <= 100_000 else { throw grammar.error(text, "it is more than 100") }
        self.init(thousandths: thousandths)
    }

    /// Reads a fraction between 0 and 1 such as `0.15`, also written as `15%`; counted in thousandths.
    package init(parsingFraction text: String) throws(UnitError) {
        let grammar = UnitGrammar(noun: "a fraction between 0 and 1", example: "0.15")
        var rest = text.trimmed
        let number = try grammar.number(&rest, in: text)
        rest = rest.trimmed
        guard rest.isEmpty || rest == "%" else { throw grammar.error(text) }
        let thousandths = try grammar.count(number, by: rest.isEmpty ? 1000 : 10, in: text)
        guard thousandths <= 1000 else { throw grammar.error(text, "15 of a hundred is 0.15") }
        self.init(thousandths: thousandths)
    }

    /// The amount as a percentage: `99.9%`.
    package var percentageText: String { plainText + "%" }
}
