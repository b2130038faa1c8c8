/// The rows of a decision that are not confirmed gone, without a copy of them.
package struct CountedRows: Sequence {
    private let records: [AllocationRecord]
    private let forgotten: Set<AttemptID>

    /// Those of the rows that are no tombstones and not forgotten.
    init(_ records: [AllocationRecord], forgotten: Set<AttemptID>) {
        self.records = records
        self.forgotten = forgotten
    }

    /// Goes through the rows.
    package struct Iterator: IteratorProtocol {
        private var place = 0
        private let rows: CountedRows

        /// Begins with the first row.
        init(_ rows: CountedRows) { self.rows = rows }

        package mutating func next() -> AllocationRecord? {
            while place < rows.records.count {
                let record = rows.records[place]
                place += 1
                if record.phase != .tombstone, rows.forgotten.isEmpty || !rows.forgotten.contains(record.attempt) {
                    return record
                }
            }
            return nil
        }
    }

    package func makeIterator() -> Iterator { Iterator(self) }

    /// How many there are.
    package var count: Int { reduce(0) { count, _ in count + 1 } }

    /// Whether there is none.
    package var isEmpty: Bool { first == nil }

    /// The first of them.
    package var first: AllocationRecord? { first { _ in true } }
}
