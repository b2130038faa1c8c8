import Intents
import Placement
import Reconciling

/// One thing that happens to the operator from outside; one with a span lasts until its end.
enum WorldEdit: Hashable, Sendable {
    /// A file holds these wishes from now on; none removes it.
    case write(file: String, [WorldWish])
    /// A person asks for something.
    case ask(OperatorRequest.Verb)
    /// For its span a platform goes wrong in this way, so many times in a thousand calls.
    case fault(PlatformName, FaultKind, permille: Int)
    /// For its span answers that come late come so late.
    case slowness(PlatformName, Duration)
    /// The next calls of a sort to a platform go wrong for certain.
    case befall(PlatformName, FaultKind, PlatformCall, times: Int)
    /// The platform loses something of ours, or stops it.
    case strike(PlatformName, SimulatedPurchase.Ending?)
    /// For its span a ware costs so many hundredths of its price.
    case price(PlatformName, ware: String, percent: Int)
    /// For its span a ware is sold out.
    case soldOut(PlatformName, ware: String)
    /// For its span the account cannot pay.
    case noCredit
    /// Somebody else buys with our account.
    case foreign(PlatformName)
    /// The process dies when it has passed so many more points between effects; the next one begins so much later.
    case kill(points: Int, rest: Duration)
    /// For its span the process stands still, as one does that is stopped, or whose machine sleeps.
    case freeze
    /// The process is asked to end, and ends well.
    case drain
    /// The process can no longer renew its lock; another takes over, while it goes on for so long after the loss.
    case loseLock(lingers: Duration)
    /// For its span a file does not parse.
    case invalid(file: String)
    /// For its span the folder cannot be read.
    case unreadable
    /// For its span the folder shows something else than it holds.
    case lie(SimulatedFolder.Lie)
    /// For its span the disk has no room.
    case full
    /// For its span what is written to the disk is kept, and reported as failed.
    case unsure
    /// A copy of the disk is made.
    case copyLedger
    /// The process ends, and before the next one begins the disk is put back from its copy.
    case putBackLedger
    /// For its span the wall clock is wrong by so much.
    case clock(Duration)
    /// For its span the operator's settings are other than usual; it begins anew at the beginning and at the end.
    case setting(WorldSetting)
    /// For its span a platform runs a release that does something otherwise.
    case release(WorldRelease)
    /// For its span requests take at most so long on their way.
    case way(Duration)
    /// Every replica of an intent is used so much from now on, in percent; nil where nothing is measured any more.
    case load(intent: String, percent: Int?)

    /// Whether a history without faults has it too: people's wishes.
    var isWish: Bool {
        switch self {
        case .write, .ask, .load: true
        default: false
        }
    }

    /// A word for its kind, for counting.
    var word: String {
        switch self {
        case .write: "write"
        case .ask: "ask"
        case .fault: "fault"
        case .slowness: "slowness"
        case .befall: "certain fault"
        case .strike(_, let ending): ending == nil ? "preempted" : "lost"
        case .price: "price"
        case .soldOut: "sold out"
        case .noCredit: "no credit"
        case .foreign: "stranger"
        case .kill: "kill"
        case .freeze: "frozen process"
        case .drain: "drain"
        case .loseLock: "lost lock"
        case .invalid: "invalid file"
        case .unreadable: "unreadable source"
        case .lie(let lie): "source shows \(lie.word)"
        case .full: "full disk"
        case .unsure: "unsure disk"
        case .copyLedger: "ledger copied"
        case .putBackLedger: "ledger put back"
        case .clock: "clock jump"
        case .way: "slow way"
        case .setting(let setting): setting.word
        case .release(let release): "release: \(release.rawValue)"
        case .load: "load"
        }
    }
}

/// A line of a history.
struct WorldEntry: Hashable, Sendable {
    /// When it happens, since the start.
    var at: Duration
    /// When it is over; nil for what happens at once.
    var until: Duration?
    /// What happens.
    var edit: WorldEdit

    /// The line in words, for people.
    var words: String {
        let span = until.map { " to \(Self.seconds($0))" } ?? ""
        let what =
            switch edit {
            case .write(let file, let wishes):
                wishes.isEmpty
                    ? "\(file) is removed" : "\(file) holds " + wishes.map(\.words).joined(separator: "; ")
            case .ask(let verb): "a person asks: \(verb)"
            case .fault(let platform, let kind, let permille): "\(platform.rawValue): \(kind.rawValue) \(permille) ‰"
            case .kill(let points, let rest): "the process dies after \(points) points, the next begins \(rest) later"
            default: "\(edit)"
            }
        return "\(Self.seconds(at))\(span) s  \(what)"
    }

    private static func seconds(_ span: Duration) -> String {
        "\(span.milliseconds / 1000).\(span.milliseconds % 1000 / 100)"
    }
}
