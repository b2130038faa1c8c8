import Documents
import Intents
import Kubernetes
import Reconciling
import Testing

/// The pure half of the lock.
@Suite struct LeaseElectionTests {
    private let noon = Timestamp(seconds: 1_800_000_000)

    /// A Lease as a server shows it.
    static func lease(
        _ holder: String,
        version: String = "1",
        renewed: String = "2027-01-15T08:00:00.000000Z",
        duration: Int64 = 15
    ) throws -> LeaseObject {
        try LeaseObject(
            .mapping([
                "metadata": .mapping([
                    "name": "l", "namespace": "default", "uid": "u", "resourceVersion": .string(version),
                ]),
                "spec": .mapping([
                    "holderIdentity": .string(holder), "leaseDurationSeconds": .integer(duration),
                    "renewTime": .string(renewed), "leaseTransitions": 4,
                ]),
            ])
        )
    }

    private func write(_ move: LeaseElection.Move) -> (LeaseClaim, String)? {
        if case .write(let claim, let version) = move { (claim, version) } else { nil }
    }

    /// An election that holds the Lease since `uptime`.
    private func holding(since uptime: Duration) throws -> LeaseElection {
        var election = LeaseElection(identity: "me")
        guard case .create(let claim) = election.read(nil, at: uptime, now: noon) else { throw Unexpected() }
        election.wrote(claim, try Self.lease("me"), begunAt: uptime)
        return election
    }

    /// A move was not the one that a test needs.
    private struct Unexpected: Error {}

    @Test func aLeaseThatIsNotThereIsMade() throws {
        var election = LeaseElection(identity: "me")
        let first = election.move(at: .zero, now: noon)
        #expect(first == .read)
        guard case .create(let claim) = election.read(nil, at: .zero, now: noon) else { throw Unexpected() }
        #expect(claim.holder == "me" && claim.durationSeconds == 15 && claim.transitions == 0)
        election.wrote(claim, try Self.lease("me"), begunAt: .seconds(3))
        #expect(election.isHeld)
        #expect(election.timeLeft(at: .seconds(5)) == .seconds(13))
    }

    @Test func aLeaseThatWasGivenBackIsTakenAtOnce() throws {
        var election = LeaseElection(identity: "me")
        let move = write(election.read(try Self.lease("", duration: 1), at: .zero, now: noon))
        #expect(move?.0.holder == "me" && move?.0.transitions == 5 && move?.1 == "1")
    }

    @Test func anothersLeaseIsTakenWhenItHasNotChangedForItsDurationByOurClock() throws {
        var election = LeaseElection(identity: "me")
        // Its renewTime lies far in the past, by a clock that we do not trust.
        for second in stride(from: 0, to: 15, by: 2) {
            let move = election.read(try Self.lease("other"), at: .seconds(second), now: noon)
            #expect(move == .wait(.seconds(2)), "after \(second) s")
        }
        #expect(election.otherHolder == "other")
        let taken = write(election.read(try Self.lease("other"), at: .seconds(15), now: noon))
        #expect(taken != nil)
    }

    @Test func aRenewalBeginsTheWaitAnew() throws {
        var election = LeaseElection(identity: "me")
        _ = election.read(try Self.lease("other"), at: .zero, now: noon)
        let renewed = try Self.lease("other", version: "2", renewed: "2027-01-15T08:00:02.000000Z")
        for second in [14, 28] {
            let move = election.read(renewed, at: .seconds(second), now: noon)
            #expect(move == .wait(.seconds(2)))
        }
        let taken = write(election.read(renewed, at: .seconds(29), now: noon))
        #expect(taken != nil)
    }

    @Test func anAnnotationIsNoRenewal() throws {
        var election = LeaseElection(identity: "me")
        _ = election.read(try Self.lease("other", version: "1"), at: .zero, now: noon)
        let move = election.read(try Self.lease("other", version: "9"), at: .seconds(15), now: noon)
        #expect(write(move)?.1 == "9")
    }

