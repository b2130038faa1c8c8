import Intents
import Testing

@testable import Placement

/// What is worked out once for each offer.
struct ListingTests {
    private func listing(_ change: (inout Offer) -> Void) -> Listing {
        Listing(Stall.offer("NVIDIA H100") { change(&$0) }, catalog: .standard)
    }

    @Test func sellersAreThePlatformAndTheProvider() {
        #expect(listing { $0.provider = "Provider-1" }.sellers == ["flare", "provider-1"])
        #expect(listing { $0.provider = nil }.sellers == ["flare"])
    }

    @Test func placesAreForComparing() {
        let listing = listing {
            $0.location = "EU_West 1"
            $0.zone = "EU-WEST-1A"
        }
        #expect(listing.region == "eu-west-1")
        #expect(listing.zone == "eu-west-1a")
        #expect(listing.place?.area == .europe)
        #expect(listing.offer.location == "EU_West 1", "the offer keeps what the platform wrote")
    }

    @Test(arguments: ["", "any", "Global", "unknown", "none"])
    func wordsForNoPlace(word: String) {
        let listing = listing { $0.location = word }
        #expect(listing.region == nil)
        #expect(listing.place == nil)
    }

    @Test func modelsAreComparedByTheCatalogue() {
        #expect(listing { _ in }.model == "nvidia-h100")
        #expect(Listing(Stall.offer("Quantum 9"), catalog: .standard).model == "quantum9")
    }

    @Test func inWords() {
        #expect(listing { _ in }.inWords == "nvidia-h100 80Gi of provider-1 in eu-west-1")
        let bare = Listing(
            Stall.offer("quantum-9", on: .flexai) { $0.location = nil },
            catalog: .standard
        )
        #expect(bare.inWords == "quantum-9 of flexai")
    }

    @Test func everyRuleHasAPathAndWordsOfItsOwn() {
        let spec = Stall.spec {
            var gpu = GPUWish()
            gpu.model = "nvidia-b300"
            gpu.memory = .gibibytes(900)
            gpu.tier = .budget
            gpu.cores = 1_000_000
            $0.workload.resources.gpu = gpu
            $0.constraints.location = "Africa"
            $0.constraints.availabilityZone = "africa-1a"
            $0.constraints.maxHourlyCost = .euros(0.01)
            $0.constraints.providers = ["azure"]
        }
        let question = Question(spec, policy: PlacementPolicy(), catalog: .standard, now: Stall.now)
        let rules = RuleBook.rules(for: question)
        #expect(Set(rules.map(\.name)).count == rules.count)
        for rule in rules {
            #expect(!rule.wish.isEmpty, "\(rule.name)")
            #expect(rule.name.contains("."), "\(rule.name) is a path")
            let reason = rule.rejects(listing { _ in })
            #expect((reason == nil) == rule.fits(listing { _ in }), "\(rule.name)")
            #expect(reason?.isEmpty != true, "\(rule.name)")
        }
        #expect(rules.filter { $0.rejects(listing { _ in }) != nil }.count == 8, "FlexAI's rule lets FLARE by")
    }
}
