import Intents
import Placement

extension Operator {
    /// Carries out what people have asked for while nobody ran, one request after the other.
    func answerRequests() async {
        guard let requests = try? await parts.ledger.pendingRequests() else { return }
        for request in requests { await answer(request) }
    }

    /// What is known of requests that are still open in the ledger.
    struct Answering: Sendable {
        /// The intents of which one is being answered; nil stands for those that concern none.
        var keys: Set<IntentKey?> = []
        /// Those whose answer could not be written down yet.
        var unwritten: Set<Int64> = []
    }

    /// What people have asked for, by intent, of which nothing is being answered yet; whoever takes it answers it.
    func newRequests() async -> [(key: IntentKey?, requests: [OperatorRequest])] {
        // Asked before the requests are: who is answered meanwhile may still be among them.
        var met = answering.withLock { $0.keys }
        let open = (try? await parts.ledger.pendingRequests()) ?? []
        guard !open.isEmpty else { return [] }
        return answering.withLock { answering in
            answering.unwritten.formIntersection(open.map(\.id))
            let requests = open.filter { !answering.unwritten.contains($0.id) }
            let byKey = Dictionary(grouping: requests, by: \.verb.key)
            let keys = requests.map(\.verb.key).filter { met.insert($0).inserted }
            answering.keys.formUnion(keys)
            return keys.map { (key: $0, requests: byKey[$0] ?? []) }
        }
    }

    /// Answers requests for one intent, when nothing else is being done about it.
    func answer(_ requests: [OperatorRequest], of key: IntentKey?) async {
        for request in requests { await answer(request) }
        answering.withLock { _ = $0.keys.remove(key) }
    }

    private func answer(_ request: OperatorRequest) async {
        guard let key = request.verb.key else { return await answerAlone(request) }
        await reconciler.locks.holding(key) { await answerAlone(request) }
    }

    private func answerAlone(_ request: OperatorRequest) async {
        let reply: Reply =
            switch request.verb {
            case .suspend(let key, let suspension): override(key, "suspended") { $0.suspension = suspension }
            case .pause(let key, let pause): override(key, "paused") { $0.pause = pause }
            case .resume(let key): resume(key)
            case .reconcile(let key): reconcileNow(key)
            case .adopt(let key, let slot, let id): await adopt(id, slot: slot, of: key)
            case .abandon(let key, let slot): await abandon(slot: slot, of: key)
            case .approve(let token, let key): approve(token, key)
            case .permit(let key, let permission): permit(permission, of: key)
            case .complete(let key, let slot, let outcome): complete(slot, outcome, of: key)
            }
        let answer = LedgerChange.answer(request: request.id, text: reply.text, refused: reply.isRefusal)
        let isWritten = await books.commitFact(reply.changes + [answer])
        if !isWritten { answering.withLock { _ = $0.unwritten.insert(request.id) } }
        if case .abandon = request.verb { for gate in gates.values { gate.askAgain() } }
        for key in reply.keys { reconciler.forgive(key) }
        // Before the source has been looked at nobody knows what is wished for; then everything is looked at.
        if begun.hasHappened { queue.add(reply.keys, priority: .change) }
    }

    /// What a request comes to.
    struct Reply {
        var text: String
        var isRefusal = false
        var changes: [LedgerChange] = []
        var keys: [IntentKey] = []

        static func refusal(_ text: String) -> Reply { Reply(text: text, isRefusal: true) }
    }

    private func isKnown(_ key: IntentKey) -> Bool {
        desires.read { $0.entries[key] != nil } || !books.records(of: key).isEmpty
    }

    private func override(_ key: IntentKey, _ done: String, _ change: (inout IntentOverride) -> Void) -> Reply {
        guard isKnown(key) else { return .refusal("there is no intent \(key.rawValue)") }
        // A withdrawal ends every hold; who said "it is paused" now would say what is not so.
        guard desires.read({ $0.entries[key] != nil }) else {
            guard books.holdsSomething(key) else { return .refusal("\(key.rawValue) is withdrawn, and holds nothing") }
            return .refusal(
                "\(key.rawValue) is withdrawn, and what it holds is being deleted; commit it again to have it anew"
            )
        }
        var override = books.override(of: key) ?? IntentOverride(key: key)
        change(&override)
        return Reply(text: "\(key.rawValue) is \(done)", changes: [.override(override)], keys: [key])
    }

    private func resume(_ key: IntentKey) -> Reply {
        var reply = override(key, "resumed") { override in
            override.suspension = nil
            override.pause = nil
        }
        var account = books.account(of: key)
        if !reply.isRefusal, account.memory.rest != nil {
            account.memory.rest = nil
            reply.changes.append(.account(account))
        }
        return reply
    }

