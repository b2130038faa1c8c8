import Documents
import Intents
import Kubernetes
import Reconciling
import StandInCluster
import Testing

/// The lock over a server: never two at a time, and soon another one.
@Suite(.timeLimit(.minutes(10))) struct LockTests {
    private static let name = ObjectName(namespace: "default", name: "intent-operator")

    private static func lock(_ world: World, _ identity: String) -> KubernetesLock {
        KubernetesLock(name, identity: identity, client: world.client, time: world.time)
    }

    private static func holds(_ lock: KubernetesLock) -> Bool { (lock.timeLeft() ?? .zero) > .zero }

    @Test func oneHoldsItAndRenewsIt() throws {
        try World.play { world in
            let lock = Self.lock(world, "a")
            #expect(lock.timeLeft() == .zero)
            try await lock.acquire(.standBy)
            try await world.beside({ try await lock.run() }) {
                for _ in 0..<30 {
                    try await world.pass(.seconds(1))
                    #expect(lock.timeLeft() ?? .zero > .seconds(12))
                }
            }
            let lease = try #require(world.cluster.object(.leases, Self.name))
            #expect(lease["spec"]?["renewTime"]?.string?.hasSuffix("000Z") == true)
        }
    }

    @Test func whoDiesIsFollowedWithinTwentySeconds() throws {
        try World.play { world in
            let (first, second) = (Self.lock(world, "a"), Self.lock(world, "b"))
            try await first.acquire(.standBy)
            try await world.beside({ try await second.acquire(.standBy) }) {
                try await world.beside({ try await first.run() }) { try await world.pass(.seconds(60)) }
                #expect(!Self.holds(second))
                // The first one renews no more, as if it had been killed.
                #expect(try await world.passes(within: .seconds(20)) { Self.holds(second) })
                #expect(!Self.holds(first))
            }
        }
    }

    @Test func whoEndsWellIsFollowedWithinThreeSeconds() throws {
        try World.play { world in
            let (first, second) = (Self.lock(world, "a"), Self.lock(world, "b"))
            try await first.acquire(.standBy)
            try await world.beside({ try await second.acquire(.standBy) }) {
                try await world.beside({ try await first.run() }) { try await world.pass(.seconds(30)) }
                await first.release()
                #expect(!Self.holds(first))
                #expect(try await world.passes(within: .seconds(3)) { Self.holds(second) })
            }
        }
    }

    @Test func aSecondOneThatDoesNotStandByNamesTheHolder() throws {
        try World.play { world in
            let (first, second) = (Self.lock(world, "a"), Self.lock(world, "b"))
            try await first.acquire(.standBy)
            try await world.beside({ try await first.run() }) {
                await #expect(throws: KubernetesLock.Failure.held(by: "a")) { try await second.acquire(.refuse) }
            }
        }
    }

    @Test func aDeadPredecessorIsNoReasonToRefuse() throws {
        try World.play { world in
            try await Self.lock(world, "a").acquire(.standBy)
            let second = Self.lock(world, "b")
            try await second.acquire(.refuse)
            #expect(Self.holds(second))
        }
    }

    @Test func whoCannotReachTheServerGivesUpBeforeAnotherCanTakeOver() throws {
        try World.play { world in
            let lock = Self.lock(world, "a")
            try await lock.acquire(.standBy)
            world.cluster.trap(.connectionLost, times: 1000) { _, _ in true }
            let began = world.time.uptime
            await #expect(throws: KubernetesLock.Failure.lost) { try await lock.run() }
            let span = world.time.uptime - began
            #expect(span >= .seconds(9) && span <= .seconds(12), "\(span)")
            #expect(lock.timeLeft() == .zero)
        }
    }

    @Test func annotationsOfOthersDoNotLoseIt() throws {
        try World.play { world in
            let lock = Self.lock(world, "a")
            try await lock.acquire(.standBy)
            try await world.beside({ try await lock.run() }) {
                for number in 0..<50 {
                    let note = Node.mapping([
                        "metadata": .mapping(["annotations": .mapping(["n": .string("\(number)")])])
                    ])
                    _ = try await world.client.merge(.leases, Self.name, note)
                    try await world.pass(.milliseconds(700))
                }
                #expect(Self.holds(lock))
                try await lock.annotate([(name: "mine", value: "1")])
                #expect(lock.lease?.metadata.annotations["mine"] == "1")
            }
        }
    }

    @Test func whoHoldsItWritesAnnotationsAndNobodyElseDoes() throws {
        try World.play { world in
            let (first, second) = (Self.lock(world, "a"), Self.lock(world, "b"))
            await #expect(throws: APIError.self) { try await first.annotateAsHolder([(name: "mine", value: "0")]) }
            try await first.acquire(.standBy)
            try await world.beside({ try await first.run() }) {
                for number in 0..<100 {
                    // Somebody else's writes, and our own renewals, come in between.
                    let note = Node.mapping(["metadata": .mapping(["labels": .mapping(["n": .string("\(number)")])])])
                    if number.isMultiple(of: 3) { _ = try await world.client.merge(.leases, Self.name, note) }
                    try await first.annotateAsHolder([(name: "mine", value: "\(number)")])
                    #expect(first.lease?.metadata.annotations["mine"] == "\(number)")
                    try await world.pass(.milliseconds(170))
                    #expect(Self.holds(first))
                }
            }
            try await second.acquire(.standBy)
            // What the first one sent late would be sent on the version that it knew.
            let error = await #expect(throws: APIError.self) {
                try await first.annotateAsHolder([(name: "mine", value: "late")])
            }
            #expect(error?.message == "the lease is lost: another operator may act")
            let lease = world.cluster.object(.leases, Self.name)
            #expect(lease?["metadata"]?["annotations"]?["mine"]?.string == "99")
            try await second.annotateAsHolder([(name: "mine", value: nil)])
            #expect(second.lease?.metadata.annotations["mine"] == nil)
        }
    }

    @Test(arguments: [StandInCluster.Fault.unreachable, .replyLost, .connectionLost, .refused(.conflict("busy"))])
    func anAnnotationThatDoesNotComeThroughIsTriedAgain(_ fault: StandInCluster.Fault) throws {
        try World.play { world in
            let lock = Self.lock(world, "a")
            try await lock.acquire(.standBy)
            world.cluster.trap(fault, times: 2) { method, _ in method == "PATCH" }
            try await lock.annotateAsHolder([(name: "mine", value: "1")])
            #expect(lock.lease?.metadata.annotations["mine"] == "1")
            world.cluster.trap(fault, times: 9) { method, _ in method == "PATCH" }
            await #expect(throws: APIError.self) { try await lock.annotateAsHolder([(name: "mine", value: "2")]) }
        }
    }

    @Test func aMissingRightIsSaid() throws {
        try World.play { world in
            let words =
                "leases.coordination.k8s.io is forbidden: User \"op\" cannot get resource \"leases\" in API group "
                + "\"coordination.k8s.io\" in the namespace \"default\""
            world.cluster.trap(
                .refused(.other(status: 403, reason: "Forbidden", message: words)),
                times: 1000
            ) { _, _ in true }
            do {
                try await Self.lock(world, "a").acquire(.standBy)
                Issue.record("it was had")
            } catch let failure as KubernetesLock.Failure {
                #expect(failure.description.contains("op may not get leases.coordination.k8s.io in namespace default"))
            }
        }
    }

    @Test(arguments: 1...12)
    func neverTwoHoldIt(_ seed: Int) async throws {
        try World.play(seed: UInt64(seed)) { world in
            let locks = (0..<3).map { Self.lock(world, "op-\($0)") }
            let dice = world.dice(5)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lock in locks {
                    group.addTask {
                        do {
                            try await lock.acquire(.standBy)
                            try await lock.run()
                        } catch {
                            // Lost or ended: it never holds it again.
                        }
                    }
                }
                for _ in 0..<400 {
                    try await world.pass(.milliseconds(dice.throwOne(in: 10...400)))
                    if dice.throwOne(in: 0...3) == 0 {
                        let faults: [StandInCluster.Fault] = [.unreachable, .replyLost, .connectionLost]
                        world.cluster.trap(faults[Int(dice.throwOne(in: 0...2))], times: 3) { _, _ in true }
                    }
                    #expect(locks.count { Self.holds($0) } <= 1)
                }
                group.cancelAll()
            }
        }
    }
}
