import Intents
import Placement
import Reconciling

/// Something in the operator's settings that is other than usual; each process reads it when it begins.
enum WorldSetting: Hashable, Sendable {
    /// A platform is not configured.
    case without(PlatformName)
    /// A platform is asked on behalf of another account, in which nothing of ours is, and nothing is sold.
    case elsewhere(PlatformName)
    /// A group may hold only so many hundredths of its quota; nil for as much as it likes.
    case quota(WorldWish.Team, percent: Int?)
    /// FlexAI is taken to ignore idempotency keys.
    case keysIgnored
    /// What costs more in an hour needs a person's word.
    case approvalAbove(Money)
    /// Every withdrawal needs a person's word.
    case everyWithdrawalHeld
    /// It is not said how late listings can be at most.
    case unbounded

    /// A word for its kind, for counting.
    var word: String {
        switch self {
        case .without(let platform): "without \(platform.rawValue)"
        case .elsewhere(let platform): "another account of \(platform.rawValue)"
        case .quota: "other quota"
        case .keysIgnored: "keys ignored"
        case .approvalAbove: "approval above a price"
        case .everyWithdrawalHeld: "every withdrawal held"
        case .unbounded: "no bound of listings"
        }
    }
}

extension Sequence<WorldSetting> {
    /// The lowest price an hour above which a person is asked; nil where nobody is.
    var approvalBar: Money? {
        compactMap { if case .approvalAbove(let bar) = $0 { bar } else { nil } }.min()
    }

    /// What a group may hold where these settings are in force; nil where it has no quota.
    func quota(of team: WorldWish.Team) -> Quota? {
        var quota: Quota? = team.quota
        for case .quota(team, let percent) in self { quota = percent.map { team.quota.times($0) } }
        return quota
    }
}

extension Quota {
    /// So many hundredths of it.
    fileprivate func times(_ percent: Int) -> Quota {
        Quota(
            selector: selector,
            maxHourlyCost: maxHourlyCost.map { Money(micros: $0.micros / 100 * Int64(percent)) },
            maxGPUs: maxGPUs.map { $0 * percent / 100 }
        )
    }
}
