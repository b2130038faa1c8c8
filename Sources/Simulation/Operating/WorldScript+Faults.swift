import Intents
import Placement
import Reconciling

extension WorldScript {
    /// What a call can suffer without anybody lying about what there is.
    private static let plain: [FaultKind] = [
        .tooManyRequests, .internalError, .unavailable, .connectionRefused, .droppedBefore, .hungBefore,
        .foreignBefore, .droppedAfter, .hungAfter, .errorAfter, .foreignAfter, .truncated, .late, .listedLate,
        .deleteBroken, .staleListing,
    ]
    /// Listings that lie about what there is: shorter than the time between two that would be believed.
    private static let lies: [FaultKind] = [.partialListing, .emptyListing]
    /// What befalls allocations while others are called.
    private static let strokes: [FaultKind] = [.lost, .preempted, .stuck]
    /// How long a listing may lie: less than what lies between two listings that settle a doubt.
    private static let longestLie: Int64 = 20
    /// How long after a lie a platform is left honest, so that the operator can see what there is.
    private static let honesty = Duration.seconds(240)

    /// A spell of faults that ends.
    mutating func storm(_ at: Duration) {
        let platform = any(WorldJudge.platforms)
        switch number(0...9) {
        case 0:
            guard tellLies(platform, at) else { return }
            add(at, lasting: .seconds(number(5...Self.longestLie)), .fault(platform, any(Self.lies), permille: 1000))
            return
        case 1:
            guard tellLies(platform, at) else { return }
            let span = Duration.seconds(number(5...110))
            return add(at, lasting: span, .fault(platform, .wrongNotFound, permille: Int(number(100...1000))))
        case 2:
            for _ in 0..<number(1...3) { add(at, .strike(any(WorldJudge.platforms), chance(2) ? .lost : nil)) }
            return
        case 3:
            let span = Duration.seconds(number(20...120))
            return add(at, lasting: span, .fault(platform, any(Self.strokes), permille: Int(number(3...20))))
        case 4: return market(at, platform)
        case 5 where chance(2):
            // A key ends, and people find its successor.
            let kind = any([FaultKind.unauthorized, .forbidden])
            let span = Duration.seconds(number(5...200))
            return add(at, lasting: span, .fault(platform, kind, permille: any([1000, 1000, 300])))
        default: break
        }
        for _ in 0..<number(1...4) {
            let kind = any(Self.plain)
            let span = Duration.seconds(number(5...120))
            add(at, lasting: span, .fault(platform, kind, permille: Int(number(30...500))))
            if kind == .late { add(at, lasting: span, .slowness(platform, .seconds(number(1...90)))) }
        }
    }

    /// Whether a platform may lie from now on; it does so once in a while.
    private mutating func tellLies(_ platform: PlatformName, _ at: Duration) -> Bool {
        guard at >= honestFrom[platform] ?? .zero else { return false }
        honestFrom[platform] = at + Self.honesty
        return true
    }

    /// Prices, capacities and credit change, and change back.
    private mutating func market(_ at: Duration, _ platform: PlatformName) {
        let wares = platform == .flexai ? WorldWish.market.flexai : WorldWish.market.flare
        let span = Duration.seconds(number(20...200))
        switch number(0...4) {
        case 0...1:
            add(at, lasting: span, .price(platform, ware: any(wares).name, percent: Int(number(40...250))))
        case 2...3: for _ in 0..<number(1...3) { add(at, lasting: span, .soldOut(platform, ware: any(wares).name)) }
        default: add(at, lasting: .seconds(number(5...60)), .noCredit)
        }
    }

    /// Something of our own machine goes wrong, and is mended.
    mutating func trouble(_ at: Duration) {
        let span = Duration.seconds(number(1...60))
        switch number(0...8) {
        case 8:
            // Who stands still for long loses the lock meanwhile, and knows nothing of it when he wakes up.
            if chance(2) { add(at, .loseLock(lingers: .seconds(number(0...30)))) }
            add(at, lasting: span, .freeze)
        case 0: add(at, lasting: span, .full)
        case 1: add(at, lasting: span, .unreadable)
        case 2: add(at, lasting: span, .clock(.seconds(number(-20...20))))
        case 3:
            let files = entries.compactMap { if case .write(let file, _) = $0.edit { file } else { nil } }
            guard !files.isEmpty else { return }
            add(at, lasting: span, .invalid(file: any(files)))
        case 4: add(at, lasting: span, .way(.milliseconds(number(100...5_000))))
        case 5:
            let lie: SimulatedFolder.Lie =
                switch number(0...2) {
                case 0: .older(edits: Int(number(1...6)))
                case 1: .halfWritten
                default: .nothing
                }
            add(at, lasting: .seconds(number(1...15)), .lie(lie))
        case 6: add(at, .loseLock(lingers: .seconds(number(0...30))))
        default: add(at, .drain)
        }
    }

    /// The process dies, now and then again while it begins anew.
    mutating func die(_ at: Duration) {
        var at = at
        repeat {
            add(at, .kill(points: Int(number(1...40)), rest: .milliseconds(number(0...20_000))))
            at += .milliseconds(number(100...15_000))
        } while chance(3) && at < quietFrom
    }

    /// One platform is out until long after everything else is quiet.
    mutating func outage() {
        let platform = any(WorldJudge.platforms)
        let kind = any([FaultKind.connectionRefused, .unavailable, .hungBefore])
        entries.append(
            WorldEntry(
                at: start + .seconds(number(60...400)),
                until: quietFrom + .seconds(680),
                edit: .fault(platform, kind, permille: 1000)
            )
        )
    }
}
