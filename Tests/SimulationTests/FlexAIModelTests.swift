import Documents
import Intents
import Testing

@testable import Simulation

/// FlexAI against a model so simple that it is right at a glance: random calls, and both must say the same.
@Suite struct FlexAIModelTests {
    /// An instance in the model: a few moments and nothing that happens by itself.
    private struct Instance {
        let id: String
        let createdAt: Int64
        let gpuCount: Int
        var stopAt: Int64?
        var deleteAt: Int64?
    }

    /// The model: everything is computed from the moments when it is asked.
    private struct Model {
        let boot: Int64
        let stop: Int64
        let delete: Int64
        var instances: [Instance] = []

        func isGone(_ instance: Instance, at now: Int64) -> Bool {
            instance.deleteAt.map { now >= $0 + delete } ?? false
        }

        func status(_ instance: Instance, at now: Int64) -> String {
            if instance.deleteAt != nil { return "deleting" }
            if let asked = instance.stopAt { return now >= asked + stop ? "stopped" : "stopping" }
            return now >= instance.createdAt + boot ? "running" : "pending"
        }

        /// Seconds of GPUs that are billed until `now`.
        func gpuSeconds(at now: Int64) -> Int64 {
            instances.reduce(0) { sum, instance in
                let end = min(now, instance.deleteAt.map { $0 + delete } ?? now)
                return sum + (end - instance.createdAt) * Int64(instance.gpuCount)
            }
        }
    }

    @Test(arguments: 0..<40)
    func randomCallsAgreeWithTheModel(_ seed: Int) throws {
        var dice = Dice(seed: UInt64(seed) &* 77)
        var model = Model(
            boot: Int64.random(in: 0...40, using: &dice),
            stop: Int64.random(in: 0...20, using: &dice),
            delete: Int64.random(in: 0...40, using: &dice)
        )
        var settings = FlexAISettings()
        settings.bootTime = .seconds(model.boot)
        settings.stopTime = .seconds(model.stop)
        settings.deleteTime = .seconds(model.delete)
        // 3.60 EUR an hour is a thousandth of a euro a second: no rounding gets in the way.
        let shelf = [SimulatedWare(flexai: "gpu", .t4, memory: 16, euros: 3.6, capacity: 100_000)]
        var flexai = Caller(flexai: settings, shelf: shelf)
        var now = Int64(0)
        for step in 0..<120 {
            now += Int64.random(in: 0...15, using: &dice)
            flexai.now = second(now)
            try Self.act(on: &model, &flexai, now, &dice)
            Self.compare(model, &flexai, now, "seed \(seed), step \(step)")
        }
    }

    /// Does one thing to both.
    private static func act(
        on model: inout Model,
        _ flexai: inout Caller<SimulatedFlexAI>,
        _ now: Int64,
        _ dice: inout Dice
    ) throws {
        guard let place = model.instances.indices.randomElement(using: &dice), Int.random(in: 0..<3, using: &dice) > 0
        else {
            let count = Int.random(in: 1...8, using: &dice)
            let id = try #require(flexai.create("gpu", count: count).text("instance_id"))
            model.instances.append(Instance(id: id, createdAt: now, gpuCount: count))
            return
        }
        let instance = model.instances[place]
        let isGone = model.isGone(instance, at: now)
        if Bool.random(using: &dice) {
            let answer = flexai("POST", "/v1/compute/instances/\(instance.id)/stop")
            #expect(answer.status == (isGone ? 404 : 200))
            if !isGone, instance.stopAt == nil { model.instances[place].stopAt = now }
        } else {
            let answer = flexai("DELETE", "/v1/compute/instances/\(instance.id)")
            #expect(answer.status == (isGone ? 404 : 200))
            if !isGone, instance.deleteAt == nil { model.instances[place].deleteAt = now }
        }
    }

    /// Both must show the same list, statuses and bill.
    private static func compare(
        _ model: Model,
        _ flexai: inout Caller<SimulatedFlexAI>,
        _ now: Int64,
        _ place: String
    ) {
        let list = flexai("GET", "/v1/compute/instances").entries("instances")
        let shown = list.map { "\($0["instance_id"]?.string ?? "") \($0["status"]?.string ?? "")" }
        let living = model.instances.filter { !model.isGone($0, at: now) }
        #expect(shown == living.map { "\($0.id) \(model.status($0, at: now))" }, "\(place)")
        let bill = flexai.platform.estate.cost(at: second(now))
        #expect(bill == Money(micros: model.gpuSeconds(at: now) * 1000), "\(place)")
    }
}
