import Documents
import Kubernetes
import StandInCluster
import Testing

/// The built binary over custom resources, behind HTTP.
@Suite(.serialized) struct ClusterTests {
    @Test("an Intent comes to run, is shown, scaled and suspended, and its deletion ends the bill")
    func story() async throws {
        try await ClusterSite.lend { place in
            let run = try place.startRun("one")
            try await place.create("web")
            try await place.reaches("web", "Running", run)
            #expect(try await place.site.simulator.books().flexai.alive == 1)
            let held = place.intent("web")?["metadata"]?["finalizers"]?.sequence?.compactMap(\.string)
            #expect(held == [OwnAnnotation.intentFinalizer])

            let got = try await place.command("get")
            #expect(got.output.contains("default/web"), "\(got)")
            #expect(got.output.contains("Running"), "\(got)")
            try await until("the events tell of the purchase", seen: { run.story }) {
                try await place.command("describe", "web").output.contains("Provisioned")
            }
            #expect(try await place.command("plan").status == 0)

            let spec = Node.mapping([
                "workload": .mapping(["scaling": .mapping(["min_replicas": 2, "max_replicas": 2])])
            ])
            _ = try await place.client.merge(.intents, ClusterSite.object("web"), .mapping(["spec": spec]))
            try await until("two live", seen: { run.story }) {
                try await place.site.simulator.books().flexai.alive == 2
            }

            #expect(try await place.command("suspend", "web", "--reason", "night").status == 0)
            try await place.reaches("web", "Suspended", run)
            try await until("the bill has stopped", seen: { run.story }) {
                try await place.site.simulator.books().flexai.alive == 0
            }

            try await place.delete("web")
            // What was bought a moment ago is not taken for gone before its platform must know it.
            try await until("the Intent is gone", within: .seconds(120), seen: { run.story }) {
                place.intent("web") == nil
            }
            #expect(try await place.site.simulator.books().alive == 0)
            run.signal(15)
            #expect(try await run.finish().status == 0)
            #expect(place.holder?.isEmpty ?? true)
        }
    }

    @Test("a standby takes over after a SIGKILL and after a clean end, and nothing is bought twice")
    func takeover() async throws {
        try await ClusterSite.lend { place in
            let first = try place.startRun("first", "--leader-elect")
            try await until("the first holds the lock", seen: { first.story }) {
                place.holder?.hasPrefix("first") ?? false
            }
            let second = try place.startRun("second", "--leader-elect")
            for number in 1...5 { try await place.create("web-\(number)") }
            try await until("something is being bought", seen: { first.story }) {
                !place.cluster.objects(.allocations).isEmpty
            }
            first.signal(9)
            for number in 1...5 { try await place.reaches("web-\(number)", "Running", second) }
            #expect(place.holder?.hasPrefix("second") ?? false)
            let books = try await place.site.simulator.books().flexai
            #expect(books.alive == 5, "\(books)")
            #expect(books.ever == 5, "\(books)")

            let third = try place.startRun("third", "--leader-elect")
            try await until("the third waits", seen: { third.story }) { third.errors.contains("asking for the lock") }
            second.signal(15)
            #expect(try await second.finish().status == 0)
            try await until("the third holds the lock", seen: { third.story }) {
                place.holder?.hasPrefix("third") ?? false
            }
            try await place.create("later")
            try await place.reaches("later", "Running", third)
            #expect(try await place.site.simulator.books().flexai.ever == 6)
        }
    }

    @Test("without --leader-elect a second operator refuses and names the holder")
    func refused() async throws {
        try await ClusterSite.lend { place in
            let first = try place.startRun("first")
            try await until("the first holds the lock", seen: { first.story }) {
                place.holder?.hasPrefix("first") ?? false
            }
            let second = try await place.startRun("second").finish()
            #expect(second.status == 1, "\(second)")
            #expect(second.errors.contains("first_"), "\(second)")
        }
    }

    @Test("a person in another namespace than the operator's finds its Lease, and owns nothing that it does not know")
    func elsewhere() async throws {
        try await ClusterSite.lend { place in
            let run = try place.startRun("one", "--operator-namespace", "intent-operator", "--all-namespaces")
            try await place.create("web")
            try await place.reaches("web", "Running", run)
            // The operator's name and its held withdrawals stand on the Lease.
            let orphans = try await place.command("orphans", "--namespace", "elsewhere")
            #expect(orphans.status == 0, "\(orphans)")
            #expect(orphans.output.contains("No orphans."), "\(orphans)")
            let asked = try await place.command("reconcile", "web", "--namespace", "default")
            #expect(asked.status == 0, "\(asked)")
            #expect(asked.output.contains("looked at now"), "\(asked)")
        }
    }
}
