import Intents
import Placement

extension Reconciler {
    /// Buys for a slot: attempt written down, then the call, then its outcome written down.
    func provision(
        _ slot: Int,
        _ candidate: Candidate,
        replacing replaced: AttemptID?,
        ordinal: Int,
        account: IntentAccount,
        wish: Wish,
        of key: IntentKey
    ) async -> PlatformError? {
        guard let gate = tools.gates[candidate.offer.platform] else { return nil }
        let shape = wish.shape(carriedBy: gate.platform.traits.carries)
        #if MUTANTS
        let attempt = Mutant.keyReused.isActive ? Mutant.key(of: slot, key) : tools.dice.attempt(for: shape)
        #else
        let attempt = tools.dice.attempt(for: shape)
        #endif
        let spec = account.memory.ordered(wish)
        let order = Order(
            attempt: attempt,
            key: key,
            slot: slot,
            spec: spec,
            candidate: candidate,
            jobTimeout: jobTimeout(spec, account),
            continues: continued(slot, spec, account)
        )
        guard gate.platform.traits.createsOneAtATime else {
            return await buy(order, gate, replacing: replaced, ordinal: ordinal, account: account, wish: wish)
        }
        return await gate.oneAtATime {
            await self.buy(order, gate, replacing: replaced, ordinal: ordinal, account: account, wish: wish)
        }
    }

    /// The attempt that had the slot before, where it was given time to write a checkpoint.
    ///
    /// A job that begins a new run goes on from nothing.
    private func continued(_ slot: Int, _ spec: IntentSpec, _ account: IntentAccount) -> AttemptID? {
        guard spec.keepsCheckpoints, spec.workload.kind == .service || account.workBeganAt != nil else { return nil }
        let rows = tools.books.records(of: account.key).filter { $0.slot == slot && $0.id != nil }
        return rows.max { $0.ordinal < $1.ordinal }?.attempt ?? account.memory.task(slot).lastAttempt
    }

    private func buy(
        _ order: Order,
        _ gate: PlatformGate,
        replacing replaced: AttemptID?,
        ordinal: Int,
        account: IntentAccount,
        wish: Wish
    ) async -> PlatformError? {
        let purchase = Purchase(order, generation: wish.generation)
        let shape = wish.shape(carriedBy: gate.platform.traits.carries)
        let written = Locked<AllocationRecord?>(nil)
        do throws(PlatformError) {
            try await gate.verified()
            try await requireNothingUnrecorded(order, gate.name, replacing: replaced)
            let listed = try await listedBefore(gate)
            let outcome = try await gate.buy { () async throws(PlatformError) -> PreparedOrder in
                // The way here can have been long: what was decided must still be wished for.
                guard self.isStillWished(order.key, wish) else { throw self.changed(gate.name) }
                let prepared = gate.platform.prepare(order)
                let record = AllocationRecord(
                    attempt: order.attempt,
                    key: order.key,
                    slot: order.slot,
                    ordinal: ordinal,
                    purchase: purchase,
                    shape: shape,
                    reference: prepared.reference,
                    openedAt: self.tools.time.now,
                    replaces: replaced,
                    listedBefore: listed,
                    body: prepared.body
                )
                #if MUTANTS
                if Mutant.attemptWrittenLate.isActive {
                    written.withLock { $0 = record }
                    return prepared
                }
                #endif
                try await self.writeDown(record, account, for: wish)
                written.withLock { $0 = record }
                return prepared
            }
            guard let record = written.withLock({ $0 }) else { return nil }
            return await settle(record, outcome, gate, generation: wish.generation)
        } catch {
            // Refused before the call: what was written down about it never happened.
            if let record = written.withLock({ $0 }) {
                _ = await tools.books.commitFact([.forget(record.attempt)])
            }
            return error
        }
    }

    /// Throws where something lives that was bought for the slot, or where nobody can tell yet.
    private func requireNothingUnrecorded(
        _ order: Order,
        _ platform: PlatformName,
        replacing replaced: AttemptID?
    ) async throws(PlatformError) {
        #if MUTANTS
        if Mutant.unrecordedBoughtAgain.isActive { return }
        #endif
        guard let lookout = tools.lookouts[platform] else { return }
        let found = try await lookout.unrecorded(of: order.key, order.spec)
        guard !found.isEmpty else { return }
        // As it is decided: what is on its way out takes nobody's place, and what bears no name may be what the slot lacks.
        let market = await tools.shop.market().market
        let deliberation = Deliberation(situation(of: order.key))
        let shape = deliberation.wantedShape(on: platform)
        let fills = found.contains { found in
            guard let reference = found.reference else {
                return replaced == nil && deliberation.mayFillASlot(found, market, order.spec)
            }
            return reference.slot == order.slot && found.mayFill(replacing: replaced != nil, shape)
        }
        guard fills else { return }
        throw PlatformError(
            platform: platform,
            code: "UNRECORDED_ALLOCATION",
            message: "something lives that was bought for slot \(order.slot), and the ledger does not know it",
            consequence: .retry(after: nil)
        )
    }

