import Documents
import FlexAI
import Intents
import Placement
import Reconciling
import Testing

/// What a create call says of an order.
@Suite struct FlexAIOrderTests {
    private static func body(
        _ order: Order,
        _ configuration: FlexAIConfiguration = Fixtures.configuration()
    ) throws -> Node {
        let prepared = Fixtures.platform([:], configuration).platform.prepare(order)
        return try DocumentParser.json(Array(prepared.body.utf8))
    }

    @Test func aSilentIntentGetsEveryDocumentedField() throws {
        let expected = """
            {"gpu_type":"nvidia-a100-40gb","gpu_count":1,"cpu_cores":8,"ram_gb":32,\
            "user_id":"operator-1/team/notebook/3/0a1b2c3d","environment":"jupyter","frameworks":[]}
            """
        #expect(Fixtures.platform([:]).platform.prepare(Fixtures.order()).body == expected)
    }

    @Test func theReferenceIsTheUserID() throws {
        let platform = Fixtures.platform([:]).platform
        let prepared = platform.prepare(Fixtures.order())
        #expect(prepared.reference == "operator-1/team/notebook/3/0a1b2c3d")
        #expect(prepared.attempt == Fixtures.attempt)
        #expect(prepared == platform.prepare(Fixtures.order()), "the same order gives the same text")
    }

    @Test func ourOwnReferencesAreRecognised() throws {
        let platform = Fixtures.platform([:]).platform
        let order = Fixtures.order()
        let own = OwnReference(slot: 3, attempt: "0a1b2c3d")
        #expect(platform.traits.recognizesOwn)
        var continued = order
        continued.continues = Fixtures.attempt
        for order in [order, continued] {
            let reference = platform.prepare(order).reference
            #expect(platform.isOwn(reference))
            #expect(platform.ownReference(reference, of: order.key, order.spec) == own)
            #expect(platform.ownReference(reference, of: IntentKey(rawValue: "team"), order.spec) == nil)
        }
        for other in [
            "operator-2/team/notebook/3/0a1b2c3d", "operator-1/team/other/3/0a1b2c3d",
            "operator-1/team/notebook/x/0a1b2c3d",
            "operator-1/team/notebook/3/0a1b2c3", "operator-1/team/notebook/3/0A1B2C3D", "operator-1/team/notebook/3/",
            "operator-1/team/notebook/3/0a1b2c3d5", "operator-1/team/notebook/3", "somebody", "",
        ] {
            #expect(platform.ownReference(other, of: order.key, order.spec) == nil, "\(other)")
        }
        #expect(!platform.isOwn("operator-2/team/notebook/3/0a1b2c3d"))
    }

    @Test(arguments: [
        ("{operator}:{intent}:{slot}:{attempt}", true), ("by {attempt} {slot} {intent} {operator}!", true),
        ("{intent}/{slot}/{attempt}", false), ("{operator}/{intent}{slot}/{attempt}", false),
        ("{operator}-{intent}/{slot}/{attempt}", false), ("{operator}/{intent}/{slot}/{attempt}/{attempt}", false),
        ("{attempt}", false), ("{operator}/{intent}/{slot}/{attempt}/{else}", true),
    ])
    func onlyAnUnmistakableTemplateIsRecognised(template: String, recognizes: Bool) {
        var configuration = Fixtures.configuration()
        configuration.userIDTemplate = template
        let platform = Fixtures.platform([:], configuration).platform
        let order = Fixtures.order()
        let reference = platform.prepare(order).reference
        #expect(platform.traits.recognizesOwn == recognizes)
        #expect(platform.isOwn(reference) == recognizes)
        let own = platform.ownReference(reference, of: order.key, order.spec)
        #expect(own == (recognizes ? OwnReference(slot: 3, attempt: "0a1b2c3d") : nil))
    }

    @Test func defaultsAreSettings() throws {
        var configuration = Fixtures.configuration()
        configuration.defaults.cpuCores = 4
        configuration.defaults.memoryGB = 16
        configuration.defaults.environment = "ssh"
        configuration.defaults.frameworks = ["pytorch"]
        let body = try Self.body(Fixtures.order(), configuration)
        #expect(body["cpu_cores"] == 4)
        #expect(body["ram_gb"] == 16)
        #expect(body["environment"] == "ssh")
        #expect(body["frameworks"] == ["pytorch"])
    }

    @Test(arguments: [
        ("0.5", 1), ("1", 1), ("4.5", 5), ("7.999", 8), ("8", 8), ("500m", 1), ("1500m", 2),
    ])
    func coresAreRoundedUp(cpu: String, cores: Int64) throws {
        var spec = IntentSpec()
        spec.workload.resources.cpu = try Quantity(parsing: cpu)
        #expect(try Self.body(Fixtures.order(spec))["cpu_cores"]?.integer == cores)
    }

