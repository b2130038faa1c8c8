import Intents
import Reconciling

/// One thing that happens to the operator from outside, at a time of the script.
enum WorldEdit: Sendable {
    /// A file holds these wishes from now on; none removes it.
    case write(file: String, [WorldWish])
    /// A file does not parse any more, or parses again.
    case setValid(Bool, file: String)
    /// The folder can be read, or cannot.
    case setReadable(Bool)
    /// The disk has room, or has none.
    case setFull(Bool)
    /// The wall clock is set wrong by so much.
    case setClock(Duration)
    /// The platforms go wrong in these ways; calm where there are none.
    case setFaults([FaultKind: Int])
    /// The next calls of a sort go wrong for certain.
    case befall(FaultKind, PlatformCall, times: Int)
    /// The platform loses the first allocation of ours that lives.
    case lose
    /// The platform takes back the first allocation of ours that lives.
    case preempt
    /// Requests take at most so long on their way.
    case setWay(Duration)
    /// Somebody else buys with our account.
    case foreign
    /// A person asks for something.
    case ask(OperatorRequest.Verb)
    /// The process is asked to end, and ends well.
    case drain
}
