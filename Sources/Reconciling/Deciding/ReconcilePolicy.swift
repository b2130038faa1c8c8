package import Intents

/// The times and bounds by which an intent is kept; every one has a default that the documentation names.
package struct ReconcilePolicy: Hashable, Sendable {
    /// How long an allocation may take to run before the next offer is tried.
    package var provisioningTimeout = Duration.seconds(600)
    /// How often something that changes is looked at.
    package var pollChanging = Duration.seconds(5)
    /// How often something settled is looked at.
    package var pollSettled = Duration.seconds(60)
    /// How long an offer without capacity is left alone.
    package var offerRest = Duration.seconds(180)
    /// How long a stop may take before the DELETE is sent all the same.
    package var stopGrace = Duration.seconds(30)
    /// How far apart two words of "gone" must be.
    package var goneApart = Duration.seconds(10)
    /// How long after it was written down a purchase can be made at the latest.
    package var longestCreate = Duration.seconds(60)
    /// How far apart two listings without an unknown purchase must be.
    package var listingsApart = Duration.seconds(30)
    /// When a tombstone is looked at again, counted from its making.
    package var tombstoneLooks = [Duration.seconds(600), Duration.seconds(3600)]
    /// When a DELETE that was taken but had no effect is sent again.
    package var deleteAgain = Duration.seconds(60)
    /// How long before its total is used up an intent is released.
    package var budgetMargin = Duration.seconds(900)
    /// The same for a job whose timeout or deadline bounds what it costs.
    package var boundedMargin = Duration.seconds(60)
    /// How long an end may take before what is billed meanwhile counts as overrun.
    package var endingTakes = Duration.seconds(180)
    /// How many spot allocations may be taken back, without so long a calm, before on-demand offers are taken.
    package var lossesUntilFallback = 3
    /// How long nothing may have been taken back before spot offers are taken again.
    package var calmAfter = Duration.seconds(3600)
    /// How many losses are remembered.
    package var lossesKept = 10
    /// How long a stop may take where a checkpoint is to be written.
    package var checkpointGrace = Duration.seconds(120)
    /// How long before an idempotency key's end it is not repeated any more.
    package var keyMargin = Duration.seconds(60)
    /// How long "running" must last where a platform's word for it needs several looks.
    package var runningApart = Duration.seconds(30)

    /// How long the record of a finished job is kept where its intent says nothing.
    package var finishedKept = Duration.seconds(7 * 86_400)

    /// What an intent may cost in an hour without a person's word; nil for as much as its caps allow.
    package var approvalAbove: Money?

    /// How long what serves may go on after its availability window has closed.
    package var windowGrace = Duration.seconds(300)
    /// The longest wait of what holds nothing and is woken by what it waits for.
    package var longestWait = Duration.seconds(3600)
    /// For how long the load must ask for another number of replicas.
    package var scaling = ScalingWindows()
    /// How long an intent leaves what is scarce to others at the most.
    package var longestYield = Duration.seconds(60)
    /// How many replacements of a new generation may fail before the first one runs.
    package var rolloutFailures = 3

    /// The documented defaults.
    package init() {}
}
