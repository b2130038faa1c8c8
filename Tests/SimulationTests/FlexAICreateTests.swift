import Documents
import Intents
import Testing

@testable import Simulation

/// What FlexAI refuses to sell, and how keys make two purchases one.
@Suite struct FlexAICreateTests {
    private typealias FlexAI = Caller<SimulatedFlexAI>

    /// A body with one field replaced, or left out where the value is nil.
    private static func body(_ field: String, _ value: String?) -> String {
        let fields = [
            ("gpu_type", "\"nvidia-a100\""), ("gpu_count", "2"), ("cpu_cores", "8"), ("ram_gb", "32"),
            ("user_id", "\"user-123\""), ("environment", "\"jupyter\""), ("frameworks", "[]"),
        ]
        let kept = fields.compactMap { name, usual in
            (name == field ? value : usual).map { "\"\(name)\": \($0)" }
        }
        return "{\(kept.joined(separator: ", "))}"
    }

    @Test(arguments: [
        ("gpu_type", nil, "missing"), ("gpu_type", "5", "string_type"), ("gpu_type", "\"\"", "string_type"),
        ("gpu_count", nil, "missing"), ("gpu_count", "\"2\"", "int_type"), ("gpu_count", "0", "value_error"),
        ("gpu_count", "-1", "value_error"), ("gpu_count", "9", "value_error"), ("gpu_count", "1.5", "int_type"),
        ("cpu_cores", nil, "missing"), ("cpu_cores", "0", "value_error"), ("ram_gb", nil, "missing"),
        ("ram_gb", "null", "int_type"), ("user_id", nil, "missing"), ("environment", nil, "missing"),
        ("frameworks", nil, "missing"), ("frameworks", "\"pytorch\"", "list_type"), ("frameworks", "[1]", "list_type"),
    ])
    func brokenFieldIsNamedAndNothingIsSold(_ field: String, _ value: String?, _ kind: String) throws {
        var flexai = FlexAI(flexai: FlexAISettings())
        let answer = flexai("POST", "/v1/compute/instances", Self.body(field, value))
        #expect(answer.status == 422)
        let detail = try #require(answer.entries("detail").first)
        #expect(answer.entries("detail").count == 1)
        #expect(detail["loc"]?.strings == ["body", field])
        #expect(detail["type"]?.string == kind)
        #expect(detail["msg"]?.string?.isEmpty == false)
        #expect(flexai.platform.estate.purchases.isEmpty)
    }

    @Test(arguments: ["", "{", "gpu", "{} {}"])
    func textThatIsNoJSONIsRefused(_ body: String) {
        var flexai = FlexAI(flexai: FlexAISettings())
        let answer = flexai("POST", "/v1/compute/instances", body)
        #expect(answer.status == 422)
        #expect(answer.entries("detail").first?["type"]?.string == "json_invalid")
    }

    @Test(arguments: ["[]", "1", "\"text\"", "null"])
    func jsonThatIsNoObjectIsRefused(_ body: String) {
        var flexai = FlexAI(flexai: FlexAISettings())
        let answer = flexai("POST", "/v1/compute/instances", body)
        #expect(answer.status == 422)
        #expect(answer.entries("detail").first?["loc"]?.strings == ["body"])
    }

    @Test func everyMissingFieldIsNamed() {
        var flexai = FlexAI(flexai: FlexAISettings())
        let answer = flexai("POST", "/v1/compute/instances", "{}")
        #expect(answer.entries("detail").count == 7)
    }

    @Test(arguments: [(FlexAISettings.Dialect.documented, 400), (.loose, 404)])
    func unknownTypeIsRefused(_ dialect: FlexAISettings.Dialect, _ status: Int) {
        var settings = FlexAISettings()
        settings.dialect = dialect
        var flexai = FlexAI(flexai: settings)
        let answer = flexai.create("nvidia-nothing")
        #expect(answer.status == status)
        #expect(answer.text("detail") == "Unknown GPU type: nvidia-nothing")
    }

