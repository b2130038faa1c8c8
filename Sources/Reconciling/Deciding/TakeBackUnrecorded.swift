import Intents
import Placement

/// Takes what bears our name for a wished slot into the ledger again, instead of buying it a second time.
///
/// Only what a slot lacks is taken back, or what was to replace an outdated one. What bears no name on an account on which
/// nobody else buys may be what an empty slot lacks, and its work another intent's: a person says whose it is. The rest is
/// told of and left alone, as is everything that no row knows.
func takeBackUnrecorded(_ deliberation: inout Deliberation) {
    guard !deliberation.situation.unrecorded.isEmpty, deliberation.holdBuying == nil, let spec = deliberation.spec,
        let market = deliberation.situation.market
    else { return }
    #if MUTANTS
    if Mutant.unrecordedBoughtAgain.isActive { return }
    #endif
    let wanted = deliberation.wantedAllocations(spec)
    var homes = Set(deliberation.counted.map(\.purchase.platform))
    for found in deliberation.bestFirst(deliberation.situation.unrecorded) {
        guard let slot = found.reference?.slot, slot < wanted, !deliberation.unrecordedSlots.contains(slot),
            case .room(let replaced) = deliberation.place(in: slot),
            found.mayFill(replacing: replaced != nil, deliberation.wantedShape(on: found.platform))
        else { continue }
        deliberation.unrecordedSlots.insert(slot)
        // An intent lives on one platform: what is elsewhere is waited for, and not bought beside.
        guard homes.isEmpty || homes.contains(found.platform) else {
            deliberation.waitForAPerson(
                found,
                "it was bought for slot \(slot), and the intent lives elsewhere: end it there"
            )
            continue
        }
        // A name on a platform that carries whole intents is the workload's, which two intents may share.
        let isWhole = deliberation.situation.platforms[found.platform]?.traits.carries == .intent
        guard !isWhole || found.isMarked(deliberation.wantedShape(on: found.platform)) else {
            deliberation.waitForAPerson(
                found,
                "it bears the workload's name, and was ordered by another spec: end it there"
            )
            continue
        }
        // What it costs is told by what is sold.
        guard deliberation.situation.platforms[found.platform]?.offersUnheard != true else {
            deliberation.wake(at: deliberation.now + deliberation.policy.pollChanging, "offers of its platform")
            continue
        }
        homes.insert(found.platform)
        let (purchase, shape) = deliberation.purchase(of: found, market, spec)
        deliberation.steps.append(.takeBack(found, slot: slot, purchase, shape: shape, replacing: replaced))
    }
    leaveTheNameless(homes, market, spec, in: &deliberation)
}

/// Buys nothing for empty slots while something without a name lives that would fill one.
private func leaveTheNameless(
    _ homes: Set<PlatformName>,
    _ market: Market,
    _ spec: IntentSpec,
    in deliberation: inout Deliberation
) {
    let filled = Set(deliberation.counted.map(\.slot)).union(deliberation.unrecordedSlots)
    let empty = (0..<deliberation.wantedAllocations(spec)).filter { !filled.contains($0) && deliberation.mayBegin($0) }
    guard let first = empty.first else { return }
    let found = deliberation.situation.unrecorded.first { found in
        guard found.reference == nil, homes.isEmpty || homes.contains(found.platform) else { return false }
        return deliberation.mayFillASlot(found, market, spec)
    }
    guard let found else { return }
    deliberation.unrecordedSlots.formUnion(empty)
    deliberation.waitForAPerson(
        found,
        "it may fill slot \(first): give it to the slot that it was bought for with "
            + "`intentctl resolve NAME --slot N --adopt \(found.observation.id.rawValue)`, or end it there"
    )
}

/// What a slot has to do with an allocation that no row knows.
private enum Place {
    /// It lacks one, or has one that this one may replace.
    case room(replacing: AttemptID?)
    /// It has what it needs.
    case filled
}

extension Unrecorded {
    /// Whether its name tells that it was ordered by a spec of a shape.
    func isMarked(_ shape: String) -> Bool { reference?.marks(shape) ?? false }

    /// Whether it may fill the slot that it names: what is on its way out, or was ordered by another spec, takes the place of
    /// nothing else.
    func mayFill(replacing isReplacement: Bool, _ shape: String) -> Bool {
        !isReplacement || observation.state.works && isMarked(shape)
    }
}

