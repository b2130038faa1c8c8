import Documents
import Intents
import Placement
import Reconciling

/// Writes the whole intent as the order of one offer.
struct FLAREOrder {
    /// The longest name that FLARE's cluster takes.
    static let longestName = 63
    /// What a job may take where nothing says it: a year.
    static let longestJob = Duration.seconds(8760 * 3600)
    /// The variable that tells a container which attempt's checkpoint it goes on from.
    static let continuing = "INTENT_OPERATOR_CONTINUES"

    private let dialect: FLAREDialect

    /// Orders in this dialect.
    init(_ dialect: FLAREDialect) { self.dialect = dialect }

    /// What will be sent: the same order gives the same text.
    func prepared(_ order: Order) -> PreparedOrder {
        let name = Self.name(order.spec.workload.name, attempt: order.attempt)
        var spec = order.spec
        spec.workload.name = name
        if let continued = order.continues { spec.workload.env.append("\(Self.continuing)=\(continued.rawValue)") }
        pin(&spec, to: order.candidate)
        bound(&spec, order)
        var body = IntentEncoder.flare(spec, .complete)
        if dialect == .head { body = HeadDialect.translated(body) }
        return PreparedOrder(attempt: order.attempt, reference: name, body: DocumentPrinter.json(body))
    }

    /// `<name>-<first 8 of the attempt>`, the name cut so that it all stays a valid name.
    static func name(_ workload: String, attempt: AttemptID) -> String { name(workload, attempt: attempt.short) }

    /// The same from the eight digits.
    static func name(_ workload: String, attempt: String) -> String {
        var base = workload.prefix(longestName - 1 - attempt.count)
        while let last = base.last, last == "-" || last == "." { base.removeLast() }
        return base.isEmpty ? attempt : "\(base)-\(attempt)"
    }

    /// The eight digits of an attempt with which a name ends; nil where it does not end so.
    static func attempt(in name: String) -> String? {
        let digits = String(name.suffix(8))
        guard OwnReference.isAttempt(digits), name == digits || name.dropLast(8).last == "-" else { return nil }
        return digits
    }

    /// Leaves FLARE no choice but the offer that was chosen and paid for in our books.
    private func pin(_ spec: inout IntentSpec, to candidate: Candidate) {
        let offer = candidate.offer
        spec.constraints.providers = offer.provider.map { [$0] } ?? []
        spec.constraints.location = offer.location ?? spec.constraints.location
        spec.constraints.availabilityZone = offer.zone ?? spec.constraints.availabilityZone
        var gpu = spec.workload.resources.gpu ?? GPUWish()
        if let model = FLAREOfferName.model(in: offer.id.name) {
            gpu.model = model
            // The terms of something older may name a lower tier than what was chosen now, and nothing is both.
            if gpu.tier != nil { gpu.tier = offer.tier }
        }
        spec.workload.resources.gpu = gpu
    }

    /// States every bound, so that no default of the platform's own takes effect.
    private func bound(_ spec: inout IntentSpec, _ order: Order) {
        switch spec.workload.kind {
        case .service:
            var scaling = spec.workload.scaling ?? Workload.Scaling()
            scaling.maxReplicas = order.candidate.maxReplicas ?? max(scaling.maxReplicas, scaling.minReplicas)
            if spec.workload.scaling == nil, order.candidate.maxReplicas == nil { scaling.maxReplicas = 1 }
            scaling.minReplicas = min(scaling.minReplicas, scaling.maxReplicas)
            spec.workload.scaling = scaling
        case .job, .batch:
            var job = spec.workload.job ?? Workload.JobSettings()
            job.timeout = order.jobTimeout ?? job.timeout ?? Self.longestJob
            spec.workload.job = job
        }
    }
}
