import Intents
import Reconciling
import Testing

@testable import Simulation

/// A lock with a term: one process at a time is told that it may act.
@Suite struct SimulatedLeaseTests {
    private static func pass(_ executor: DeterministicExecutor, _ span: Duration) {
        let clock = executor.clock
        do {
            try executor.run { do { try await clock.sleep(for: span) } catch {} }
        } catch {
            preconditionFailure("nobody else sleeps")
        }
    }

    @Test func oneProcessHoldsIt() {
        let executor = DeterministicExecutor(seed: 1)
        let lease = SimulatedLease(executor.clock)
        #expect(lease.timeLeft(of: 1) == .zero)
        lease.give(to: 1)
        #expect(lease.timeLeft(of: 1) == SimulatedLease.term)
        #expect(lease.right(of: 1).timeLeft() == SimulatedLease.term)
        #expect(lease.timeLeft(of: 2) == .zero)
    }

    @Test func itIsRenewedUntilItsHolderIsCutOff() {
        let executor = DeterministicExecutor(seed: 1)
        let lease = SimulatedLease(executor.clock)
        lease.give(to: 1)
        Self.pass(executor, .seconds(100))
        #expect(lease.timeLeft(of: 1) == SimulatedLease.term)
        let end = lease.cutOff()
        #expect(end == executor.clock.now.advanced(by: SimulatedLease.term))
        Self.pass(executor, .seconds(5))
        #expect(lease.timeLeft(of: 1) == .seconds(10))
        #expect(lease.cutOff() == end, "no second term")
        Self.pass(executor, .seconds(11))
        #expect(lease.timeLeft(of: 1) == .zero)
    }

    @Test func itsNextHolderRenewsAgain() {
        let executor = DeterministicExecutor(seed: 1)
        let lease = SimulatedLease(executor.clock)
        lease.give(to: 1)
        _ = lease.cutOff()
        Self.pass(executor, SimulatedLease.term)
        lease.give(to: 2)
        #expect(lease.timeLeft(of: 1) == .zero)
        Self.pass(executor, .seconds(60))
        #expect(lease.timeLeft(of: 2) == SimulatedLease.term)
    }

    @Test func aLedgerTakesNothingFromWhoHasLostIt() throws {
        let executor = DeterministicExecutor(seed: 1)
        let disk = SimulatedDisk()
        let mayWrite = RunOutcome<Bool>()
        let store = SimulatedStore(disk, clock: executor.clock, life: ProcessLife(), operatorID: "o") {
            mayWrite.value == nil
        }
        func writes() throws -> LedgerError.Kind? {
            try executor.run { () -> LedgerError.Kind? in
                do throws(LedgerError) {
                    try await store.write([LedgerChange.heldWithdrawals(nil)])
                    return nil
                } catch {
                    return error.kind
                }
            }
        }
        let first = try writes()
        mayWrite.set(false)
        let second = try writes()
        #expect(first == nil)
        #expect(second == .held)
        #expect(disk.durable.writes == 1)
    }
}
