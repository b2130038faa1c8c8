import Intents

/// Says why a candidate ranks where it does.
struct Because {
    /// What was asked.
    let question: Question
    /// How many offers fit.
    let total: Int

    /// The sentence for the candidate at a place in the ranking, counted from 0.
    func words(for offer: Offer, bill: Bill, place: Int) -> String {
        let measure = measure(offer, bill)
        if total == 1 { return "the only offer that fits: " + measure }
        guard place == 0 else { return "number \(place + 1) of \(total) \(kind): \(measure)" }
        return "\(praise(offer)) of \(total) offers: \(measure)"
    }

    /// What the objective compares, for a runner-up.
    private var kind: String {
        switch question.spec.objective {
        case .cost: "by cost"
        case .performance: "by speed"
        case .latency: "by latency"
        case .balanced: "by balance"
        }
    }

    /// What the best one is.
    private func praise(_ offer: Offer) -> String {
        switch question.spec.objective {
        case .cost: "lowest cost"
        case .performance: "fastest"
        case .latency: offer.latencyMs == nil ? "no latency known, earliest start" : "lowest latency"
        case .balanced: "most throughput for the money"
        }
    }

    /// The numbers that the objective looks at.
    private func measure(_ offer: Offer, _ bill: Bill) -> String {
        switch question.spec.objective {
        case .cost: price(offer, bill)
        case .performance: speed(offer) + ", " + price(offer, bill)
        case .latency: (offer.latencyMs.map { "\($0) ms" } ?? "latency unknown") + ", " + price(offer, bill)
        case .balanced: speed(offer) + " for " + price(offer, bill) + (offer.latencyMs.map { " at \($0) ms" } ?? "")
        }
    }

    private func speed(_ offer: Offer) -> String {
        guard let tflops = offer.fp32Tflops else { return "speed unknown" }
        return "\(tflops.inWords) TFLOPS × \(question.count)"
    }

    private func price(_ offer: Offer, _ bill: Bill) -> String {
        offer.hourlyPerGPU == nil ? "price unknown" : bill.wanted.inWords + "/hour"
    }
}
