import Documents
import Intents
import Placement
import Reconciling
import Synchronization
import Testing

@testable import Simulation

/// A world that is made again of what was written down is the world that was.
@Suite struct ReplayTests {
    /// Keeps what a world writes down, as the text that a file would hold.
    private final class Pages: Sendable {
        private let lines = Mutex<[String]>([])

        func add(_ entry: Happening) { lines.withLock { $0.append(DocumentPrinter.json(entry.node)) } }

        /// The entries, read from their text.
        func entries() throws -> [Happening] {
            try lines.withLock { $0 }.map { line in
                try #require(Happening(try DocumentParser.json(Array(line.utf8))), "\(line)")
            }
        }
    }

    private static func request(_ method: String, _ target: String, _ body: String = "") -> SimulatedRequest {
        let headers = [
            (name: "Authorization", value: target.hasPrefix("/api") ? "Bearer flr_simulated" : "Bearer simulated-key"),
            (name: "X-Organization-ID", value: "simulated-organization"),
            (name: "Content-Type", value: "application/json"),
        ]
        return SimulatedRequest(method: method, target: target, headers: headers, body: Array(body.utf8))
    }

    /// Buys, reads, deletes, loses, in all weathers: everything that a world can be asked for.
    private static func play(_ world: SimulatedWorld, _ dice: inout Dice, steps: ClosedRange<Int64>) {
        for step in steps {
            let now = second(step * 7)
            let ids = (world.estate(of: .flexai, at: now)?.alive ?? []).map(\.id)
            let id = ids.randomElement(using: &dice) ?? "none"
            switch Int.random(in: 0...7, using: &dice) {
            case 0, 1:
                let body = Caller<SimulatedFlexAI>.body("nvidia-a100", count: 1)
                _ = world.handle(request("POST", "/v1/compute/instances", body), to: .flexai, at: now)
            case 2:
                let body = Caller<SimulatedFLARE>.intent()
                _ = world.handle(request("POST", "/api/v1/intents", body), to: .flare, at: now)
            case 3: _ = world.handle(request("DELETE", "/v1/compute/instances/\(id)"), to: .flexai, at: now)
            case 4: _ = world.handle(request("GET", "/v1/compute/instances"), to: .flexai, at: now)
            case 5: _ = world.handle(request("GET", "/api/v1/intents"), to: .flare, at: now)
            case 6:
                let command = #"{"command": "lose", "platform": "flexai", "id": "\#(id)"}"#
                _ = world.answerControl(request("POST", "/_simulation/command", command), at: now)
            default:
                let command = #"{"command": "set-chance", "fault": "droppedAfter", "permille": \#(step * 9)}"#
                _ = world.answerControl(request("POST", "/_simulation/command", command), at: now)
            }
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func aReplayedWorldIsTheSameAndGoesOnTheSame(seed: UInt64) throws {
        let pages = Pages()
        let market = SimulatedMarket.standard.capacity(times: 50)
        let world = SimulatedWorld(seed: seed, market: market, writeDown: pages.add)
        var dice = Dice(seed: seed)
        Self.play(world, &dice, steps: 1...60)
        let entries = try pages.entries()
        let again = SimulatedWorld(seed: seed &+ 99, market: market, writeDown: pages.add)
        for entry in entries { again.replay(entry) }
        #expect(try pages.entries().count == entries.count, "a replay writes nothing down")
        for platform in [PlatformName.flexai, .flare] {
            let (old, new) = (world.estate(of: platform, at: second(600)), again.estate(of: platform, at: second(600)))
            #expect(old?.history() == new?.history(), "seed \(seed)")
            #expect(old?.shelf.map(\.taken) == new?.shelf.map(\.taken), "seed \(seed)")
            #expect(old?.purchases.isEmpty == false)
        }
    }

    @Test func readsAreNotWrittenDown() throws {
        let pages = Pages()
        let world = SimulatedWorld(seed: 1, writeDown: pages.add)
        for _ in 0..<5 { _ = world.handle(Self.request("GET", "/v1/compute/instances"), to: .flexai, at: second(1)) }
        _ = world.answerControl(SimulatedRequest(method: "GET", target: "/_simulation/books"), at: second(1))
        let wrong = Self.request(
            "POST",
            "/_simulation/command",
            #"{"command": "lose", "platform": "flexai", "id": "x"}"#
        )
        _ = world.answerControl(wrong, at: second(1))
        #expect(try pages.entries().isEmpty)
    }

    @Test(arguments: [
        "{}", #"{"at": 1}"#, "[]",
        #"{"at": 1, "dice": "xyz", "platform": null, "method": "GET", "target": "/", "headers": [], "body": ""}"#,
        #"{"at": 1, "dice": "1", "platform": null, "method": "GET", "target": "/", "headers": [["a"]], "body": ""}"#,
    ])
    func whatIsNoEntryIsNone(_ text: String) throws {
        #expect(Happening(try DocumentParser.json(Array(text.utf8))) == nil)
    }
}