    private func reconcileNow(_ key: IntentKey?) -> Reply {
        guard let key else {
            let keys = desires.read { Array($0.entries.keys) }.sorted()
            return Reply(text: "\(keys.count) intents are looked at now", keys: keys)
        }
        guard isKnown(key) else { return .refusal("there is no intent \(key.rawValue)") }
        var account = books.account(of: key)
        let isStuck = account.memory.negotiation.map { $0.endedAt != nil && $0.agreed == nil } ?? false
        guard account.memory.rollout != nil || isStuck else {
            return Reply(text: "\(key.rawValue) is looked at now", keys: [key])
        }
        account.memory.rollout = nil
        if isStuck { account.memory.negotiation = nil }
        return Reply(
            text: "\(key.rawValue) is looked at now, and what did not come about is tried again",
            changes: [.account(account)],
            keys: [key]
        )
    }

    private func doubtful(_ slot: Int, of key: IntentKey) -> AllocationRecord? {
        books.records(of: key).first { $0.slot == slot && ($0.phase == .unknown || $0.phase == .unverified) }
    }

    private func adopt(_ id: AllocationID, slot: Int, of key: IntentKey) async -> Reply {
        guard var record = doubtful(slot, of: key) else { return await takeOver(id, slot: slot, of: key) }
        guard let gate = gates[record.purchase.platform] else {
            return .refusal("platform \(record.purchase.platform.rawValue) is not configured")
        }
        do throws(PlatformError) {
            let seen = try await gate.call { platform async throws(PlatformError) in try await platform.observe(id) }
            guard books.claim(id, on: gate.name, for: record.attempt) else {
                return .refusal("\(id.rawValue) belongs to another attempt")
            }
            reconciler.becomeLive(&record, seen)
            return Reply(
                text: "slot \(slot) of \(key.rawValue) is filled by \(id.rawValue)",
                changes: [.put(record)],
                keys: [key]
            )
        } catch {
            return .refusal("\(id.rawValue) cannot be adopted: \(error.message)")
        }
    }

    /// Gives an empty slot what lives and no row knows.
    private func takeOver(_ id: AllocationID, slot: Int, of key: IntentKey) async -> Reply {
        do throws(TakeOverRefusal) {
            try await reconciler.takeOver(id, slot: slot, of: key)
            return Reply(text: "slot \(slot) of \(key.rawValue) is filled by \(id.rawValue)", keys: [key])
        } catch {
            return .refusal("\(id.rawValue) cannot be adopted: \(error.words)")
        }
    }

    /// Finds out which accounts answer where an intent holds something: nobody may have asked yet.
    private func learnAccounts(of key: IntentKey) async {
        for platform in Set(books.records(of: key).map(\.purchase.platform)).sorted() {
            do {
                try await gates[platform]?.confirmAccount()
            } catch {
                // What it says is kept by the door.
                continue
            }
        }
    }

    /// What a slot holds on a platform that cannot be asked about it: one that is not configured, or another account.
    private func outOfReach(_ slot: Int, of key: IntentKey) -> AllocationRecord? {
        books.records(of: key).first { record in
            record.slot == slot && record.phase != .tombstone
                && (gates[record.purchase.platform].map { $0.answersForAnother || $0.platform is AbsentPlatform }
                    ?? true)
        }
    }

    private func abandon(slot: Int, of key: IntentKey) async -> Reply {
        await learnAccounts(of: key)
        guard let record = doubtful(slot, of: key) ?? outOfReach(slot, of: key) else {
            return .refusal("slot \(slot) of \(key.rawValue) holds nothing unknown, unverified or out of reach")
        }
        var account = books.account(of: key)
        var charges: [LedgerChange] = []
        if record.id != nil {
            // It was paid for until a person said that it is gone.
            let charge = Charge(record, until: parts.time.now)
            account.spent = account.spent + charge.amount
            charges = [.charge(charge)]
        }
        let event = Event(
            at: parts.time.now,
            key: key,
            reason: "Abandoned",
            message: "a person says that attempt \(record.attempt.short) of slot \(slot) holds nothing"
        )
        return Reply(
            text: "attempt \(record.attempt.short) of slot \(slot) is forgotten",
            changes: [.forget(record.attempt), .account(account), .event(event)] + charges,
            keys: [key]
        )
    }

    private func approve(_ token: String, _ key: IntentKey?) -> Reply {
        guard desires.approve(token: token, only: key) else {
            return .refusal("the withdrawals have changed since they were shown: look again with `intentctl approve`")
        }
        return Reply(text: key.map { "the withdrawal of \($0.rawValue) is approved" } ?? "the withdrawals are approved")
    }
}

extension OperatorRequest.Verb {
    /// The intent whose rows it touches; nil where it touches none.
    fileprivate var key: IntentKey? {
        switch self {
        case .suspend(let key, _), .resume(let key), .pause(let key, _), .adopt(let key, _, _), .abandon(let key, _),
            .permit(let key, _), .complete(let key, _, _):
            key
        case .reconcile(let key): key
        case .approve: nil
        }
    }
}
