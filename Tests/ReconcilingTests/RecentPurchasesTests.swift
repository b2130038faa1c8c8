import Intents
import Placement
import Testing

@testable import Reconciling

/// What was bought so lately that the market may not know of it yet.
@Suite struct RecentPurchasesTests {
    private static let offer = Offer.ID(platform: .flexai, name: "nvidia-h100")

    private func row(_ name: String, at moment: Timestamp, gpus: Int = 1, parts: Int? = nil) -> AllocationRecord {
        var purchase = Purchase(offer: Self.offer, model: "nvidia-h100", gpuCount: gpus, hourly: .euros(4))
        purchase.maxReplicas = parts
        return AllocationRecord(
            attempt: AttemptID(rawValue: name),
            key: IntentKey(rawValue: "search"),
            slot: 0,
            ordinal: 1,
            purchase: purchase,
            shape: "",
            reference: name,
            openedAt: moment,
            body: nil
        )
    }

    @Test("what was opened since the market was asked counts, with every replica that it carries")
    func counted() {
        let purchases = RecentPurchases()
        purchases.note(row("old", at: noon - .seconds(1)))
        purchases.note(row("a", at: noon, gpus: 2))
        purchases.note(row("b", at: noon + .seconds(1), gpus: 2, parts: 3))
        #expect(purchases.gpus(since: noon) == [Self.offer: 8])
        purchases.note(row("c", at: noon + .seconds(2)))
        #expect(purchases.gpus(since: noon) == [Self.offer: 9], "asked again and again")
        #expect(purchases.gpus(since: noon + .seconds(2)) == [Self.offer: 1])
        #expect(purchases.gpus(since: noon) == [Self.offer: 1], "what is older is forgotten")
    }

    @Test("the same attempt counts once, and not at all once it is forgotten or gone")
    func gone() {
        let purchases = RecentPurchases()
        for _ in 0..<3 { purchases.note(row("a", at: noon)) }
        purchases.note(row("b", at: noon))
        #expect(purchases.gpus(since: noon) == [Self.offer: 2])
        purchases.forget(AttemptID(rawValue: "a"))
        purchases.forget(AttemptID(rawValue: "a"))
        #expect(purchases.gpus(since: noon) == [Self.offer: 1])
        var ended = row("b", at: noon)
        ended.phase = .tombstone
        purchases.note(ended)
        #expect(purchases.gpus(since: noon)[Self.offer] ?? 0 == 0)
    }
}