    /// Makes an attempt durable, with the intent that it is for, where its quotas have room for it.
    private func writeDown(
        _ record: AllocationRecord,
        _ account: IntentAccount,
        for wish: Wish
    ) async throws(PlatformError) {
        let platform = record.purchase.platform
        guard let changes = withTheirIntent([.put(record), .account(account)], of: record.key, decidedFor: wish) else {
            throw changed(platform)
        }
        if let lack = tools.quotas.reserve(record, ahead: quotaAhead) { throw noRoom(platform, lack) }
        do throws(LedgerError) {
            try await tools.books.commit(changes)
        } catch {
            tools.quotas.release(record.attempt)
            throw error.asRefusal
        }
    }

    /// Whether an intent still wants what was decided for it, and the operator still begins new steps.
    func isStillWished(_ key: IntentKey, _ decided: Wish) -> Bool {
        #if MUTANTS
        if Mutant.wishNotAskedAgain.isActive { return true }
        #endif
        guard !isDraining, let now = wish(key) else { return false }
        guard !now.isVanishing else { return false }
        return now.asksTheSame(as: decided) && now.pause == nil && now.suspension == nil
    }

    /// A purchase that is not made because the wish has changed since it was decided, or is about to be withdrawn.
    func changed(_ platform: PlatformName) -> PlatformError {
        PlatformError(
            platform: platform,
            code: "WISH_CHANGED",
            message: "nothing was bought: the intent has changed or vanished meanwhile, or the operator ends",
            consequence: .retry(after: nil)
        )
    }

    /// For how long a quota's total must pay for a purchase, as in the decision for it.
    package var quotaAhead: Duration { policy.budgetMargin + policy.provisioningTimeout }

    /// A purchase that is not made because somebody else has taken the room since it was decided.
    private func noRoom(_ platform: PlatformName, _ lack: String) -> PlatformError {
        PlatformError(
            platform: platform,
            code: "QUOTA_EXCEEDED",
            message: lack,
            consequence: .retry(after: policy.pollSettled)
        )
    }

    /// What the platform lists before a call whose outcome its listings will not name.
    private func listedBefore(_ gate: PlatformGate) async throws(PlatformError) -> [AllocationID] {
        guard gate.platform.traits.createsOneAtATime, let lookout = tools.lookouts[gate.name] else { return [] }
        return try await lookout.listedIDs(notBefore: tools.time.uptime) ?? []
    }

    /// How long a job may still take, all earlier tries included.
    private func jobTimeout(_ spec: IntentSpec, _ account: IntentAccount) -> Duration? {
        guard spec.workload.kind != .service else { return nil }
        let now = tools.time.now
        let left = spec.constraints.deadline.map { $0 - now }
        let timeout = spec.workload.job?.timeout.map { timeout in
            account.workBeganAt.map { max(.seconds(1), timeout - (now - $0)) } ?? timeout
        }
        return [timeout, left].compactMap(\.self).min()
    }

    private func settle(
        _ record: AllocationRecord,
        _ outcome: CreateOutcome,
        _ gate: PlatformGate,
        generation: Int
    ) async -> PlatformError? {
        var record = record
        let now = tools.time.now
        let key = record.key
        switch outcome {
        case .created(let observation):
            guard tools.books.claim(observation.id, on: gate.name, for: record.attempt) else {
                return await leaveUnknown(&record, "the platform answered with an id that another attempt owns")
            }
            becomeLive(&record, observation)
            #if MUTANTS
            if Mutant.idOnlyInMemory.isActive {
                tools.books.keepInMind(record)
                return nil
            }
            #endif
            _ = await tools.books.commitFact([.put(record), .event(provisioned(record, observation))])
            return nil
        case .notCreated(let error):
            let event = Event(
                at: now,
                key: key,
                severity: .warning,
                reason: "NotCreated",
                message: "slot \(record.slot) on \(record.purchase.offer.name): \(error.words)"
            )
            _ = await tools.books.commitFact([.forget(record.attempt), .event(event)])
            heed(error, record, generation: generation)
            return error
        case .unknown(let error):
            #if MUTANTS
            if Mutant.unknownIsNotCreated.isActive {
                _ = await tools.books.commitFact([.forget(record.attempt)])
                return error
            }
            #endif
            _ = await leaveUnknown(&record, error.message)
            return error
        }
    }

    private func leaveUnknown(_ record: inout AllocationRecord, _ cause: String) async -> PlatformError? {
        let now = tools.time.now
        record.phase = .unknown
        record.phaseSince = now
        record.doubt = Doubt(since: now, cause: cause)
        let event = Event(
            at: now,
            key: record.key,
            severity: .warning,
            reason: "PurchaseUnknown",
            message:
                "nobody can tell yet whether attempt \(record.attempt.short) of slot \(record.slot) was bought: \(cause)"
        )
        _ = await tools.books.commitFact([.put(record), .event(event)])
        return nil
    }

