import Documents
package import Intents
package import Placement
package import Reconciling

/// A command to the simulated world that is no platform's API: what `/_simulation/…` offers.
package enum SimulationCommand: Sendable, Hashable {
    /// A platform loses an allocation.
    case lose(PlatformName, id: String)
    /// A platform stops an allocation by itself and bills it on.
    case preempt(PlatformName, id: String)
    /// An allocation gets another number of GPUs, as when a service scales itself.
    case resize(PlatformName, id: String, gpuCount: Int)
    /// A ware gets another price for what is bought from now on.
    case setPrice(PlatformName, ware: String, Money)
    /// A ware gets another number of GPUs.
    case setCapacity(PlatformName, ware: String, Int)
    /// A ware is offered, or the platform says that there is none.
    case setOffered(PlatformName, ware: String, Bool)
    /// FlexAI's account can pay, or cannot.
    case setCredit(FlexAISettings.Credit)
    /// Chance plays, or does not.
    case setWeather(FaultPlan.Weather)
    /// A kind of fault gets a chance, in thousandths, on both platforms.
    case setChance(FaultKind, permille: Int)
    /// The next calls of a sort to a platform suffer a kind of fault for certain.
    case befall(PlatformName, FaultKind, PlatformCall, times: Int)
}

extension SimulatedWorld {
    /// Obeys a command; false where it speaks of something that is not there.
    package func obey(_ command: SimulationCommand, at now: Timestamp) -> Bool {
        withState { state in
            switch command {
            case .lose(let platform, let id):
                return state.change(platform, at: now, id) { estate, serial in estate.lose(serial) }
            case .preempt(let platform, let id):
                let phase = platform == .flexai ? SimulatedFlexAI.preemptedPhase : SimulatedFLARE.preemptedPhase
                return state.change(platform, at: now, id) { estate, serial in estate.preempt(serial, to: phase) }
            case .resize(let platform, let id, let gpuCount):
                var isDone = false
                let isThere = state.change(platform, at: now, id) { isDone = $0.resize($1, to: gpuCount) }
                return isThere && isDone
            case .setPrice(let platform, let ware, let price):
                return state.changeWare(platform, at: now, ware) { $0.price = price }
            case .setCapacity(let platform, let ware, let capacity):
                return state.changeWare(platform, at: now, ware) { $0.capacity = max(0, capacity) }
            case .setOffered(let platform, let ware, let isOffered):
                return state.changeWare(platform, at: now, ware) { $0.isOffered = isOffered }
            case .setCredit(let credit):
                state.flexai.platform.settings.credit = credit
                return true
            case .setWeather(let weather):
                state.flexai.faults.weather = weather
                state.flare.faults.weather = weather
                return true
            case .setChance(let kind, let permille):
                guard (0...1000).contains(permille) else { return false }
                state.flexai.faults.permille[kind] = permille
                state.flare.faults.permille[kind] = permille
                return true
            case .befall(let platform, let kind, let call, let times):
                guard kind.befalls(call), times > 0 else { return false }
                switch platform {
                case .flexai: state.flexai.faults.befall(kind, call, times: times)
                case .flare: state.flare.faults.befall(kind, call, times: times)
                default: return false
                }
                return true
            }
        }
    }

    /// Answers a request below `/_simulation`: `GET /books`, `GET /history/PLATFORM`, `POST /command` with a JSON object.
    ///
    /// Nil where the path is none of these. For loopback only: nobody is asked for a key.
    package func answerControl(_ request: SimulatedRequest, at now: Timestamp) -> TransportReply? {
        let parts = request.segments
        guard parts.first == "_simulation", parts.count >= 2 else { return nil }
        switch (request.method, parts[1], parts.count) {
        case ("GET", "books", 2): return .node(200, books(at: now))
        case ("GET", "history", 3):
            let platform = PlatformName(rawValue: String(parts[2]))
            let history = withState { state in state.withEstate(of: platform, at: now) { $0.history() } }
            return history.map { .node(200, $0) } ?? .controlError(404, "no such platform: \(platform.rawValue)")
        case ("POST", "command", 2):
            let reply = obey(request, at: now)
            if reply.status == 200 { note(request, at: now) }
            return reply
        default: return .controlError(404, "known are GET books, GET history/PLATFORM and POST command")
        }
    }
}

extension SimulatedWorld {
    /// Obeys a command that came as a JSON object.
    func obey(_ request: SimulatedRequest, at now: Timestamp) -> TransportReply {
        do throws(Diagnostic) {
            let command = try SimulationCommand(DocumentParser.json(request.body))
            return obey(command, at: now)
                ? .json(200) { $0.member("done", true) } : .controlError(404, "there is no such thing")
        } catch {
            return .controlError(400, error.description)
        }
    }
}

extension SimulatedWorld.State {
    /// Changes something about an allocation that lives; false where there is none of that id.
    fileprivate mutating func change(
        _ platform: PlatformName,
        at now: Timestamp,
        _ id: String,
        _ body: (inout SimulatedEstate, Int) -> Void
    ) -> Bool {
        withEstate(of: platform, at: now) { estate in
            guard let serial = estate.serial(id), estate.purchases[serial].isAlive else { return false }
            body(&estate, serial)
            return true
        } ?? false
    }

    /// Changes something about a ware; false where there is none of that name.
    fileprivate mutating func changeWare(
        _ platform: PlatformName,
        at now: Timestamp,
        _ name: String,
        _ body: (inout SimulatedWare) -> Void
    ) -> Bool {
        withEstate(of: platform, at: now) { estate in
            guard let place = estate.ware(named: name) else { return false }
            body(&estate.shelf[place])
            return true
        } ?? false
    }
}

extension TransportReply {
    fileprivate static func controlError(_ status: Int, _ message: String) -> TransportReply {
        .json(status) { $0.member("error", message) }
    }
}
