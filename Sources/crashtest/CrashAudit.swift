import Intents
import Reconciling

/// Judges the platforms' books at the end of a round against what was wished, at the end and at every moment before.
struct CrashAudit {
    /// Every purchase on both platforms.
    let purchases: [BookedPurchase]
    /// What was wished, and when.
    private let wishes: Wishes
    private let records: [AllocationRecord]

    /// How long it may take from a file's change to its effect, on a busy machine.
    private static let delay = Duration.seconds(40)

    /// An audit of both platforms' books, with what the ledger says of them.
    init(purchases: [BookedPurchase], records: [AllocationRecord], wishes: Wishes) {
        self.purchases = purchases
        self.records = records
        self.wishes = wishes
    }

    /// Throws with the first thing that must not be.
    ///
    /// Where FlexAI's listing does not say what an instance was called when it was bought, of several equal ones that were
    /// cut off each fills one of their slots, whichever: then the end is judged by what the ledger says, and not every
    /// moment before.
    func judge(everyMoment: Bool) throws(CrashFailure) {
        try expectKeys()
        if everyMoment {
            try expectExplained()
            try expectNoDoubles()
        }
        try expectWanted()
        try expectKnown()
    }

    /// Each purchase is another attempt: none was sent twice.
    private func expectKeys() throws(CrashFailure) {
        var seen: [String: BookedPurchase] = [:]
        for purchase in purchases {
            guard !purchase.key.isEmpty, purchase.reference.hasSuffix(purchase.key.prefix(8)) else {
                throw CrashFailure("without an attempt: \(purchase)")
            }
            if let other = seen.updateValue(purchase, forKey: purchase.key) {
                throw CrashFailure("one attempt, bought twice: \(other) and \(purchase)")
            }
        }
    }

    /// Each purchase was wished when it was made, and each deletion was of what was not wished any more, or was lost.
    private func expectExplained() throws(CrashFailure) {
        for purchase in purchases {
            guard let place = purchase.place else { throw CrashFailure("for nobody: \(purchase)") }
            let start = purchase.createdAt - Self.delay
            guard wishes.was(place, wanted: true, from: start, to: purchase.createdAt) else {
                throw CrashFailure("bought although nobody wished it: \(purchase)")
            }
            guard let end = purchase.endedAt, purchase.ending != "lost" else { continue }
            guard wishes.was(place, wanted: false, from: start, to: end) else {
                throw CrashFailure("deleted although it was wished all the time: \(purchase)")
            }
        }
    }

    /// At no moment did two purchases of one slot live.
    private func expectNoDoubles() throws(CrashFailure) {
        let slots = Dictionary(grouping: purchases) { $0.place }
        for bought in slots.values {
            let ordered = bought.sorted { $0.createdAt < $1.createdAt }
            for (first, second) in zip(ordered, ordered.dropFirst()) {
                guard let end = first.endedAt, end <= second.createdAt else {
                    throw CrashFailure("two at one time for one slot: \(first) and \(second)")
                }
            }
        }
    }

    /// What lives is what is wished, slot by slot.
    private func expectWanted() throws(CrashFailure) {
        let fills = records.compactMap { record in
            record.id.map { ($0.rawValue, SlotPlace(intent: record.key.rawValue, slot: record.slot)) }
        }
        let places = Dictionary(fills) { first, _ in first }
        let alive = purchases.filter { $0.endedAt == nil }.compactMap { places[$0.id] ?? $0.place }.sorted()
        let wanted = wishes.wanted.flatMap { wish in (0..<wish.value).map { SlotPlace(intent: wish.key, slot: $0) } }
        guard alive == wanted.sorted() else { throw CrashFailure("alive are \(alive), wished are \(wanted.sorted())") }
    }

    /// Once all was as wished, a further run changed nothing.
    func expectNothingNew(since before: [BookedPurchase]) throws(CrashFailure) {
        let old = before.map { "\($0)" }
        let new = purchases.map { "\($0)" }
        guard old == new else { throw CrashFailure("a settled world changed from \(old) to \(new)") }
    }

    /// The ledger knows exactly what lives, and has no open question.
    private func expectKnown() throws(CrashFailure) {
        for record in records where record.phase != .live && record.phase != .tombstone {
            throw CrashFailure("the ledger leaves attempt \(record.attempt.rawValue) \(record.phase.rawValue)")
        }
        let known = records.filter { $0.phase == .live }.compactMap { $0.id?.rawValue }.sorted()
        let alive = purchases.filter { $0.endedAt == nil }.map(\.id).sorted()
        guard known == alive else { throw CrashFailure("the ledger knows \(known), alive are \(alive)") }
    }
}
