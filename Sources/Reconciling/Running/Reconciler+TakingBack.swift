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
        if row.phase == .live, [.stopping, .stopped].contains(found.observation.state) {
            // Whoever stopped it, it works no more: it is ended, and its slot filled anew.
            row.phase = .ending
            row.ending = Ending(reason: .lost, wantedAt: tools.time.now)
            row.note = "it was taken back when it was \(found.observation.rawState)"
        }
        return row
    }

    /// Writes down what was bought for a slot, and no row knows; where it cannot be written it is nobody's as before.
    func takeBack(_ row: AllocationRecord, _ account: IntentAccount, for wish: Wish) async -> PlatformError? {
        let platform = row.purchase.platform
        guard let id = row.id, isStillWished(row.key, wish),
            let changes = withTheirIntent([.put(row), .account(account)], of: row.key, decidedFor: wish)
        else { return changed(platform) }
        guard tools.books.claim(id, on: platform, for: row.attempt) else { return nil }
        let words = "bears its name, and the ledger did not know it"
        let refusal = await write(changes + [.event(takenBack(row, id, words))])
        if refusal != nil { tools.books.release(id, on: platform, from: row.attempt) }
        return refusal
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

    /// Gives an empty slot what lives and no row knows, by a person's word; throws why it does not.
    ///
    /// The caller holds the intent.
    func takeOver(_ id: AllocationID, slot: Int, of key: IntentKey) async throws(TakeOverRefusal) {
        guard let wish = wish(key) else { throw TakeOverRefusal("there is no intent \(key.rawValue)") }
        let held = tools.books.records(of: key).filter { $0.phase != .tombstone }
        guard !held.contains(where: { $0.slot == slot }) else {
            throw TakeOverRefusal(
                "slot \(slot) of \(key.rawValue) holds something that is neither unknown nor unverified"
            )
        }
        let found = try await find(id, besides: held, slot: slot, of: key, wish.intent.spec)
        let (market, errors) = await tools.shop.market()
        if let error = errors.first(where: { $0.platform == found.platform }) {
            throw TakeOverRefusal("nobody can tell what it costs: \(error.message)")
        }
        var situation = situation(of: key)
        situation.market = market
        guard decide(situation).keepsWhatItHolds else {
            throw TakeOverRefusal("\(key.rawValue) is not to hold anything now; resume it first")
        }
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
        guard let refusal = await write(changes + [.event(takenBack(row, id, "was given to it by a person"))]) else {
            return
        }
        tools.books.release(id, on: found.platform, from: row.attempt)
        throw TakeOverRefusal(refusal.message)
    }

    /// Looks for an allocation where a slot may live beside what its intent holds; throws where no platform knows it, or
    /// where it bears the name of another slot of ours.
    private func find(
        _ id: AllocationID,
        besides held: [AllocationRecord],
        slot: Int,
        of key: IntentKey,
        _ spec: IntentSpec
    ) async throws(TakeOverRefusal) -> Unrecorded {
        var silence: PlatformError?
        for (name, gate) in tools.gates.sorted(by: { $0.key < $1.key }) {
            let slots = gate.platform.traits.carries == .intent ? 1 : spec.workload.wantedSlots
            guard held.allSatisfy({ $0.purchase.platform == name }), (0..<slots).contains(slot) else { continue }
            let seen: Observation
            do throws(PlatformError) {
                seen = try await gate.call { platform async throws(PlatformError) in try await platform.observe(id) }
            } catch {
                // Another one may know it; but one that does not answer has not said that it does not.
                if error.consequence != .gone { silence = silence ?? error }
                continue
            }
            if let reference = seen.reference, gate.platform.isOwn(reference),
                gate.platform.ownReference(reference, of: key, spec)?.slot != slot
            {
                throw TakeOverRefusal("it bears the name of another slot: \(reference)")
            }
            return Unrecorded(platform: name, reference: nil, observation: seen)
        }
        if let silence { throw TakeOverRefusal(silence.message) }
        throw TakeOverRefusal("no platform on which slot \(slot) of \(key.rawValue) may live knows it")
    }
}

/// Why an allocation is not given to a slot, for people.
struct TakeOverRefusal: Error {
    /// In a clause without a full stop.
    let words: String

    /// A refusal in words.
    init(_ words: String) { self.words = words }
}