extension Deliberation {
    /// Those that were ordered by the present spec first, and of these what works.
    fileprivate func bestFirst(_ all: [Unrecorded]) -> [Unrecorded] {
        func rank(_ found: Unrecorded) -> Int {
            let isMarked = found.isMarked(wantedShape(on: found.platform))
            return found.observation.state.works ? isMarked ? 0 : 1 : isMarked ? 2 : 3
        }
        let ranked = all.enumerated().map { (rank: rank($0.element), place: $0.offset, found: $0.element) }
        return ranked.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.found)
    }

    /// Whether what bears no name may be what an empty slot lacks: as far as it shows, it is what the wish asks for.
    func mayFillASlot(_ found: Unrecorded, _ market: Market, _ spec: IntentSpec) -> Bool {
        let shapes = [PlatformTraits.Carries.slot, .intent].map { situation.wish?.shape(carriedBy: $0) }
        return shapes.contains(purchase(of: found, market, spec).shape)
    }

    /// Whether a slot has room for what was bought for it: it is empty, or what fills it is lost or outdated.
    fileprivate func place(in slot: Int) -> Place {
        let rows = counted.filter { $0.slot == slot }
        guard let first = rows.first else { return mayBegin(slot) ? .room(replacing: nil) : .filled }
        guard rows.count == 1, first.phase == .ending && first.ending?.reason == .lost || isOutdated(first) else {
            return .filled
        }
        return .room(replacing: first.attempt)
    }

    /// Nothing is bought for a slot while something lives that fills it: a person settles that.
    fileprivate mutating func waitForAPerson(_ found: Unrecorded, _ why: String) {
        guard stall == nil else { return }
        stall = ErrorStatus(
            code: "UNRECORDED_ALLOCATION",
            message: "the ledger does not know \(found.observation.id.rawValue) on \(found.platform.rawValue); \(why)",
            at: now
        )
        wake(at: now + policy.pollSettled, "a person's word, or its end")
    }

    /// What an allocation was bought as, as far as it shows, with its shape.
    ///
    /// What the present spec would order here counts as ordered by it; everything else is outdated.
    func purchase(of found: Unrecorded, _ market: Market, _ spec: IntentSpec) -> (Purchase, shape: String) {
        let seen = found.observation
        let wished = spec.workload.resources.gpu?.count ?? 1
        let isWhole = situation.platforms[found.platform]?.traits.carries == .intent
        // Where one allocation carries every replica, some count the GPUs of one and some of all.
        let told = seen.gpuCount ?? wished
        let count = isWhole && wished > 0 && told % wished == 0 ? wished : told
        let kin = market.offers.filter { $0.platform == found.platform && $0.maySell(seen) }
        // It may hold the last that there was.
        let stocked = kin.reduce(market) { $0.stocked($1.id, with: count * max(1, wantedSlots(spec))) }
        let fitting = stocked.rank(spec, platforms: [found.platform], now: now).candidates.filter { candidate in
            kin.contains { $0.id == candidate.offer.id }
        }
        let wanted = wantedShape(on: found.platform)
        // Its name tells whether it was ordered by a spec of this shape; what bears none is what a person takes it for.
        let shape = found.reference.map { $0.marks(wanted) } ?? true ? wanted : ""
        // The dearest that it may be: a cap holds whichever it is.
        if !shape.isEmpty, count == wished,
            let candidate = fitting.max(by: { $0.hourlyPerAllocation < $1.hourlyPerAllocation })
        {
            let order = Order(
                attempt: AttemptID(rawValue: found.reference?.attempt ?? ""),
                key: situation.key,
                slot: found.reference?.slot ?? 0,
                spec: spec,
                candidate: candidate,
                jobTimeout: nil
            )
            var purchase = Purchase(order, generation: situation.wish?.generation ?? 0)
            purchase.hourly = max(purchase.hourly, seen.hourlyCost ?? .zero)
            return (purchase, shape)
        }
        let offer = kin.max { $0.hourly(slotOf: count) ?? .zero < $1.hourly(slotOf: count) ?? .zero }
        let name = seen.gpuType ?? "unrecorded"
        let purchase = Purchase(
            offer: offer?.id ?? Offer.ID(platform: found.platform, name: name),
            provider: offer?.provider ?? seen.provider,
            location: offer?.location ?? seen.location,
            zone: offer?.zone,
            model: offer?.model ?? name,
            gpuCount: count,
            hourly: price(of: found, count, as: offer, market, spec),
            spot: offer?.spot ?? false
        )
        // What is sold out shows no offer by which it could be told whether it fits.
        let mayFit = offer == nil && count == wished && seen.mayBeModel(spec.workload.resources.gpu?.model)
        return (purchase, found.reference != nil || mayFit ? shape : "")
    }

    /// What an hour of it counts at: the platform's word or its offer's price, the higher one; where nobody says it, the
    /// share that the cap leaves it, or the dearest that its platform sells.
    private func price(
        of found: Unrecorded,
        _ count: Int,
        as offer: Offer?,
        _ market: Market,
        _ spec: IntentSpec
    ) -> Money {
        let isWhole = situation.platforms[found.platform]?.traits.carries == .intent
        let slots = max(1, wantedSlots(spec))
        func whole(_ slot: Money) -> Money { isWhole ? slot * slots : slot }
        let listed = offer.flatMap { $0.hourly(slotOf: count) }.map(whole)
        if let told = [listed, found.observation.hourlyCost].compactMap(\.self).max() { return told }
        if let cap = spec.constraints.maxHourlyCost { return isWhole ? cap : Money(micros: cap.micros / Int64(slots)) }
        let others = market.offers.filter { $0.platform == found.platform }.compactMap { $0.hourly(slotOf: count) }
        return others.max().map(whole) ?? .zero
    }
}

extension AllocationState {
    /// Whether it does its work, or may yet.
    var works: Bool {
        switch self {
        case .provisioning, .running, .unknown: true
        case .stopping, .stopped, .completed, .failed: false
        }
    }
}

extension Observation {
    /// Whether it may be of a wished model; any is, where none is wished or none is shown.
    fileprivate func mayBeModel(_ wished: String?) -> Bool {
        guard let wished, let gpuType, wished != gpuType else { return true }
        guard let there = GPUCatalog.standard.find(gpuType)?.gpu.model else { return false }
        return there == GPUCatalog.standard.find(wished)?.gpu.model
    }
}

extension Offer {
    /// Whether what is seen may have been bought of this offer.
    fileprivate func maySell(_ seen: Observation) -> Bool {
        if let there = seen.provider, let provider, there != provider { return false }
        guard let type = seen.gpuType, type != id.name, type != model else { return true }
        // The name of one of the same platform's offers is no other's.
        guard platform != .flexai, let found = GPUCatalog.standard.find(type)?.gpu.model else { return false }
        return found == GPUCatalog.standard.find(model)?.gpu.model
    }
}
