import Documents
import Intents
import Reconciling

extension SimulatedFLARE {
    /// Sells an allocation, or says why not.
    mutating func submit(
        _ request: SimulatedRequest,
        token: FLAREToken,
        dice: inout some RandomNumberGenerator
    ) throws(FLARERefusal) -> TransportReply {
        let body = try parsed(request.body)
        let wish = try FLAREWish(body)
        try check(objective: wish.objective)
        try checkForCrash(body, wish)
        guard settings.quota == .max || aliveCount(of: token.user) < settings.quota else {
            throw FLARERefusal(
                status: 429,
                code: "QUOTA_EXCEEDED",
                message: "Quota of \(settings.quota) intents reached"
            )
        }
        let choice = try FLAREChoice(wish, on: estate.shelf, settings: settings)
        let serial = sell(wish, choice, to: token, key: request.header("Idempotency-Key"), dice: &dice)
        return submitted(serial)
    }

    /// The tree of a body.
    func parsed(_ body: [UInt8]) throws(FLARERefusal) -> Node {
        do throws(Diagnostic) {
            return try DocumentParser.json(body)
        } catch {
            throw .format("JSON format error: \(error.message)")
        }
    }

    private mutating func sell(
        _ wish: FLAREWish,
        _ choice: FLAREChoice,
        to token: FLAREToken,
        key: String?,
        dice: inout some RandomNumberGenerator
    ) -> Int {
        let sale = SimulatedSale(
            ware: choice.ware,
            gpuCount: choice.copies * wish.gpuCount,
            hourly: choice.hourly,
            reference: wish.name,
            idempotencyKey: key
        )
        let serial = estate.sell(sale, idPrefix: "intent-", bootsFor: settings.startTime, dice: &dice)
        allocations.append(
            Allocation(name: wish.name, kind: wish.kind, user: token.user, gpuCount: wish.gpuCount)
        )
        if settings.visibilityTime > .zero {
            estate.keepFromSight(serial, until: estate.now + settings.visibilityTime)
        }
        if wish.kind != .service, let runtime = settings.jobRuntime {
            let phase = settings.jobEnding == .completed ? SimulatedPhase.completed : .failed
            estate.agenda.add(.workEnded(phase), of: serial, at: estate.now + settings.startTime + runtime)
        }
        return serial
    }

    private func aliveCount(of user: String) -> Int {
        estate.purchases.count { $0.isAlive && allocations[$0.serial].user == user }
    }

    private func check(objective: String) throws(FLARERefusal) {
        let known = [
            "Cost_Minimization", "Performance_Maximization", "Latency_Minimization", "Balanced_Optimization",
        ]
        guard known.contains(objective) || (settings.dialect == .head && objective == "Energy_Efficiency") else {
            throw .format("Unknown objective: \(objective)")
        }
    }

    /// The newer dialect falls over bodies that leave out what it takes for granted; nothing is bought then.
    private func checkForCrash(_ body: Node, _ wish: FLAREWish) throws(FLARERefusal) {
        guard settings.dialect == .head, let workload = body["intent"]?["workload"] else { return }
        let lacksPolicy = wish.kind != .service && FLAREWish.job(of: workload)?["completion_policy"] == nil
        let lacksVolumes = workload["storage"].map { $0["volumes"]?.sequence == nil } ?? false
        if lacksPolicy || lacksVolumes {
            throw FLARERefusal(status: 500, code: "INTERNAL_ERROR", message: "nil pointer dereference")
        }
    }
}
