import Documents
import Intents
import Reconciling

extension KubernetesLedger {
    /// How many rows are erased for one write into the Lease: so many fit it beside the sums.
    static let erasedAtATime = 50

    /// Ends the stories of rows: what they have cost is written down first, where some total counts it.
    func erase(_ attempts: [AttemptID], _ charges: [AttemptID: Charge?]) async throws(LedgerError) {
        var rest = attempts[...]
        while !rest.isEmpty {
            let some = rest.prefix(Self.erasedAtATime)
            rest = rest.dropFirst(Self.erasedAtATime)
            try await sums.count(costs(of: some, charges))
            for attempt in some { try await erase(attempt) }
        }
    }

    /// What rows have cost that are about to be erased and that some total counts.
    ///
    /// What was erased before, and is asked for again because something else could not be written, has no row any more.
    private func costs(of attempts: some Sequence<AttemptID>, _ charges: [AttemptID: Charge?]) -> [AttemptID: SpentRow]
    {
        guard !groups.isEmpty else { return [:] }
        return state.withLock { state in
            var costs: [AttemptID: SpentRow] = [:]
            for attempt in attempts {
                guard let row = state.rows[attempt], let charge = charges[attempt] ?? row.charge,
                    charge.amount != .zero, let group = groups.group(of: labels(of: row, state))
                else { continue }
                costs[attempt] = SpentRow(charge, of: group)
            }
            return costs
        }
    }

    /// What is over and was paid for: a row that has its tombstone tells it by itself, the Lease tells the rest.
    func takeCosts(of rows: [AllocationObject], into snapshot: inout LedgerSnapshot) throws(APIError) {
        guard !groups.isEmpty else { return }
        let note = try spentNote()
        let (labels, charges, present) = state.withLock { state in
            var labels: [IntentKey: [String: String]] = [:]
            var charges: [Charge] = []
            var present: Set<AttemptID> = []
            for row in rows {
                let attempt = row.record.attempt
                guard let kept = state.rows[attempt] else { continue }
                present.insert(attempt)
                if labels[kept.key] == nil { labels[kept.key] = self.labels(of: kept, state) }
                if let charge = kept.charge { charges.append(charge) }
            }
            return (labels, charges, present)
        }
        let begun = sums.begin(note) { present.contains($0) }
        snapshot.costs.labels = labels
        snapshot.costs.charges = charges
        snapshot.costs.days = begun.days
        for sum in begun.sums.keys { snapshot.costs.labels[sum.group.key] = sum.group.labels }
    }

    /// The labels of an intent, as they were last; nil where it is gone.
    ///
    /// A new one is reconciled while it is still being written down: then its object tells them.
    func labels(of key: IntentKey, _ state: State) -> [String: String]? {
        state.intents[key]?.intent.labels ?? parts.catalog[key]?.labels
    }

    /// The same for a row; where the Intent is gone, as they were at the purchase.
    private func labels(of row: LedgerRow, _ state: State) -> [String: String] {
        labels(of: row.key, state) ?? row.labels.flatMap { [String: String](json: $0) } ?? [:]
    }

    private func spentNote() throws(APIError) -> SpentNote {
        guard let text = parts.lock.lease?.metadata.annotations[OwnAnnotation.spent] else { return SpentNote() }
        do throws(MalformedObject) {
            return try SpentNote(annotation: text)
        } catch {
            let message =
                "the annotation \(OwnAnnotation.spent) of the Lease \(parts.lock.name), what groups have "
                + "spent: \(error); mend it, or remove it, which forgets what was spent"
            throw APIError(.refused, code: "MALFORMED_SUMS", message: message)
        }
    }
}

extension Charge {
    /// What a row says by its tombstone that it has cost; nil for every other row.
    init?(buried record: AllocationRecord) {
        guard record.phase == .tombstone, let tombstone = record.tombstone else { return nil }
        self.init(record, until: tombstone.at, amount: tombstone.settled)
    }
}
