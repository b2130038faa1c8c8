import Intents
import Placement
import Testing

@testable import Reconciling

/// What waits for a person's word, and what that word is bound to.
@Suite struct ApprovalTests {
    private func dear(slots: Int = 2, above: Int = 6) -> Scene {
        var scene = Scene(slots: slots)
        scene.situation.policy.approvalAbove = .euros(above)
        return scene
    }

    @Test("what is to cost more than may be bought unasked waits, and says what it asks", arguments: [7, 8, 9])
    func waits(above: Int) {
        let scene = dear(above: above)
        let decision = decide(scene.situation)
        #expect(decision.bought == (above < 8 ? [] : [0, 1]))
        guard above < 8 else { return }
        #expect(decision.standing == .stalled)
        #expect(decision.status.approvals.map(\.permission) == [Permission(.price, generation: 1, upTo: .euros(8))])
        #expect(decision.condition("ApprovalNeeded")?.reason == "Price")
        #expect(decision.condition("Stalled")?.reason == "APPROVAL_NEEDED")
        #expect(decision.status.lastError?.message.contains("intentctl approve search") == true)
    }

    @Test("a word lets it happen, for this generation and up to this price")
    func word() {
        for (price, generation, isEnough) in [(8, 1, true), (9, 1, true), (7, 1, false), (8, 2, false)] {
            var scene = dear()
            let permission = Permission(.price, generation: generation, upTo: .euros(price))
            scene.situation.account.memory.approve(permission, at: noon)
            #expect(decide(scene.situation).bought == (isEnough ? [0, 1] : []), "\(price) \(generation)")
        }
    }

    @Test("what lives counts: a slot more asks, and one that is lost is bought again by the same word")
    func counted() {
        var scene = dear()
        scene.add(.live, slot: 0)
        #expect(decide(scene.situation).bought.isEmpty)
        scene.situation.account.memory.approve(Permission(.price, generation: 1, upTo: .euros(8)), at: noon)
        #expect(decide(scene.situation).bought == [1])
    }

    @Test("a replacement asks anew, since it is of another generation; what lives stays meanwhile")
    func replacement() {
        var scene = dear(slots: 1, above: 3)
        scene.situation.account.memory.approve(Permission(.price, generation: 1, upTo: .euros(4)), at: noon)
        let attempt = scene.add(.live)
        #expect(decide(scene.situation).status.approvals.isEmpty)
        scene.respecify { $0.workload.image = "jupyter/other" }
        let decision = scene.decideAndApply()
        #expect(decision.bought.isEmpty && scene.row(attempt)?.phase == .live)
        #expect(decision.status.approvals.map(\.permission) == [Permission(.price, generation: 2, upTo: .euros(4))])
        scene.situation.account.memory.approve(Permission(.price, generation: 2, upTo: .euros(4)), at: noon)
        #expect(decide(scene.situation).bought == [0])
    }

    @Test("one word of each purpose is kept, of the present generation alone")
    func bounded() {
        var memory = AccountMemory()
        memory.approve(Permission(.price, generation: 1, upTo: .euros(4)), at: noon)
        memory.approve(Permission(.volume, generation: 1), at: noon)
        memory.approve(Permission(.price, generation: 1, upTo: .euros(5)), at: noon)
        #expect(memory.approvals.count == 2)
        #expect(memory.allows(Permission(.price, generation: 1, upTo: .euros(5))))
        #expect(memory.allows(Permission(.volume, generation: 1)))
        memory.approve(Permission(.volume, generation: 2), at: noon)
        #expect(memory.approvals.map(\.generation) == [2])
        #expect(!memory.allows(Permission(.price, generation: 2, upTo: .euros(1))))
    }

    @Test("a permission comes back from its line, and nothing else makes one")
    func line() {
        for purpose in Approval.Purpose.allCases {
            for upTo in [nil, Money.zero, .euros(12)] {
                let permission = Permission(purpose, generation: 7, upTo: upTo)
                #expect(Permission(text: permission.text) == permission)
            }
        }
        for text in ["", "Price", "Price x", "price 1", "Price 1 x", "Price 1 2 3"] {
            #expect(Permission(text: text) == nil, "\(text)")
        }
    }
}
