package import Intents

/// When a simulated platform goes wrong, and how: by chance, by a script, within a time and until it is switched off.
///
/// A value; the dice are passed in. The script wins over chance and is not bound to the time.
package struct FaultPlan: Sendable {
    /// Something that happens to the nth call of a sort.
    package struct Scripted: Sendable {
        /// What happens.
        package var kind: FaultKind
        /// To which sort of call.
        package var call: PlatformCall
        /// To which of them, counted from 1 since the plan was made.
        package var nth: Int

        /// A line of a script.
        package init(_ kind: FaultKind, _ call: PlatformCall, nth: Int) {
            precondition(kind.befalls(call), "\(kind) cannot befall \(call)")
            self.kind = kind
            self.call = call
            self.nth = nth
        }
    }

    /// Whether anything happens by chance at all.
    package enum Weather: String, Hashable, Sendable, CaseIterable {
        /// Nothing does.
        case calm
        /// The chances hold.
        case rough
    }

    /// How many of a thousand calls that it can befall suffer each kind.
    package var permille: [FaultKind: Int]
    /// What happens for certain.
    package var script: [Scripted]
    /// The moments between which chance plays, the second one excluded; nil for always.
    package var window: Range<Timestamp>?
    /// Whether chance plays.
    package var weather = Weather.rough
    /// What `Retry-After` says.
    package var retryAfter = Duration.seconds(2)
    /// How late a late answer comes, how old a stale listing is, how late a purchase is listed.
    package var lateness = Duration.seconds(45)
    /// How late a late answer comes, where that differs from `lateness`.
    package var answerLateness: Duration?
    private var counts: [PlatformCall: Int] = [:]
    private var due: [PlatformCall: [FaultKind]] = [:]

    /// A plan; without anything it lets everything go well.
    package init(permille: [FaultKind: Int] = [:], script: [Scripted] = []) {
        precondition(permille.values.allSatisfy((0...1000).contains), "a chance is counted in thousandths")
        self.permille = permille
        self.script = script
    }

    /// Every kind with the same chance.
    package static func everything(permille: Int) -> FaultPlan {
        FaultPlan(permille: Dictionary(uniqueKeysWithValues: FaultKind.allCases.map { ($0, permille) }))
    }

    /// Lets the next calls of a sort go wrong for certain, after those that were promised before.
    package mutating func befall(_ kind: FaultKind, _ call: PlatformCall, times: Int) {
        precondition(kind.befalls(call), "\(kind) cannot befall \(call)")
        due[call, default: []] += Array(repeating: kind, count: times)
    }

    /// What befalls the next call; nil where all goes well.
    package mutating func next(
        for call: PlatformCall,
        at now: Timestamp,
        dice: inout some RandomNumberGenerator
    ) -> FaultKind? {
        if !script.isEmpty {
            let count = counts[call, default: 0] + 1
            counts[call] = count
            if let line = script.first(where: { $0.call == call && $0.nth == count }) { return line.kind }
        }
        if due[call]?.isEmpty == false { return due[call]?.removeFirst() }
        guard weather == .rough, !permille.isEmpty, window?.contains(now) ?? true else { return nil }
        // In the order of the declaration: a dictionary's own order differs from run to run.
        for kind in FaultKind.allCases where kind.befalls(call) {
            guard let chance = permille[kind], chance > 0 else { continue }
            if Int.random(in: 0..<1000, using: &dice) < chance { return kind }
        }
        return nil
    }
}
