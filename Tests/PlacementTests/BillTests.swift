import Intents
import Testing

@testable import Placement

/// What an intent costs on each platform.
struct BillTests {
    /// A bill for a question on an offer of 2 EUR a GPU and hour.
    private func bill(_ platform: PlatformName, _ change: (inout IntentSpec) -> Void) -> Bill {
        let spec = Stall.spec(change)
        return Bill(Terms(spec, now: Stall.now), on: Stall.offer(on: platform))
    }

    /// A service with bounds and two GPUs a replica.
    private func service(_ least: Int, _ most: Int) -> (inout IntentSpec) -> Void {
        { spec in
            var scaling = Workload.Scaling()
            scaling.minReplicas = least
            scaling.maxReplicas = most
            spec.workload.scaling = scaling
            var gpu = GPUWish()
            gpu.count = 2
            spec.workload.resources.gpu = gpu
        }
    }

    @Test func flexAISellsEachSlot() {
        let bill = bill(.flexai, service(3, 10))
        #expect(bill.hourlyPerAllocation == .euros(4))
        #expect(bill.hourly == .euros(12))
        #expect(bill.allocations == 3)
        #expect(bill.maxReplicas == nil)
    }

    @Test func noSlotsCostNothing() {
        let bill = bill(.flexai, service(0, 10))
        #expect((bill.allocations, bill.hourly) == (0, .zero))
        #expect(bill.hourlyPerAllocation == .euros(4))
    }

    @Test func flareIsCountedAtItsLargest() {
        let bill = bill(.flare, service(3, 10))
        #expect(bill.maxReplicas == 10)
        #expect(bill.hourly == .euros(40))
        #expect(bill.hourlyPerAllocation == bill.hourly)
        #expect(bill.allocations == 1)
        #expect(bill.wanted == .euros(12), "offers are compared by equal work")
    }

    @Test func aServiceWithoutScalingIsOneReplica() {
        #expect(bill(.flare) { _ in }.maxReplicas == 1)
        #expect(bill(.flare) { _ in }.hourly == .euros(2))
    }

    /// Replicas that a cap leaves of 3 to 10 at 4 EUR each.
    @Test(arguments: [(12.0, 3), (15.99, 3), (16, 4), (39.99, 9), (40, 10), (1000, 10)])
    func theHourlyCapCutsReplicas(cap: Double, replicas: Int) {
        let bill = bill(.flare) { spec in
            service(3, 10)(&spec)
            spec.constraints.maxHourlyCost = .euros(cap)
        }
        #expect(bill.maxReplicas == replicas)
        #expect(bill.hourly <= .euros(cap))
    }

    @Test func theTotalCapCutsReplicasOverTheSpan() {
        let bill = bill(.flare) { spec in
            service(1, 10)(&spec)
            spec.constraints.maxTotalCost = .euros(50)
            spec.constraints.deadline = Stall.now + .seconds(3 * 3600)
        }
        #expect(bill.maxReplicas == 4, "4 EUR × 3 h × 4 = 48 EUR")
    }

    @Test func boundsThatContradictThemselvesKeepTheLeast() {
        #expect(bill(.flare, service(5, 2)).maxReplicas == 5)
    }

    @Test func jobsOnFLARECountAllTasks() {
        let bill = bill(.flare) { spec in
            spec.workload.kind = .batch
            var job = Workload.JobSettings()
            job.parallelTasks = 20
            spec.workload.job = job
        }
        #expect((bill.hourly, bill.allocations) == (.euros(40), 1))
        #expect(bill.maxReplicas == nil)
    }

    @Test func nothingIsKnownWithoutAPrice() {
        let bill = Bill(Terms(Stall.spec(), now: Stall.now), on: Stall.offer { $0.hourlyPerGPU = nil })
        #expect((bill.hourly, bill.hourlyPerAllocation) == (.zero, .zero))
        #expect(bill.maxReplicas == 1)
    }
}