    @Test(arguments: [409, 400, 503])
    func nothingIsSoldBeyondTheCapacity(_ status: Int) {
        var settings = FlexAISettings()
        settings.noCapacityStatus = status
        var flexai = FlexAI(
            flexai: settings,
            shelf: [SimulatedWare(flexai: "nvidia-a100", .a100, memory: 40, euros: 3.5, capacity: 5)]
        )
        #expect(flexai.create(count: 3).status == 201)
        let refused = flexai.create(count: 3)
        #expect(refused.status == status)
        #expect(refused.text("detail") == "No capacity for nvidia-a100: 3 requested, 2 available")
        #expect(flexai.create(count: 2).status == 201, "what is left can be had")
    }

    @Test func typeThatIsNotOfferedCannotBeBought() {
        var flexai = FlexAI(flexai: FlexAISettings())
        flexai.platform.estate.shelf[1].isOffered = false
        #expect(flexai.create("nvidia-a100").status == 409)
        #expect(flexai.create("nvidia-h100").status == 201)
    }

    @Test func exhaustedAccountPaysNothing() {
        var flexai = FlexAI(flexai: FlexAISettings())
        flexai.platform.settings.credit = .exhausted
        let answer = flexai.create()
        #expect(answer.status == 402)
        #expect(answer.text("detail") == "Out of credit")
        #expect(flexai.platform.estate.purchases.isEmpty)
    }

    @Test func honouredKeyIsOnePurchase() {
        var settings = FlexAISettings()
        settings.idempotencyKeys = .honoured(lifetime: .seconds(3600))
        var flexai = FlexAI(flexai: settings)
        let first = flexai.create(key: "k1")
        flexai.now = second(3599)
        let again = flexai.create(key: "k1")
        #expect(again.status == 200)
        #expect(again.text("instance_id") == first.text("instance_id"))
        #expect(flexai.create(key: "k2").text("instance_id") != first.text("instance_id"))
        #expect(flexai.platform.estate.purchases.count == 2)
        #expect(flexai.platform.estate.purchases.map(\.idempotencyKey) == ["k1", "k2"])
    }

    @Test func keyThatLivedTooLongBuysAgain() {
        var settings = FlexAISettings()
        settings.idempotencyKeys = .honoured(lifetime: .seconds(3600))
        var flexai = FlexAI(flexai: settings)
        let first = flexai.create(key: "k1")
        flexai.now = second(3600)
        let again = flexai.create(key: "k1")
        #expect(again.status == 201)
        #expect(again.text("instance_id") != first.text("instance_id"))
    }

    @Test func keyWithAnotherBodyIsRefused() {
        var settings = FlexAISettings()
        settings.idempotencyKeys = .honoured(lifetime: .seconds(3600))
        var flexai = FlexAI(flexai: settings)
        _ = flexai.create(count: 1, key: "k1")
        #expect(flexai.create(count: 2, key: "k1").status == 422)
        #expect(flexai.platform.estate.purchases.count == 1)
    }

    @Test func refusedPurchaseDoesNotUseUpItsKey() {
        var settings = FlexAISettings()
        settings.idempotencyKeys = .honoured(lifetime: .seconds(3600))
        var flexai = FlexAI(flexai: settings)
        flexai.platform.settings.credit = .exhausted
        #expect(flexai.create(key: "k1").status == 402)
        flexai.platform.settings.credit = .enough
        #expect(flexai.create(key: "k1").status == 201)
    }

    @Test func keyOfADeletedInstanceNamesItStill() throws {
        var settings = FlexAISettings()
        settings.idempotencyKeys = .honoured(lifetime: .seconds(3600))
        var flexai = FlexAI(flexai: settings)
        let id = try #require(flexai.create(key: "k1").text("instance_id"))
        _ = flexai("DELETE", "/v1/compute/instances/\(id)")
        let again = flexai.create(key: "k1")
        #expect(again.text("instance_id") == id)
        #expect(again.text("status") == "deleted")
        #expect(flexai.platform.estate.aliveCount == 0, "nothing was bought in its place")
    }

    @Test func ignoredKeyBuysTwice() {
        var flexai = FlexAI(flexai: FlexAISettings())
        let first = flexai.create(key: "k1")
        let second = flexai.create(key: "k1")
        #expect(second.status == 201)
        #expect(first.text("instance_id") != second.text("instance_id"))
    }
}
