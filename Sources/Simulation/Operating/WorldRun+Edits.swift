import Intents
import Placement
import Reconciling

extension WorldRun {
    /// Lets one line of the script happen.
    func apply(_ edit: WorldEdit, heart: Operator?) {
        switch edit {
        case .write(let file, let wishes): write(file, wishes)
        case .setValid(let isValid, let file):
            judge.note("edit", "\(file) is \(isValid ? "valid" : "invalid")")
            folder.setValid(isValid, file)
        case .setReadable(let isReadable):
            judge.note("edit", "the folder is \(isReadable ? "readable" : "unreadable")")
            folder.setReadable(isReadable)
        case .setFull(let isFull):
            judge.note("edit", "the disk is \(isFull ? "full" : "not full")")
            disk.setFull(isFull)
        case .setClock(let error):
            judge.note("edit", "the wall clock is wrong by \(error)")
            wall.set(wrongBy: error)
        case .setFaults(let permille):
            let words = permille.map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", ")
            judge.note("faults", words.isEmpty ? "none" : words)
            var faults = FaultPlan(permille: permille)
            faults.lateness = .seconds(20)
            world.withState { $0.flexai.faults = faults }
        case .befall(let kind, let call, let times):
            judge.note("faults", "\(times) x \(kind.rawValue) of \(call.rawValue)")
            world.withState { $0.flexai.faults.befall(kind, call, times: times) }
        case .lose: takeAway { .lose(.flexai, id: $0) }
        case .preempt: takeAway { .preempt(.flexai, id: $0) }
        case .setWay(let way): wire.setLongestWay(way)
        case .foreign: buyAsStranger()
        case .ask(let verb):
            judge.note("ask", "\(verb)")
            disk.ask(verb, at: wall.now)
        case .drain:
            judge.note("drain", "")
            heart?.drain()
        }
    }

    /// Something happens in the platform to the first allocation of ours that lives.
    private func takeAway(_ command: (String) -> SimulationCommand) {
        guard let first = judge.alive(disk.durable.records).first else { return }
        judge.note("faults", "\(first.id) is taken away")
        _ = world.obey(command(first.id), at: executor.clock.timestamp)
    }

    private func write(_ file: String, _ wishes: [WorldWish]) {
        let gone = Set(folder.intents(in: file).map(\.name)).subtracting(wishes.map(\.name))
        for wish in wishes {
            judge.setCap(wish.cap, of: wish.name)
            judge.note("wish", "\(wish.words) in \(file)")
        }
        if !gone.isEmpty { judge.note("wish", "without \(gone.sorted().joined(separator: ", "))") }
        folder.write(file, wishes.map(\.intent))
    }

    /// Somebody else buys with the same account.
    private func buyAsStranger() {
        let number = progress.withLock { progress in
            progress.strangers += 1
            return progress.strangers
        }
        let body = """
            {"gpu_type": "nvidia-t4", "gpu_count": 1, "cpu_cores": 8, "ram_gb": 32, "user_id": "stranger-\(number)",
             "environment": "jupyter", "frameworks": []}
            """
        let request = SimulatedRequest(
            method: "POST",
            target: "/v1/compute/instances",
            headers: [
                ("Authorization", "Bearer \(settings.key)"), ("X-Organization-ID", settings.organization),
                ("Content-Type", "application/json"),
            ],
            body: Array(body.utf8)
        )
        judge.note("stranger", String(number))
        _ = world.handle(request, to: .flexai, at: executor.clock.timestamp)
    }

    /// In the tail a person approves what is held, and says what became of purchases that nobody else can find out.
    func beHelpful() {
        let durable = disk.durable
        guard durable.requests.isEmpty else { return }
        if let held = durable.held { disk.ask(.approve(token: held.token, nil), at: wall.now) }
        guard plan.variant.needsPerson, seed.isMultiple(of: 2), executor.clock.now.offset > quietFrom + .seconds(20)
        else { return }
        let living = judge.alive(durable.records)
        let now = wall.now
        for row in durable.records.values.sorted(by: { $0.attempt < $1.attempt }) where row.phase == .unknown {
            // A person who has just seen the process die waits for what may still be on its way.
            guard now - row.openedAt > SimulatedWire.longestStray + .seconds(10) else { continue }
            if let lives = living.first(where: { $0.attempt == row.attempt.short }) {
                disk.ask(.adopt(row.key, slot: row.slot, AllocationID(rawValue: lives.id)), at: wall.now)
            } else {
                disk.ask(.abandon(row.key, slot: row.slot), at: wall.now)
            }
        }
    }
}
