/// What the words for states mean that platforms use; compared without case, blanks, hyphens and underscores.
package struct StatusTable: Sendable {
    /// What a word means.
    package enum Meaning: Hashable, Sendable {
        /// It exists.
        case alive(AllocationState)
        /// It is no more, as good as "not found".
        case gone
    }

    /// The words that both platforms' implementations use.
    package static let common = StatusTable([
        .alive(.provisioning): [
            "pending", "provisioning", "creating", "starting", "queued", "scheduling", "initializing", "allocating",
            "building", "booting", "accepted", "submitted",
        ],
        .alive(.running): ["running", "ready", "active", "started"],
        .alive(.stopping): ["stopping", "deleting", "terminating", "cancelling", "canceling", "shuttingdown"],
        .alive(.stopped): ["stopped", "exited"],
        .alive(.completed): ["completed", "succeeded", "finished"],
        .alive(.failed): ["failed", "error"],
        .gone: ["deleted", "terminated"],
    ])

    private let meanings: [String: Meaning]

    /// A table from its words.
    package init(_ words: [Meaning: [String]]) {
        var meanings: [String: Meaning] = [:]
        for (meaning, spellings) in words {
            for spelling in spellings { meanings[Self.folded(spelling)] = meaning }
        }
        self.meanings = meanings
    }

    /// This table with more words; a word that is in both means what `words` says.
    package func adding(_ words: [Meaning: [String]]) -> StatusTable {
        StatusTable(merging: meanings, Self(words).meanings)
    }

    private init(merging first: [String: Meaning], _ second: [String: Meaning]) {
        meanings = first.merging(second) { _, new in new }
    }

    /// What a word means; nil for one that is not in the table.
    package func meaning(of word: String) -> Meaning? { meanings[Self.folded(word)] }

    /// The state that a word stands for, unknown where it is not in the table; a word for "gone" is no state.
    package func state(of word: String) -> AllocationState {
        if case .alive(let state) = meaning(of: word) { return state }
        return .unknown
    }

    private static func folded(_ word: String) -> String {
        String(word.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " })
    }
}
