import Intents
import Placement
import Reconciling

@testable import Simulation

/// A judge with a world and a disk of its own, fed by hand: what an operator might do, good or bad.
struct JudgeScene {
    let executor = DeterministicExecutor(seed: 1)
    let world: SimulatedWorld
    let disk: SimulatedDisk
    let judge: WorldJudge

    init(identity: WorldJudge.Identity = .named) {
        var faces = FlexAISettings()
        faces.idempotencyKeys = .ignored
        let world = SimulatedWorld(seed: 1, flexai: faces, market: WorldWish.market)
        let judge = WorldJudge(world, clock: executor.clock, identity: identity)
        self.world = world
        self.judge = judge
        disk = SimulatedDisk(watch: { judge.writes($0, $1) })
    }

    /// The promises that were broken.
    var broken: [WorldPromise] { judge.findings.breaches.map(\.promise) }

    /// Lets virtual time pass.
    func pass(_ span: Duration) {
        let clock = executor.clock
        do {
            try executor.run { do { try await clock.sleep(for: span) } catch {} }
        } catch {
            preconditionFailure("nobody else sleeps")
        }
    }

    /// A row of an attempt, opened and durable; where `isWished`, the ledger knows its intent at that moment.
    @discardableResult
    func open(
        _ attempt: String,
        of key: String = "intent-1",
        slot: Int = 0,
        replaces: String? = nil,
        shape: String = "a",
        generation: Int = 0,
        isWished: Bool = true
    ) -> AllocationRecord {
        let row = AllocationRecord(
            attempt: AttemptID(rawValue: attempt),
            key: IntentKey(rawValue: key),
            slot: slot,
            ordinal: disk.durable.records.count + 1,
            purchase: Purchase(
                offer: Offer.ID(platform: .flexai, name: "nvidia-t4"),
                model: "nvidia-t4",
                gpuCount: 1,
                hourly: Money(micros: 450_000),
                generation: generation
            ),
            shape: shape,
            reference: "",
            openedAt: executor.clock.timestamp,
            replaces: replaces.map { AttemptID(rawValue: $0) },
            body: "{}"
        )
        let isNew = isWished && judge.with { $0.stored.insert(row.key).inserted }
        disk.apply([.put(row)])
        if isNew { judge.with { _ = $0.stored.remove(row.key) } }
        return row
    }

    /// The platform sells, for an attempt; returns the id.
    @discardableResult
    func buy(_ attempt: String?) -> String {
        let request = Self.request("POST", "", attempt: attempt)
        judge.arrives(request, disk: disk)
        let simulated = SimulatedRequest(
            method: "POST",
            target: "/v1/compute/instances",
            headers: request.headers + [
                ("Authorization", "Bearer simulated-key"), ("X-Organization-ID", "simulated-organization"),
                ("Content-Type", "application/json"),
            ],
            body: Array(Caller<SimulatedFlexAI>.body("nvidia-t4", count: 1).utf8)
        )
        let reply = world.handle(simulated, to: .flexai, at: executor.clock.timestamp).wholeReply
        judge.answered(request, reply, disk: disk)
        return reply.flatMap { Answer($0).text("instance_id") } ?? ""
    }

    /// An attempt that was opened, bought and written down.
    @discardableResult
    func fill(
        _ attempt: String,
        of key: String = "intent-1",
        slot: Int = 0,
        replaces: String? = nil,
        shape: String = "a"
    ) -> AllocationRecord {
        var row = open(attempt, of: key, slot: slot, replaces: replaces, shape: shape)
        row.id = AllocationID(rawValue: buy(attempt))
        row.phase = .live
        disk.apply([.put(row)])
        return row
    }

    /// An intent becomes durable.
    func store(_ name: String, generation: Int = 1, _ change: (inout IntentSpec) -> Void = { _ in }) {
        var spec = IntentSpec()
        change(&spec)
        let stored = StoredIntent(
            key: IntentKey(rawValue: name),
            file: "\(name).yaml",
            generation: generation,
            createdAt: executor.clock.timestamp,
            intent: Intent(name: name, spec: spec)
        )
        disk.apply([.intent(stored)])
    }

    /// A row runs, as its platform was seen to say, and that becomes durable.
    func run(_ row: AllocationRecord) {
        var row = row
        row.sighting = Sighting(
            Observation(id: row.id ?? AllocationID(rawValue: ""), state: .running, rawState: "running"),
            at: executor.clock.timestamp
        )
        disk.apply([.put(row)])
    }

    /// A row gets into a phase, and that becomes durable.
    func move(_ row: AllocationRecord, _ phase: AllocationRecord.Phase, _ reason: Ending.Reason = .withdrawn) {
        var row = row
        row.phase = phase
        row.ending = Ending(reason: reason, wantedAt: executor.clock.timestamp)
        disk.apply([.put(row)])
    }

    /// The operator asks the platform something about an allocation, and is answered so.
    func ask(_ method: String, _ id: String, answer status: Int) {
        let request = Self.request(method, "/" + id, attempt: nil)
        judge.arrives(request, disk: disk)
        judge.answered(request, TransportReply(status: status), disk: disk)
    }

    /// The platform deletes an allocation in truth.
    func delete(_ id: String) { _ = world.obey(.lose(.flexai, id: id), at: executor.clock.timestamp) }

    static func request(_ method: String, _ path: String, attempt: String?) -> TransportRequest {
        TransportRequest(
            method: method,
            url: "https://flexai.example/v1/compute/instances" + path,
            headers: attempt.map { [("Idempotency-Key", $0)] } ?? []
        )
    }
}
