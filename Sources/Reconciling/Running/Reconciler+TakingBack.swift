import Intents
import Placement

/// What lives, is ours, and is in no row: it comes into the ledger again.
extension Reconciler {
    /// The row of what was bought for a slot and no row knows.
    func row(
        of found: Unrecorded,
        slot: Int,
        ordinal: Int,
        _ purchase: Purchase,
        shape: String,
        of key: IntentKey,
        replacing replaced: AttemptID? = nil
    ) -> AllocationRecord {
        var row = AllocationRecord(
            attempt: found.reference.map { tools.dice.attempt(short: $0.attempt) } ?? tools.dice.attempt(),
            key: key,
            slot: slot,
            ordinal: ordinal,
            purchase: purchase,
            shape: shape,
            reference: found.observation.reference ?? "",
            openedAt: found.observation.createdAt ?? tools.time.now,
            replaces: replaced,
            body: nil
        )
        becomeLive(&row, found.observation)
        return row
    }

    /// Writes down what was bought for a slot, and no row knows.
    func takeBack(_ row: AllocationRecord, _ account: IntentAccount, for wish: Wish) async -> PlatformError? {
        let platform = row.purchase.platform
        guard let id = row.id,
            let changes = withTheirIntent([.put(row), .account(account)], of: row.key, decidedFor: wish)
        else { return changed(platform) }
        guard tools.books.claim(id, on: platform, for: row.attempt) else { return nil }
        let words = "bears its name, and the ledger did not know it"
        _ = await tools.books.commitFact(changes + [.event(takenBack(row, id, words))])
        return nil
    }

    private func takenBack(_ row: AllocationRecord, _ id: AllocationID, _ words: String) -> Event {
        Event(
            at: tools.time.now,
            key: row.key,
            severity: .warning,
            reason: "TakenBack",
            message: "slot \(row.slot): \(id.rawValue) on \(row.purchase.platform.rawValue) \(words); it counts at "
                + "\(row.purchase.hourly) an hour from \(row.openedAt.text)"
        )
    }

    /// What is to be written down where a person gives an empty slot what lives and no row knows; throws why it is not.
    ///
    /// The caller holds the intent, and writes it down at once: the allocation is taken.
    func takeOver(_ id: AllocationID, slot: Int, of key: IntentKey) async throws(TakeOverRefusal) -> [LedgerChange] {
        guard let wish = wish(key) else { throw TakeOverRefusal("there is no intent \(key.rawValue)") }
        let held = tools.books.records(of: key).filter { $0.phase != .tombstone }
        guard !held.contains(where: { $0.slot == slot }) else {
            throw TakeOverRefusal(
                "slot \(slot) of \(key.rawValue) holds something that is neither unknown nor unverified"
            )
        }
        guard let found = await find(id, besides: held, slot: slot, wish.intent.spec) else {
            throw TakeOverRefusal("no platform on which slot \(slot) of \(key.rawValue) may live knows it")
        }
        let (market, _) = await tools.shop.market()
        let situation = situation(of: key)
        let (purchase, shape) = Deliberation(situation).purchase(of: found, market, wish.intent.spec)
        var account = situation.account
        account.attempts += 1
        let row = row(of: found, slot: slot, ordinal: account.attempts, purchase, shape: shape, of: key)
        guard let changes = withTheirIntent([.put(row), .account(account)], of: key, decidedFor: wish) else {
            throw TakeOverRefusal("\(key.rawValue) has just changed; ask again")
        }
        guard tools.books.claim(id, on: found.platform, for: row.attempt) else {
            throw TakeOverRefusal("it belongs to another attempt")
        }
        return changes + [.event(takenBack(row, id, "was given to it by a person"))]
    }

    /// Looks for an allocation where a slot may live beside what its intent holds; nil where no platform knows it.
    private func find(
        _ id: AllocationID,
        besides held: [AllocationRecord],
        slot: Int,
        _ spec: IntentSpec
    ) async -> Unrecorded? {
        for (name, gate) in tools.gates.sorted(by: { $0.key < $1.key }) {
            let slots = gate.platform.traits.carries == .intent ? 1 : spec.workload.wantedSlots
            guard held.allSatisfy({ $0.purchase.platform == name }), (0..<slots).contains(slot) else { continue }
            do throws(PlatformError) {
                let seen = try await gate.call { platform async throws(PlatformError) in try await platform.observe(id)
                }
                return Unrecorded(platform: name, reference: nil, observation: seen)
            } catch {
                // The next one may know it.
                continue
            }
        }
        return nil
    }
}

/// Why an allocation is not given to a slot, for people.
struct TakeOverRefusal: Error {
    /// In a clause without a full stop.
    let words: String

    /// A refusal in words.
    init(_ words: String) { self.words = words }
}