    private func provisioned(_ record: AllocationRecord, _ observation: Observation) -> Event {
        Event(
            at: tools.time.now,
            key: record.key,
            reason: "Provisioned",
            message: "slot \(record.slot): \(observation.id.rawValue) on \(record.purchase.platform.rawValue), "
                + "\(record.purchase.gpuCount) x \(record.purchase.model), \(record.purchase.hourly) an hour"
        )
    }

    /// What a refusal means for the offer and for the intent.
    private func heed(_ error: PlatformError, _ record: AllocationRecord, generation: Int) {
        switch error.consequence {
        case .nextOffer:
            tools.shop.rest(
                record.purchase.offer,
                for: policy.offerRest,
                because: error.tellsOfCapacity ? .capacity : .other
            )
        case .wait(let wait): tools.shop.rest(record.purchase.offer, for: wait ?? .seconds(300))
        case .stalled:
            let status = ErrorStatus(code: error.code, message: error.words, at: tools.time.now)
            memories.withLock { $0[record.key, default: Memory()].stall = (generation, status) }
        case .retry, .pausePlatform, .gone, .unknown: break
        }
    }

    /// Sends an unknown create again with its key, on a platform that promises to take it for the same one.
    func repeatCreate(_ attempt: AttemptID, of key: IntentKey) async -> PlatformError? {
        guard let unknown = record(attempt, of: key), let body = unknown.body,
            let gate = tools.gates[unknown.purchase.platform]
        else { return nil }
        let prepared = PreparedOrder(attempt: attempt, reference: unknown.reference, body: body)
        do throws(PlatformError) {
            let outcome = try await gate.buy { () async throws(PlatformError) -> PreparedOrder in
                // It may be this call that buys: what listings have to show is counted from now on, after a crash too.
                var asked = unknown
                asked.doubt = Doubt(since: self.tools.time.now, cause: unknown.doubt?.cause ?? unknown.note)
                if let refusal = await self.write([.put(asked)]) { throw refusal }
                return prepared
            }
            guard var record = self.record(attempt, of: key) else { return nil }
            switch outcome {
            case .created(let observation):
                guard tools.books.claim(observation.id, on: gate.name, for: attempt) else {
                    return PlatformError(
                        platform: gate.name,
                        code: "ID_TAKEN",
                        message: "the platform answered with an id that another attempt owns",
                        consequence: .unknown
                    )
                }
                becomeLive(&record, observation)
                _ = await tools.books.commitFact([.put(record), .event(provisioned(record, observation))])
                return nil
            case .notCreated(let error):
                // A refusal of the repeat says nothing of the first call, unless it shows that there was none.
                // "In use" (409, 422) may well be the first call's own work, whatever it would mean of a new purchase; and a
                // bare 404 may be the word of something that stands before the platform.
                let mayBeInUse = [409, 422].contains(error.httpStatus) || error.code == "HTTP_404"
                let says = error.consequence == .nextOffer || error.httpStatus == 402 || error.httpStatus == 400
                guard !mayBeInUse else {
                    // Still in doubt, and no reason to ask again at once.
                    var doubt = error
                    doubt.consequence = .unknown
                    return doubt
                }
                guard says else { return error }
                // An earlier call may still be on its way, and be taken when this refusal is over.
                let sent = unknown.lastSent(gate.platform.traits)
                guard tools.time.now - sent >= gate.platform.traits.visibilityGrace else {
                    record.doubt = unknown.doubt
                    _ = await tools.books.commitFact([.put(record)])
                    var doubt = error
                    doubt.consequence = .unknown
                    return doubt
                }
                _ = await tools.books.commitFact([.forget(attempt)])
                heed(error, record, generation: wish(key)?.generation ?? 0)
                return error
            case .unknown(let error): return error
            }
        } catch {
            return error
        }
    }
}

extension Order {
    /// How many replicas or tasks the platform is told of, where one allocation carries them all; nil for a slot's own.
    fileprivate var parts: Int? {
        guard candidate.maxReplicas == nil, candidate.allocations == 1, spec.workload.kind != .service else {
            return candidate.maxReplicas
        }
        return spec.workload.wantedSlots
    }
}

extension Purchase {
    /// What an order orders, as it is written down.
    init(_ order: Order, generation: Int) {
        let offer = order.candidate.offer
        self.init(
            offer: offer.id,
            provider: offer.provider,
            location: offer.location,
            zone: offer.zone,
            model: offer.model,
            gpuCount: order.spec.workload.resources.gpu?.count ?? 1,
            hourly: order.candidate.hourlyPerAllocation,
            spot: offer.spot,
            maxReplicas: order.parts,
            generation: generation,
            holdsVolume: order.spec.workload.storage.volumes.contains { $0.kind == .persistent }
        )
    }
}
