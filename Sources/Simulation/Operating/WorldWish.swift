package import Intents
import Placement
import Reconciling

/// What a scripted person wants of one intent, in few words; knows what it must come to.
package struct WorldWish: Hashable, Sendable {
    /// The intent's name.
    package var name: String
    /// How many replicas or tasks.
    package var slots: Int
    /// Which GPU.
    package var chip: Chip
    /// How many GPUs a slot.
    package var gpus: Int
    /// How dear it may be, in percent of what the slots cost; nil for no cap.
    package var capPercent: Int?
    /// Counts the changes of the image.
    package var image = 0
    /// Set for a job, which ends by its timeout; nil for a service.
    package var jobTimeout: Duration?
    /// Whether the first task of a job that succeeds ends it.
    package var firstWins = false
    /// The group whose quota it keeps with others; nil where it is in none.
    package var team: Team?
    /// Set while it is suspended.
    package var suspension: Suspension.Mode?
    /// Whether it is frozen.
    package var isPaused = false
    /// Where it may live.
    var place = Place.flexai
    /// The names of what it depends on.
    var dependsOn: [String] = []
    /// When its availability window is closed, counted from the start of the world; nil for never.
    var closure: Closure?
    /// The most replicas where their number follows the load; nil where it does not.
    var mostReplicas: Int?

    /// For how long its total cap pays for all slots; nil for no such cap.
    var paidTime: Duration?
    /// How often a task of a job may be tried again; nil where the intent says nothing.
    var retries: Int?
    /// How far its cap may be passed; nil for not at all.
    var bargain: Negotiation?

    /// A time in which nothing may live.
    struct Closure: Hashable, Sendable {
        /// When it begins.
        var from: Duration
        /// When it ends.
        var until: Duration
    }

    /// Where an intent may live.
    package enum Place: String, Hashable, Sendable, CaseIterable {
        /// On FlexAI alone.
        case flexai
        /// On FLARE alone.
        case flare
        /// On either, one at a time.
        case either

        /// The platforms, by name.
        var providers: [String] {
            switch self {
            case .flexai: ["flexai"]
            case .flare: ["flare"]
            case .either: ["flexai", "flare"]
            }
        }
    }

    /// A GPU that both platforms sell, with its price on FlexAI, which is never less than the lowest on FLARE.
    package struct Chip: Hashable, Sendable {
        /// The name in intents.
        let model: String
        /// What one costs in an hour on FlexAI.
        let flexai: Money

        /// The ones that scripts choose among; each is sold by FlexAI in one form only.
        static let all = [
            Chip(model: "nvidia-h100", flexai: Money(micros: 4_800_000)),
            Chip(model: "nvidia-l4", flexai: Money(micros: 800_000)),
            Chip(model: "nvidia-t4", flexai: Money(micros: 450_000)),
            Chip(model: "nvidia-rtx-4090", flexai: Money(micros: 700_000)),
            Chip(model: "nvidia-rtx-3090", flexai: Money(micros: 400_000)),
        ]
    }

    /// Groups whose intents keep a quota together, which is now and then too small.
    package enum Team: String, Hashable, Sendable, CaseIterable {
        /// Shares so many GPUs.
        case shared
        /// Shares so much money an hour.
        case thrifty

        /// What it keeps.
        var quota: Quota {
            let selector = ["team": rawValue]
            return switch self {
            case .shared: Quota(selector: selector, maxGPUs: 8)
            case .thrifty: Quota(selector: selector, maxHourlyCost: Money(micros: 4_000_000))
            }
        }
    }

    /// The most slots that a script asks for.
    static let mostSlots = 4

    /// What both platforms sell: the chips that scripts choose among, and plenty of each.
    static let market: SimulatedMarket = {
        let models = Set(Chip.all.map(\.model))
        let standard = SimulatedMarket.standard.capacity(times: 10)
        return SimulatedMarket(
            flexai: standard.flexai.filter { models.contains($0.chip.model) },
            flare: standard.flare.filter { models.contains($0.chip.model) }
        )
    }()

    /// What the slots cost in an hour.
    var need: Money { chip.flexai * gpus * slots }

    /// The most that it may cost in all.
    var totalCap: Money? { paidTime.map { need.over($0) } }

    /// The most that it may cost in an hour.
    var cap: Money? { capPercent.map { Money(micros: need.micros / 100 * Int64($0)) } }

    /// The wish in a line, for traces.
    var words: String {
        var words = "\(name) (\(place.rawValue)): \(slots) x \(gpus) x \(chip.model), image \(image)"
        if let cap { words += ", cap \(cap)" }
        if let jobTimeout { words += ", job of \(jobTimeout)\(firstWins ? ", first wins" : "")" }
        if let team { words += ", in the team \(team.rawValue)" }
        if let bargain { words += ", negotiable for \(bargain.timeoutSeconds) s, then \(bargain.fallback.rawValue)" }
        if let suspension { words += ", suspended (\(suspension.rawValue))" }
        if !dependsOn.isEmpty { words += ", depends on \(dependsOn.joined(separator: " "))" }
        if let closure { words += ", closed from \(closure.from) to \(closure.until)" }
        if let totalCap { words += ", \(totalCap) in all" }
        if let retries { words += ", \(retries) retries" }
        if let mostReplicas { words += ", up to \(mostReplicas) by its load" }
        return isPaused ? words + ", paused" : words
    }

    /// The intent as it stands in a file.
    var intent: Intent {
        var spec = IntentSpec()
        spec.objective = .cost
        spec.workload.kind = jobTimeout == nil ? .service : .job
        spec.workload.name = name
        spec.workload.image = "registry.example/model:\(image)"
        var gpu = GPUWish()
        gpu.model = chip.model
        gpu.count = gpus
        spec.workload.resources.gpu = gpu
        if let jobTimeout {
            var job = Workload.JobSettings()
            job.parallelTasks = slots
            job.timeout = jobTimeout
            job.completionPolicy = firstWins ? .any : .all
            if let retries { job.maxRetries = retries }
            spec.workload.job = job
        } else {
            var scaling = Workload.Scaling()
            scaling.minReplicas = slots
            scaling.maxReplicas = mostReplicas ?? slots
            scaling.autoScale = mostReplicas != nil
            spec.workload.scaling = scaling
        }
        spec.constraints.maxHourlyCost = cap
        spec.constraints.maxTotalCost = totalCap
        spec.constraints.negotiation = bargain
        spec.constraints.providers = place.providers
        if let suspension {
            var suspend = Suspension()
            suspend.reason = "the script says so"
            suspend.mode = suspension
            spec.suspend = suspend
        }
        if isPaused { spec.paused = Pause() }
        spec.dependsOn = dependsOn
        if let closure {
            var window = AvailabilityWish.MaintenanceWindow()
            window.start = DeterministicExecutor.usualEpoch + closure.from
            window.end = DeterministicExecutor.usualEpoch + closure.until
            var availability = AvailabilityWish()
            availability.maintenanceWindows = [window]
            spec.constraints.availability = availability
        }
        return Intent(name: name, labels: team?.quota.selector ?? [:], spec: spec)
    }

    /// A wish as the dice fall.
    static func random(_ name: String, _ dice: inout Dice) -> WorldWish {
        var wish = WorldWish(
            name: name,
            slots: Int.random(in: 1...3, using: &dice),
            chip: Chip.all[Int.random(in: 0..<Chip.all.count, using: &dice)],
            gpus: Int.random(in: 1...2, using: &dice)
        )
        wish.place = Place.allCases[Int.random(in: 0..<Place.allCases.count, using: &dice)]
        wish.capPercent = randomCap(&dice)
        if Int.random(in: 0..<6, using: &dice) == 0 {
            wish.jobTimeout = .seconds(Int64.random(in: 60...200, using: &dice))
        }
        // Drawn aside, so that the histories of known seeds stay as they are.
        var aside = dice
        wish.firstWins = wish.jobTimeout != nil && Bool.random(using: &aside)
        wish.team = Int.random(in: 0..<5, using: &aside) == 0 ? .shared : nil
        return wish
    }

    /// A cap as the dice fall: none, tight, with room for a surge, wide, or too low.
    static func randomCap(_ dice: inout Dice) -> Int? {
        switch Int.random(in: 0..<10, using: &dice) {
        case 0...2: nil
        case 3...4: 100
        case 5...6: 160
        case 7...8: 300
        default: 60
        }
    }
}

extension IntentSpec {
    /// The most that it may cost in an hour before anybody is asked; nil where it says nothing.
    var hourlyCapUnasked: Money? { hourlyCap(within: constraints.negotiation?.radii.first) }

    /// The most that it may cost in an hour where it may stray so far from what is written; nil where it says nothing.
    func hourlyCap(within deviation: Deviation?) -> Money? {
        (deviation.map(loosened) ?? self).constraints.maxHourlyCost
    }
}
