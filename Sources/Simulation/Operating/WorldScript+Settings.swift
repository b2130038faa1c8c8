import Intents
import Placement
import Reconciling

extension WorldScript {
    /// How long settings are other than usual at most.
    private static let longest: Int64 = 240
    /// How long settings are other than usual at most where lives go by money and by the clock, and until when.
    private static let brief: (longest: Int64, length: Duration) = (120, .seconds(250))

    /// Settings that change for a while; drawn from dice of their own, so that everything else stays as it was drawn.
    mutating func reconfigure(_ dice: inout Dice) {
        guard Int.random(in: 0..<2, using: &dice) == 0 else { return }
        let isBrief = variant == .lives
        let length = (isBrief ? Self.brief.length : quietFrom - start).milliseconds
        let longest = isBrief ? Self.brief.longest : Self.longest
        for _ in 0...Int.random(in: 0...2, using: &dice) {
            let at = start + .milliseconds(Int64.random(in: 0...length, using: &dice))
            let span = Duration.seconds(Int64.random(in: 1...longest, using: &dice))
            let setting = anySetting(&dice)
            add(at, lasting: span, .setting(setting))
            if case .approvalAbove = setting { permit(&dice, at, span) }
        }
    }

    /// People allow prices here and there, whatever they were asked.
    private mutating func permit(_ dice: inout Dice, _ at: Duration, _ span: Duration) {
        for _ in 0..<8 {
            let moment = at + .milliseconds(Int64.random(in: 0...span.milliseconds, using: &dice))
            let key = IntentKey(rawValue: "intent-\(Int.random(in: 1...8, using: &dice))")
            let permission = Permission(
                .price,
                generation: Int.random(in: 1...3, using: &dice),
                upTo: Money(micros: Int64.random(in: 1...20, using: &dice) * 1_000_000)
            )
            add(min(moment, quietFrom), .ask(.permit(key, permission)))
        }
    }

    /// Platforms run other releases for a while, or the disk does not tell what it keeps.
    mutating func release(_ dice: inout Dice) {
        guard Int.random(in: 0..<2, using: &dice) == 0 else { return }
        let length = (quietFrom - start).milliseconds
        for _ in 0...Int.random(in: 0...2, using: &dice) {
            let at = start + .milliseconds(Int64.random(in: 0...length, using: &dice))
            let span = Duration.seconds(Int64.random(in: 1...Self.longest, using: &dice))
            guard Int.random(in: 0..<8, using: &dice) > 0 else {
                add(at, lasting: min(span, .seconds(60)), .unsure)
                continue
            }
            let release = WorldRelease.allCases[Int.random(in: 0..<WorldRelease.allCases.count, using: &dice)]
            // A listing that is there for a while is waited for afterwards, for longer than a history lasts.
            if release == .flexaiListing, variant == .keys || variant == .neither { continue }
            add(at, lasting: span, .release(release))
        }
    }

    /// Something before a platform loses its way to it for a while, and says of everything that it is not there.
    mutating func misroute(_ dice: inout Dice) {
        guard Int.random(in: 0..<3, using: &dice) == 0 else { return }
        let length = (quietFrom - start).milliseconds
        let longest = variant == .lives ? Self.brief.longest : Self.longest
        for _ in 0...Int.random(in: 0...2, using: &dice) {
            let at = start + .milliseconds(Int64.random(in: 0...length, using: &dice))
            let span = Duration.seconds(Int64.random(in: 1...longest, using: &dice))
            let platform = WorldJudge.platforms[Int.random(in: 0...1, using: &dice)]
            add(at, lasting: span, .fault(platform, .misrouted, permille: 1000))
        }
    }

    private func anySetting(_ dice: inout Dice) -> WorldSetting {
        let platform = WorldJudge.platforms[Int.random(in: 0...1, using: &dice)]
        switch Int.random(in: 0...10, using: &dice) {
        case 0...1: return .without(platform)
        case 2...3: return .elsewhere(platform)
        case 4...5:
            let team = WorldWish.Team.allCases[Int.random(in: 0...1, using: &dice)]
            return .quota(team, percent: [nil, 0, 50, 75][Int.random(in: 0...3, using: &dice)])
        case 6: return .keysIgnored
        case 7...8: return .approvalAbove(Money(micros: Int64.random(in: 0...6, using: &dice) * 500_000))
        case 9: return .everyWithdrawalHeld
        default: return .unbounded
        }
    }
}
