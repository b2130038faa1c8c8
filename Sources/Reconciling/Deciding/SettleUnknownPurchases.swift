import Intents
import Placement

/// Finds out what became of purchases whose outcome is not known: by key, by listing, by policy, else by a person.
func settleUnknownPurchases(_ deliberation: inout Deliberation) {
    for index in deliberation.records.indices {
        if deliberation.records[index].phase == .open { becomeUnknown(at: index, in: &deliberation) }
        guard deliberation.records[index].phase == .unknown else { continue }
        settle(at: index, in: &deliberation)
    }
}

/// An attempt that is still open when its key is reconciled was cut off: the process that made it is gone.
private func becomeUnknown(at index: Int, in deliberation: inout Deliberation) {
    deliberation.records[index].phase = .unknown
    deliberation.records[index].phaseSince = deliberation.now
    deliberation.records[index].doubt = Doubt(
        since: deliberation.now,
        cause: "the operator ended before the answer was written down"
    )
    let record = deliberation.records[index]
    deliberation.tell(
        "PurchaseUnknown",
        "attempt \(record.attempt.short) of slot \(record.slot) was cut off; finding out what became of it",
        severity: .warning
    )
}

private func settle(at index: Int, in deliberation: inout Deliberation) {
    let record = deliberation.records[index]
    guard let platform = deliberation.situation.platforms[record.purchase.platform] else {
        return deliberation.wake(
            at: deliberation.now + deliberation.policy.pollSettled,
            "platform \(record.purchase.platform.rawValue) is not configured"
        )
    }
    // A repeat may buy, where the first call never arrived: it is left to what is wanted, where a look can tell as well.
    let asksByKey = platform.cannotList || deliberation.stillWants(record)
    if asksByKey, repeatByKey(index, record, platform, in: &deliberation) { return }
    if settleByListing(index, record, platform, in: &deliberation) { return }
    settleByPolicy(index, record, platform, in: &deliberation)
}

/// The first cure: the platform honours keys, and this one is young enough.
private func repeatByKey(
    _ index: Int,
    _ record: AllocationRecord,
    _ platform: PlatformSituation,
    in deliberation: inout Deliberation
) -> Bool {
    guard deliberation.keyServes(record, platform) else { return false }
    guard !deliberation.situation.isPaused else {
        deliberation.wake(at: deliberation.now + deliberation.policy.pollSettled, "the pause keeps from asking again")
        return true
    }
    if let error = platform.pausedBecause {
        deliberation.note(error)
    } else {
        deliberation.steps.append(.repeatCreate(record.attempt))
    }
    return true
}

/// The second cure: a listing that shows it, or two that would have shown it.
private func settleByListing(
    _ index: Int,
    _ record: AllocationRecord,
    _ platform: PlatformSituation,
    in deliberation: inout Deliberation
) -> Bool {
    guard let listing = platform.listing else {
        // Only a platform that has no listings leaves the word to the policy; one that is silent is asked again.
        guard !platform.cannotList else { return false }
        deliberation.wake(at: deliberation.now + deliberation.policy.pollChanging, "a listing")
        return true
    }
    if let found = match(record, among: listing, platform.traits, in: deliberation) {
        deliberation.steps.append(.adopt(record.attempt, found))
        return true
    }
    #if MUTANTS
    if Mutant.oneListingIsEnough.isActive {
        writeOff(index, "a listing does not show it", in: &deliberation)
        return true
    }
    #endif
    let sent = record.lastSent(platform.traits)
    let grace = sent + platform.traits.visibilityGrace
    guard listing.beganAt >= grace else {
        deliberation.wake(at: grace, "listings may still lag behind")
        return true
    }
    guard listing.proves(absenceOf: record) else { return false }
    var doubt = record.doubt ?? Doubt(since: deliberation.now, cause: record.note)
    doubt.sawLaterCreation = doubt.sawLaterCreation || (listing.newestCreation.map { $0 > sent } ?? false)
    let first = doubt.firstMissAt ?? listing.beganAt
    doubt.firstMissAt = first
    let bounded = platform.traits.listingDelayBound.map { listing.beganAt >= sent + $0 } ?? false
    let second = first + deliberation.policy.listingsApart
    if listing.beganAt >= second, bounded || doubt.sawLaterCreation {
        writeOff(index, "two listings do not show it", in: &deliberation)
        return true
    }
    deliberation.records[index].doubt = doubt
    deliberation.wake(at: max(second, deliberation.now + deliberation.policy.pollChanging), "a second listing")
    return listing.beganAt < second
}

extension AllocationRecord {
    /// When the call was sent that a purchase may have come of: the first one, or its last repeat.
    func lastSent(_ traits: PlatformTraits) -> Timestamp {
        // Only where keys are honoured is anything repeated, and a doubt begun anew by it.
        guard case .honoured = traits.idempotencyKeys, let doubt else { return openedAt }
        return max(openedAt, doubt.since)
    }
}

