import Intents
import Placement
import Reconciling

extension WorldScript {
    /// How long settings are other than usual at most.
    private static let longest: Int64 = 240

    /// Settings that change for a while; drawn from dice of their own, so that everything else stays as it was drawn.
    mutating func reconfigure(_ dice: inout Dice) {
        guard Int.random(in: 0..<2, using: &dice) == 0 else { return }
        let length = (quietFrom - start).milliseconds
        for _ in 0...Int.random(in: 0...2, using: &dice) {
            let at = start + .milliseconds(Int64.random(in: 0...length, using: &dice))
            let span = Duration.seconds(Int64.random(in: 1...Self.longest, using: &dice))
            add(at, lasting: span, .setting(anySetting(&dice)))
        }
    }

    private func anySetting(_ dice: inout Dice) -> WorldSetting {
        let platform = WorldJudge.platforms[Int.random(in: 0...1, using: &dice)]
        switch Int.random(in: 0...7, using: &dice) {
        case 0...1: return .without(platform)
        case 2...3: return .elsewhere(platform)
        case 4...5:
            let team = WorldWish.Team.allCases[Int.random(in: 0...1, using: &dice)]
            return .quota(team, percent: [nil, 0, 50, 75][Int.random(in: 0...3, using: &dice)])
        case 6: return .keysIgnored
        default: return .unbounded
        }
    }
}
