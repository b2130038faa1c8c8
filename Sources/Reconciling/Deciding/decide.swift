/// What to do about one intent: pure, so that the same situation gives the same decision.
///
/// The concerns run in this order; each sees what those before it have changed, and the last one alone writes the
/// status.
package func decide(_ situation: Situation) -> Decision {
    var deliberation = Deliberation(situation)
    for concern in concerns { concern(&deliberation) }
    return deliberation.decision()
}

/// The concerns in their order.
private let concerns: [@Sendable (inout Deliberation) -> Void] = [
    watchTombstones,
    watchTheUnverified,
    absorbLooks,
    watchForDrift,
    settleUnknownPurchases,
    holdBack,
    keepTheHours,
    restWhenIdle,
    keepTheOrder,
    followTheLoad,
    releaseWhatIsOver,
    workThroughTasks,
    heedLosses,
    fitTheWantedSlots,
    keepWithinBudget,
    keepWithinQuotas,
    takeBackUnrecorded,
    replaceWhatIsOutdated,
    fillEmptySlots,
    returnToSpot,
    progressEndings,
    warnOfTheBill,
    measureUptime,
]