    @Test(arguments: [
        ("32Gi", 32), ("512Mi", 1), ("32769Mi", 33), ("1Ti", 1024), ("64G", 60), ("1", 1),
    ])
    func gibibytesCountAsGB(memory: String, gigabytes: Int64) throws {
        var spec = IntentSpec()
        spec.workload.resources.memory = try Quantity(parsing: memory)
        #expect(try Self.body(Fixtures.order(spec))["ram_gb"]?.integer == gigabytes)
    }

    @Test(arguments: [(0, 1), (1, 1), (2, 2), (8, 8)])
    func theGPUsAreThoseOfOneSlot(count: Int, sent: Int64) throws {
        var spec = IntentSpec()
        var wish = GPUWish()
        wish.count = count
        spec.workload.resources.gpu = wish
        #expect(try Self.body(Fixtures.order(spec))["gpu_count"]?.integer == sent)
    }

    @Test(arguments: [
        ("jupyter/tensorflow-notebook:latest", ["tensorflow"], "a word of the name"),
        ("pytorch/pytorch:2.1.0-cuda12.1-cudnn8-devel", ["pytorch"], "twice is once"),
        ("nvcr.io/nvidia/pytorch:24.01-py3", ["pytorch"], "behind a registry"),
        ("pytorch.example:5000/team/base:1", [], "the registry's host does not count"),
        ("team/notebook:jax-0.4", ["jax"], "the tag counts"),
        ("team/ajax-server", [], "a part of a word is no word"),
        ("team/torch-tensorflow-jax", ["pytorch", "tensorflow", "jax"], "several, in a fixed order"),
        ("quay.io/JAX/Flax@sha256:0123tensorflow", ["jax"], "case does not count, nor the digest"),
        ("ffmpeg-gpu:latest", [], "no framework"),
        ("", [], "no image"),
    ])
    func frameworksAreGuessedFromTheImage(image: String, frameworks: [String], reason: String) throws {
        var spec = IntentSpec()
        spec.workload.image = image
        let body = try Self.body(Fixtures.order(spec))
        #expect(body["frameworks"]?.sequence?.compactMap(\.string) == frameworks, "\(reason)")
    }

    @Test(arguments: [
        ("{operator}/{intent}/{slot}/{attempt}", "operator-1/team/notebook/3/0a1b2c3d"),
        ("user-123:{attempt}", "user-123:0a1b2c3d"),
        ("{attempt}{attempt}", "0a1b2c3d0a1b2c3d"),
        ("{other}/{attempt}", "{other}/0a1b2c3d"),
        ("{{slot}}{", "{3}{"),
        ("", ""),
    ])
    func theUserIDFollowsItsTemplate(template: String, userID: String) throws {
        var configuration = Fixtures.configuration()
        configuration.userIDTemplate = template
        #expect(try Self.body(Fixtures.order(), configuration)["user_id"]?.string == userID)
    }

    @Test func whatGoesOnFromACheckpointIsToldFromWhich() throws {
        var order = Fixtures.order()
        order.continues = AttemptID(rawValue: "ffffffff-4e5f-4a6b-8c7d-9e0f1a2b3c4d")
        let prepared = Fixtures.platform([:]).platform.prepare(order)
        #expect(prepared.reference == "operator-1/team/notebook/3/0a1b2c3d/after-ffffffff")
        #expect(try Self.body(order)["user_id"]?.string == prepared.reference)
    }

    @Test func replacedWordsAreNotReplacedAgain() throws {
        var configuration = Fixtures.configuration()
        configuration.operatorID = "{slot}"
        configuration.userIDTemplate = "{operator}/{attempt}"
        #expect(try Self.body(Fixtures.order(), configuration)["user_id"]?.string == "{slot}/0a1b2c3d")
    }

    @Test func differentSlotsAndAttemptsHaveDifferentReferences() {
        let platform = Fixtures.platform([:]).platform
        var other = Fixtures.order(slot: 3)
        other.attempt = AttemptID(rawValue: "ffffffff-4e5f-4a6b-8c7d-9e0f1a2b3c4d")
        let references = [Fixtures.order(slot: 1), Fixtures.order(slot: 2), Fixtures.order(slot: 3), other]
            .map { platform.prepare($0).reference }
        #expect(Set(references).count == 4)
    }

    @Test func namesCannotBreakOutOfTheBody() throws {
        var order = Fixtures.order()
        order.key = IntentKey(rawValue: "a\"},{\"gpu_count\":99\n")
        let body = try Self.body(order)
        #expect(body["gpu_count"] == 1)
        #expect(body["user_id"]?.string == "operator-1/\(order.key.rawValue)/3/0a1b2c3d")
    }
}
