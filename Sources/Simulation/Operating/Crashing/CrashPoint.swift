/// Where a process is cut off: at one effect of its run, counted from 1 over all lives.
package struct CrashPoint: Hashable, Sendable, CustomStringConvertible {
    /// On which side of the effect.
    package enum Side: Character, Hashable, Sendable, CaseIterable {
        /// Right before it: it does not happen.
        case before = "b"
        /// Right after it: it has happened, and nobody was told.
        case after = "a"
        /// While it is on its way: it happens when its sender is long dead. Calls only.
        case late = "l"
        /// Held up right before it until another process has taken over; then it goes on, and knows nothing of it.
        case held = "h"
    }

    /// The number of the effect.
    package let effect: Int
    /// The side of it.
    package let side: Side

    /// A point at an effect.
    package init(_ effect: Int, _ side: Side) {
        self.effect = effect
        self.side = side
    }

    /// Reads `7b`; nil where it is not a number and a side.
    package init?(_ text: some StringProtocol) {
        guard let last = text.last, let side = Side(rawValue: last), let effect = Int(text.dropLast()), effect > 0
        else { return nil }
        self.init(effect, side)
    }

    package var description: String { "\(effect)\(side.rawValue)" }

    /// Every point at the effects after the first `skipped`, in their order.
    package static func all(of effects: [LifeEffect], after skipped: Int = 0) -> [CrashPoint] {
        effects.enumerated().dropFirst(skipped).flatMap { index, effect in
            Side.allCases.filter { $0 != .late || effect == .call }.map { CrashPoint(index + 1, $0) }
        }
    }
}