extension Listing {
    /// Whether it would show the purchase, and in a form that can be recognised.
    func proves(absenceOf record: AllocationRecord) -> Bool {
        isWhole && !unowned.contains { mayShow(record, as: $0) }
    }

    /// Whether an entry may be a purchase that it does not name.
    ///
    /// Where others are named, one without a name is taken for a stranger's, but not one of the same kind that was made
    /// since: a platform that does not name it yet, or has ceased to name anything new, would have it bought twice.
    func mayShow(_ record: AllocationRecord, as entry: Observation) -> Bool {
        #if MUTANTS
        if Mutant.namelessIsStrange.isActive, namesReferences { return false }
        #endif
        return entry.mayBe(record) && (!namesReferences || entry.createdAt != nil)
    }
}

extension Deliberation {
    /// Whether an unknown purchase may be sent again with its key: the key is honoured, and young enough.
    func keyServes(_ record: AllocationRecord, _ platform: PlatformSituation) -> Bool {
        guard case .honoured(let lifetime) = platform.traits.idempotencyKeys, record.body != nil else { return false }
        return now < record.openedAt + lifetime - policy.keyMargin
    }
}

private func match(
    _ record: AllocationRecord,
    among listing: Listing,
    _ traits: PlatformTraits,
    in deliberation: Deliberation
) -> Observation? {
    #if MUTANTS
    if Mutant.foreignAdopted.isActive, let any = listing.unowned.first { return any }
    #endif
    if let named = listing.unowned.first(where: { $0.isNamed(record) }) { return named }
    // Not before all of its time is shown, and then the oldest: what a record leaves may be too old for any other one.
    guard traits.exclusiveAccount,
        listing.beganAt >= record.lastSent(traits) + traits.visibilityGrace
    else { return nil }
    let taken = Set(
        deliberation.steps.compactMap { step -> AllocationID? in
            guard case .adopt(_, let observation) = step else { return nil }
            return observation.id
        }
    )
    return listing.unowned.filter { $0.reference == nil && listing.mayShow(record, as: $0) && !taken.contains($0.id) }
        .min { one, other in
            guard let made = one.createdAt else { return false }
            return other.createdAt.map { made < $0 } ?? true
        }
}

extension Observation {
    /// Whether the platform echoes the very words by which this attempt was ordered.
    func isNamed(_ record: AllocationRecord) -> Bool {
        if let reference { return reference == record.reference }
        return url?.contains(record.attempt.short) ?? false
    }

    /// Whether this could be what the attempt bought: the same kind and number of GPUs, not older than the attempt.
    func mayBe(_ record: AllocationRecord) -> Bool {
        if let reference, reference != record.reference { return false }
        if record.listedBefore.contains(id) { return false }
        if let gpuCount, gpuCount != record.purchase.gpuCount { return false }
        if let gpuType, record.purchase.platform == .flexai, gpuType != record.purchase.offer.name { return false }
        // A platform's clock may run a little behind ours.
        if let createdAt, createdAt < record.openedAt - .seconds(30) { return false }
        return true
    }
}

/// The last cure: what the configuration says, else a person.
private func settleByPolicy(
    _ index: Int,
    _ record: AllocationRecord,
    _ platform: PlatformSituation,
    in deliberation: inout Deliberation
) {
    let since = record.doubt?.since ?? record.phaseSince
    switch platform.traits.onUnknownCreate {
    case .retryAfter(let span) where deliberation.now >= since + span:
        writeOff(index, "onUnknownCreate lets it go after \(span.milliseconds / 1000) s", in: &deliberation)
    case .retryAfter(let span):
        deliberation.wake(at: since + span, "onUnknownCreate counts the purchase as not made then")
    case .halt:
        deliberation.wake(at: deliberation.now + deliberation.policy.pollSettled, "a person's word or a listing")
    }
}

private func writeOff(_ index: Int, _ why: String, in deliberation: inout Deliberation) {
    let record = deliberation.records[index]
    deliberation.forgotten.insert(record.attempt)
    deliberation.tell("NotCreated", "attempt \(record.attempt.short) of slot \(record.slot) bought nothing: \(why)")
}

extension Deliberation {
    /// Whether a purchase would be made anew if it turned out not to exist: its slot is wanted, and the cap pays for it.
    fileprivate func stillWants(_ record: AllocationRecord) -> Bool {
        guard let spec, situation.wish?.suspension == nil, account.finish == nil, account.memory.rest == nil,
            situation.surroundings.hours?.isOpen ?? true, situation.wish?.isVanishing != true
        else { return false }
        if let deadline = spec.constraints.deadline, deadline <= now { return false }
        guard record.slot < wantedAllocations(spec), mayBegin(record.slot) else { return false }
        guard let cap = spec.constraints.maxHourlyCost else { return true }
        return countedHourly <= cap
    }
}
