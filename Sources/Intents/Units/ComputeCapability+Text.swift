extension ComputeCapability {
    /// Reads `8.0`, or `9` for 9.0.
    package init(parsing text: String) throws(UnitError) {
        let grammar = UnitGrammar(noun: "a compute capability", example: "8.0")
        let parts = text.trimmed.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.utf8.count) }) else {
            throw grammar.error(text)
        }
        let numbers = parts.compactMap { CalendarDay.number(ArraySlice($0.utf8)) }
        guard numbers.count == parts.count, numbers[0] > 0 else { throw grammar.error(text) }
        self.init(major: numbers[0], minor: numbers.count == 2 ? numbers[1] : 0)
    }

    /// The capability as `8.0`.
    package var text: String { "\(major).\(minor)" }
}

extension ComputeCapability: CustomStringConvertible {
    package var description: String { text }
}
