/// What happens in a run, beside what chance does: its lines can be left out one by one.
package struct WorldHistory: Sendable {
    /// Everything that happens, in order.
    let entries: [WorldEntry]

    /// A history of these lines, in the order in which they happen.
    init(_ entries: [WorldEntry]) {
        self.entries = entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    /// Only the lines at these places.
    func keeping(_ places: [Int]) -> WorldHistory {
        WorldHistory(places.sorted().compactMap { entries.indices.contains($0) ? entries[$0] : nil })
    }

    /// The same people's wishes, and nothing that goes wrong.
    var withoutFaults: WorldHistory { WorldHistory(entries.filter(\.edit.isWish)) }

    /// A moment at which something begins, or ends.
    struct Moment: Sendable {
        let at: Duration
        let entry: WorldEntry
        /// Whether the entry's span ends.
        let isEnd: Bool
    }

    /// Every beginning and every end, in order.
    var moments: [Moment] {
        let begins = entries.map { Moment(at: $0.at, entry: $0, isEnd: false) }
        let ends = entries.compactMap { entry in entry.until.map { Moment(at: $0, entry: entry, isEnd: true) } }
        return (begins + ends).enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }
}