    @Test func itIsRenewedEveryTwoSeconds() throws {
        var election = try holding(since: .seconds(100))
        let early = election.move(at: .seconds(101), now: noon)
        #expect(early == .wait(.seconds(1)))
        let due = write(election.move(at: .seconds(102), now: noon))
        #expect(due?.1 == "1")
    }

    @Test func itIsLostWhenItCannotBeRenewedForTenSeconds() throws {
        var election = try holding(since: .seconds(100))
        for second in 102...109 {
            election.failed(APIError(.unknown, code: "TIMEOUT", message: ""), at: .seconds(second))
            let move = election.move(at: .seconds(second), now: noon)
            #expect(move != .lost)
        }
        #expect(election.timeLeft(at: .seconds(109)) == .seconds(6))
        let late = election.move(at: .seconds(110), now: noon)
        #expect(late == .lost)
        #expect(election.timeLeft(at: .seconds(110)) == .zero)
    }

    @Test func itIsLostWhenSomebodyElseHasIt() throws {
        var election = try holding(since: .seconds(100))
        let move = election.read(try Self.lease("other"), at: .seconds(103), now: noon)
        #expect(move == .lost)
        #expect(election.timeLeft(at: .seconds(103)) == .zero)
    }

    @Test func aConflictOverAnAnnotationIsReadAndRenewed() throws {
        var election = try holding(since: .seconds(100))
        election.failed(APIError(.readAgain, code: "Conflict", message: ""), at: .seconds(102))
        let first = election.move(at: .seconds(102), now: noon)
        #expect(first == .read)
        let move = election.read(try Self.lease("me", version: "7"), at: .seconds(102), now: noon)
        #expect(write(move)?.1 == "7")
    }

    @Test func aClaimWhoseReplyWasLostIsOursAfterASecondWrite() throws {
        var election = LeaseElection(identity: "me")
        _ = election.read(nil, at: .zero, now: noon)
        election.failed(APIError(.unknown, code: "TIMEOUT", message: ""), at: .zero)
        #expect(!election.isHeld && election.timeLeft(at: .zero) == .zero)
        let second = write(election.read(try Self.lease("me"), at: .seconds(1), now: noon))
        #expect(second != nil)
    }

    @Test func givingItBackEmptiesIt() throws {
        var election = try holding(since: .seconds(100))
        let given = election.release(at: .seconds(101), now: noon)
        let release = try #require(given)
        #expect(release.0.holder == "" && release.0.durationSeconds == 1)
        #expect(election.timeLeft(at: .seconds(101)) == .zero)
        let again = election.release(at: .seconds(101), now: noon)
        #expect(again == nil)
    }

    @Test func whatIsNotHeldIsNotGivenBack() {
        var election = LeaseElection(identity: "me")
        let given = election.release(at: .zero, now: noon)
        #expect(given == nil)
    }

    @Test(arguments: ["0/1", "0/3", "2/3", "999/1000"])
    func aShardIsRead(_ text: String) { #expect(Shard(text)?.description == text) }

    @Test(arguments: ["", "3", "3/3", "-1/3", "0/0", "a/b", "0/3/4", "0/1001", "/3"])
    func whatIsNoShardIsRefused(_ text: String) { #expect(Shard(text) == nil) }

    @Test func everyKeyFallsToOneShardAndTheyAreAboutEven() throws {
        let shards = try (0..<4).map { try #require(Shard("\($0)/4")) }
        var counts = [0, 0, 0, 0]
        for number in 0..<4000 {
            let key = IntentKey(rawValue: "team-\(number % 7)/intent-\(number)")
            let owners = shards.indices.filter { shards[$0].holds(key) }
            #expect(owners.count == 1)
            for owner in owners { counts[owner] += 1 }
        }
        #expect(counts.allSatisfy { $0 > 800 && $0 < 1200 }, "\(counts)")
        #expect(shards[1].leaseName("op") == "op-1-of-4")
        #expect(Shard.whole.leaseName("op") == "op")
    }
}
