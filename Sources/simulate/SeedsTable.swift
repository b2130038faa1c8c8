import Simulation

/// What many histories came to, for people.
struct SeedsTable {
    private let tally: WorldTally
    private let spent: Duration
    private let threads: Int

    /// How wide a line of names and counts is.
    private static let width = 110

    /// A table of what was played in a time on so many threads.
    init(_ tally: WorldTally, spent: Duration, threads: Int) {
        self.tally = tally
        self.spent = spent
        self.threads = threads
    }

    /// Prints it.
    func print() {
        let seconds = max(0.001, spent / .seconds(1))
        let histories = Double(max(1, tally.histories))
        row("histories", "\(tally.histories) in \(Self.text(seconds)) s on \(threads) threads")
        row("speed", "\(Self.text(histories / seconds)) histories/s")
        row("time per history", "\(Self.text(seconds * Double(threads) * 1000 / histories)) ms of a thread")
        row("kills, restarts", "\(tally.kills)")
        row("paid calls, purchases", "\(tally.paidCalls), \(tally.purchases)")
        row("durable writes", "\(tally.writes)")
        row("most calls in a minute", "\(tally.mostCalls) to one platform")
        let faults = FaultKind.allCases.map { ($0.rawValue, tally.faults[$0] ?? 0) }
        list("faults that befell calls", faults)
        list("what happened", tally.counts(of: "edit"))
        list("rows became", tally.counts(of: "row"))
        list("reasons of endings", tally.counts(of: "ending"))
        list("events told", tally.counts(of: "reason"))
        list("other", tally.counts(of: "other"))
        let broken = WorldPromise.allCases.compactMap { promise in
            tally.broken[promise].map { "\(promise.rawValue): \($0)" }
        }
        row("broken promises", broken.isEmpty ? "none" : broken.joined(separator: "; "))
    }

    private func row(_ name: String, _ text: String) {
        Swift.print(name + String(repeating: " ", count: max(1, 26 - name.count)) + text)
    }

    /// Names and counts, as many in a line as fit.
    private func list(_ name: String, _ counts: [(name: String, count: Int)]) {
        var line = ""
        var head = name
        for (word, count) in counts {
            let item = "\(word) \(count)"
            if !line.isEmpty, line.count + item.count + 2 > Self.width - 26 {
                row(head, line)
                (head, line) = ("", "")
            }
            line += line.isEmpty ? item : ", \(item)"
        }
        row(head, line)
    }

    /// A number with two digits after the point.
    private static func text(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
