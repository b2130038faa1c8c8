import Intents

/// `workload.resources.gpu.clock_speed`: clock of each GPU, at least.
struct ClockRule: StatedRule {
    /// The least that will do.
    let least: Quantity
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.gpu.clockSpeed.map { Self(least: $0, unstated: question.policy.unstated(.gpu)) }
    }

    var name: String { "workload.resources.gpu.clock_speed" }
    var wish: String { least.inGigahertz }
    var scope: RuleScope { .gpu }
    var silence: String { "state its clock" }

    func stated(by offer: Offer) -> Quantity? { offer.clockSpeed }
    func grants(_ stated: Quantity) -> Bool { stated >= least }
    func objection(_ stated: Quantity) -> String { "it runs at \(stated.inGigahertz)" }
}
