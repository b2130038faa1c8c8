import Documents
import Intents
import Kubernetes
import Reconciling
import StandInCluster
import Testing
import Wire

/// The client over a real connection to the stand-in.
@Suite(.timeLimit(.minutes(10))) struct ServerTests {
    /// The machine's clock.
    private struct RealTime: Timekeeper {
        private let clock = ContinuousClock()
        private let start = ContinuousClock().now

        var now: Timestamp { Timestamp(seconds: 1_800_000_000) + uptime }
        var uptime: Duration { clock.now - start }

        func sleep(until uptime: Duration) async throws { try await clock.sleep(until: start + uptime) }
    }

    @Test func listsPagesAndWatchesGoOverHTTP() async throws {
        let cluster = StandInCluster(time: RealTime())
        let server = try StandInServer(cluster, at: ListenAddress("127.0.0.1:0"))
        var configuration = HTTPClient.Configuration()
        configuration.proxies = .none
        let http = HTTPClient(configuration)
        defer { http.shutdown() }
        let client = APIClient(
            server: try HTTPURL("http://127.0.0.1:\(server.port)"),
            transport: WireStreamingTransport(http)
        ).limited {
            $0.pageSize = 2
            // Other tests may keep every core from it for long.
            $0.deadline = .seconds(300)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await server.run() }
            for name in ["a", "b", "c", "d", "e"] {
                _ = try await client.create(.intents, in: "default", World.intent(name))
            }
            let list = try await client.list(.intents, Selection(namespace: "default")) {
                node throws(MalformedObject) in
                try IntentObject(node).metadata.name.name
            }
            #expect(list.items == ["a", "b", "c", "d", "e"])
            let watch = try await client.watch(
                .intents,
                Selection(),
                from: list.resourceVersion,
                timeout: .seconds(30)
            )
            try await client.delete(.intents, World.name("c"))
            guard case .event(.deleted(let node)) = await watch.next() else {
                Issue.record("no deletion was seen")
                return group.cancelAll()
            }
            #expect(node["metadata"]?["name"]?.string == "c")
            cluster.cutWatches()
            guard case .end(.cut) = await watch.next() else {
                Issue.record("the watch was not cut")
                return group.cancelAll()
            }
            group.cancelAll()
        }
    }

    @Test func aPageThatExpiresBeginsTheListAnew() throws {
        try World.play { world in
            for number in 0..<7 { try await world.put("n\(number)") }
            world.cluster.trap(.refused(.expired("too old", continueToken: "x"))) { _, url in url.contains("continue=")
            }
            let client = world.client.limited { $0.pageSize = 2 }
            let list = try await client.list(.intents, Selection()) { node throws(MalformedObject) in
                try IntentObject(node).metadata.name.name
            }
            #expect(list.items == (0..<7).map { "n\($0)" }, "each once")
            world.cluster.trap(.refused(.expired("too old", continueToken: nil)), times: 9) { _, url in
                url.contains("continue=")
            }
            let whole = try await client.list(.intents, Selection()) { node throws(MalformedObject) in
                try IntentObject(node).metadata.name.name
            }
            #expect(whole.items.count == 7, "the third time in one page")
        }
    }
}
