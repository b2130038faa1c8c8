#if MUTANTS
import Intents
import Placement

/// Known-bad variants of our own code, each of which the simulation must catch.
///
/// This file and every mark that names it are compiled only into the build that `hack/simulate --mutants` makes.
package enum Mutant: String, Hashable, Sendable, CaseIterable {
    case attemptWrittenLate = "the attempt is written down after the call"
    case unknownIsNotCreated = "a call without an answer counts as not made"
    case idOnlyInMemory = "the id of what was bought is only kept in memory"
    case listingErrorIsEmpty = "a listing that fails is read as an empty one"
    case buriedBefore404 = "an allocation is buried once its DELETE was accepted"
    case unreachableIsGone = "an allocation is buried while its platform is unreachable"
    case surgeWithoutCap = "a replacement is bought beside the old one whatever the cap"
    case unknownCostsNothing = "unknown purchases are not counted in the cost"
    case staleAnswers = "answers of the last minute are taken for fresh ones"
    case retryWithoutBound = "failures are tried again at once, for ever"
    case foreignAdopted = "a stranger's allocation is taken for an unknown purchase"
    case lockLossIgnored = "calls are made without the lock"
    case lockAskedOnce = "a call that was held up leaves although the lock is lost meanwhile"
    case spareBought = "two are bought for one slot, and the spare is deleted"
    case guardForgetsEndings = "the deletion guard does not count what is already being deleted"
    case guardApprovesItself = "the deletion guard approves its own list"
    case brakeOff = "most allocations may vanish at once without a second look"
    case keyReused = "a slot's next attempt has the same key"
    case tombstoneUnwatched = "what is called gone is forgotten without another look"
    case oneWordIsEnough = "one word that it is gone buries an allocation"
    case capPerSlot = "the cap is compared with each purchase alone, not with their sum"
    case lostIsForgotten = "a lost allocation is forgotten without a DELETE"
    case failedDeleteBelieved = "a 404 after a failed DELETE is believed"
    case unknownIsEmpty = "a slot whose purchase is unknown counts as empty"
    case oneListingIsEnough = "one listing that does not show a purchase settles it"
    case silenceWithdraws = "a source that cannot be read withdraws everything"
    case brokenFileWithdraws = "a file that does not parse withdraws its intents"
    case wishNotAskedAgain = "what was decided is bought although the wish has changed meanwhile"
    case pauseIgnored = "what is paused is deleted all the same"
    case totalCapIgnored = "nothing is compared with the total cap"
    case quotaIgnored = "nothing is compared with the quotas of groups"
    case bargainUnasked = "what strays further than is taken unasked is bought without a person's word"
    case windowIgnored = "a service goes on outside its availability window"
    case jobBeginsOutside = "a job begins outside its availability window"
    case jobRunsAgain = "a job that has ended begins anew"
    case retriesUncounted = "the failures of a task are not counted"
    case timeoutIgnored = "a job may take as long as it likes"
    case orderIgnored = "an intent begins without what it depends on"
    case dependentsIgnored = "what others depend on goes before them"
    case missingIsIdle = "a load that is not measured is taken for none"
    case accountIgnored = "another account's word is believed"
    case absentUnknown = "nobody knows how a platform behaves that is not configured"
    case vanishedIsWished = "what has vanished from its source is bought until it is withdrawn"
    case namelessIsStrange = "what a listing does not name is a stranger's"
    case failedIsUndone = "a write that failed is taken for undone"
    case deleteOvertaken = "a DELETE is sent while an earlier one may still arrive"
    case unrecordedBoughtAgain = "what a ledger has forgotten is bought again"
    case gatewayBelieved = "whoever stands in the platform's place is believed that all is gone"
    case partIsWhole = "a part of a listing proves that something was not bought"
    case surgeUnbounded = "every slot is replaced at once, beside the old ones"

    private static let chosen = Locked<Mutant?>(nil)

    /// The one that is at work in this process; nil while the code is as it should be.
    package static var active: Mutant? { chosen.withLock { $0 } }

    /// Lets one be at work, or none.
    package static func choose(_ mutant: Mutant?) { chosen.withLock { $0 = mutant } }

    /// Whether it is at work.
    package var isActive: Bool { Self.active == self }

    /// Its name on a command line.
    package var name: String { String(describing: self) }

    /// Whether what is to go is buried after such a look.
    static func buries(after look: Look?) -> Bool {
        switch (active, look) {
        case (.buriedBefore404, _), (.unreachableIsGone, .unreachable), (.oneWordIsEnough, .absent): true
        default: false
        }
    }

    /// The one key of all attempts of a slot.
    static func key(of slot: Int, _ key: IntentKey) -> AttemptID {
        var dice = Dice(seed: UInt64(slot))
        for byte in key.rawValue.utf8 { dice = Dice(seed: dice.next() ^ UInt64(byte)) }
        return AttemptID(using: &dice)
    }
}
#endif
