import Intents
import Reconciling

/// The annotations, labels and finalizers that this operator reads and writes.
package enum OwnAnnotation {
    private static let prefix = APIResource.ownGroup + "/"

    /// Keeps an Intent until everything that it holds has its tombstone.
    package static let intentFinalizer = prefix + "release"
    /// Keeps an Allocation until its story is over.
    package static let allocationFinalizer = prefix + "ledger"
    /// On an Intent: its last good spec and its generation, as JSON; written once something is bought for it.
    package static let lastGood = prefix + "last-good"
    /// On an Intent: hold nothing; a reason, or JSON with `reason`, `until` and `mode`.
    ///
    /// Gone means resumed.
    package static let suspend = prefix + "suspend"
    /// On an Intent: look but change nothing; a reason.
    ///
    /// Gone means resumed.
    package static let pause = prefix + "pause"
    /// On an Intent: look and act now; any text that differs from the last one, answered in `status.reconciledAt`.
    package static let reconcileAt = prefix + "reconcile-at"
    /// On an Intent: what became of a purchase, `SLOT adopt ID` or `SLOT abandon`; removed when it is answered.
    package static let resolve = prefix + "resolve"
    /// On an Intent, or on the Lease for all: the token of held withdrawals that may happen; removed when answered.
    package static let approve = prefix + "approve"
    /// On an Intent: what waits for a person's word may be done, `PURPOSE GENERATION [MICROS]`; removed when answered.
    package static let permit = prefix + "permit"
    /// On an Intent: a task of its job has ended, `SLOT Completed` or `SLOT Failed`; removed when it is answered.
    package static let complete = prefix + "complete"
    /// On an Intent: end its rest; any text, removed when it is answered.
    package static let wake = prefix + "wake"
    /// Where a request was answered: what came of it, as JSON.
    package static let answer = prefix + "answer"
    /// On the Lease: names this operator for ever.
    package static let operatorID = prefix + "operator-id"
    /// On the Lease: withdrawals that wait for a person, as JSON.
    package static let held = prefix + "held-withdrawals"
    /// On the Lease, with a platform's name behind it: for which account is bought there, as JSON.
    static let account = prefix + "account-"
    /// On the Lease: what groups of intents have spent that no Allocation tells any more, as JSON; written where a quota
    /// has a total.
    package static let spent = prefix + "spent"
    /// On an Allocation: the labels that its Intent had at the purchase, as JSON, for when the Intent is gone.
    package static let intentLabels = prefix + "intent-labels"
    /// On an Allocation: its story is over, and only its end is still to come.
    package static let forgotten = prefix + "forgotten"
    /// A label of Allocations: the name of their Intent, where it is short enough for a label.
    package static let intentLabel = prefix + "intent"

    /// Annotations of an Intent whose change may change what is to be done.
    static let wishes: Set<String> = [suspend, pause, Intent.priorityAnnotation]
}
