import Intents

/// `workload.resources.gpu.cores`: cores of each GPU, at least.
struct CoresRule: StatedRule {
    /// The least that will do.
    let least: Int
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        question.gpu.cores.map { Self(least: $0, unstated: question.policy.unstated(.gpu)) }
    }

    var name: String { "workload.resources.gpu.cores" }
    var wish: String { "\(least)" }
    var scope: RuleScope { .gpu }
    var silence: String { "say how many cores it has" }

    func stated(by offer: Offer) -> Int? { offer.cores }
    func grants(_ stated: Int) -> Bool { stated >= least }
    func objection(_ stated: Int) -> String { "it has \(stated) cores" }
}
