import Intents
import Testing

@testable import Placement

/// The numbers that a question is made of.
struct TermsTests {
    private func terms(_ change: (inout IntentSpec) -> Void) -> Terms { Terms(Stall.spec(change), now: Stall.now) }

    @Test func silenceIsOneGPUInOneSlot() {
        let terms = terms { _ in }
        #expect((terms.count, terms.slots, terms.statedSlots, terms.mostReplicas) == (1, 1, 1, 1))
        #expect(terms.hourlyCap == nil)
        #expect(terms.totalCap == nil)
    }

    @Test func noReplicasStillNeedRoomForOne() {
        let terms = terms {
            $0.workload.scaling = Workload.Scaling()
            $0.workload.scaling?.minReplicas = 0
        }
        #expect((terms.slots, terms.statedSlots, terms.mostReplicas) == (1, 0, 10))
    }

    @Test func aCountBelowOneIsOne() {
        for count in [-3, 0, 1] {
            let terms = terms {
                $0.workload.resources.gpu = GPUWish()
                $0.workload.resources.gpu?.count = count
            }
            #expect(terms.count == 1)
        }
    }

    @Test func onlyServicesHaveReplicas() {
        for kind in [Workload.Kind.job, .batch] {
            let terms = terms {
                $0.workload.kind = kind
                $0.workload.scaling = Workload.Scaling()
                $0.workload.job = Workload.JobSettings()
                $0.workload.job?.parallelTasks = 7
            }
            #expect(terms.mostReplicas == nil)
            #expect(terms.slots == 7)
        }
    }

    /// Seconds that the total cap must pay for, by kind, timeout and distance to the deadline.
    @Test(
        arguments: [
            (Workload.Kind.service, nil, nil, 3600), (.service, nil, 60, 60), (.service, nil, 9000, 9000),
            (.service, 60, nil, 3600), (.service, 60, 9000, 9000), (.job, nil, nil, 0), (.job, 60, nil, 60),
            (.job, nil, 90, 90), (.job, 60, 90, 60), (.job, 90, 60, 60), (.batch, 60, 60, 60), (.job, 60, -5, 0),
        ] as [(Workload.Kind, Int?, Int?, Int)]
    )
    func theChargedSpan(kind: Workload.Kind, timeout: Int?, left: Int?, expected: Int) {
        let terms = terms {
            $0.workload.kind = kind
            $0.workload.job = Workload.JobSettings()
            $0.workload.job?.timeout = timeout.map { .seconds($0) }
            $0.constraints.deadline = left.map { Stall.now + .seconds($0) }
        }
        #expect(terms.chargedSpan == .seconds(expected))
    }
}
