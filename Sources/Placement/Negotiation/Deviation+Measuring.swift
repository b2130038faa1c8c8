import Intents

extension Deviation {
    /// How far an offer strays from the wishes that can be negotiated; what nobody states strays nowhere.
    ///
    /// Rounded up, so that a spec loosened by it lets the offer in.
    init(of offer: Offer, from spec: IntentSpec, now: Timestamp) {
        self.init()
        let terms = Terms(spec, now: now)
        if let slot = offer.hourly(slotOf: terms.count) {
            pay((slot * terms.slots).micros, terms.hourlyCap?.micros, .hourlyCost)
            pay(terms.total(slot).micros, terms.totalCap?.micros, .totalCost)
        }
        let gpu = spec.workload.resources.gpu
        miss(offer.gpuMemory?.thousandths, gpu?.memory?.thousandths, .gpuMemory)
        miss(offer.cores.map(Int64.init), gpu?.cores.map(Int64.init), .cores)
        miss(offer.clockSpeed?.thousandths, gpu?.clockSpeed?.thousandths, .clockSpeed)
        // One hundredth less is no deviation: data sheets are rounded.
        if let wished = gpu?.fp32Tflops, let stated = offer.fp32Tflops,
            stated.thousandths < wished.thousandths - wished.thousandths / 100
        {
            miss(stated.thousandths, wished.thousandths, .throughput)
        }
        miss(offer.machine?.cpu?.thousandths, spec.workload.resources.cpu?.thousandths, .cpu)
        miss(offer.machine?.memory?.thousandths, spec.workload.resources.memory?.thousandths, .memory)
    }

    private mutating func pay(_ cost: Int64, _ cap: Int64?, _ field: Field) {
        guard let cap, cost > cap else { return }
        fields.insert(field)
        price = max(price, cap > 0 ? Self.thousandths(cost - cap, of: cap) : .max)
    }

    private mutating func miss(_ stated: Int64?, _ wished: Int64?, _ field: Field) {
        guard let stated, let wished, stated < wished, wished > 0 else { return }
        fields.insert(field)
        resources = max(resources, Self.thousandths(wished - stated, of: wished))
    }

    /// A part in thousandths of the whole, rounded up.
    private static func thousandths(_ part: Int64, of whole: Int64) -> Int {
        let (high, low) = part.multipliedFullWidth(by: 1000)
        guard high < whole else { return .max }
        let (quotient, remainder) = whole.dividingFullWidth((high, low))
        return Int(clamping: remainder > 0 ? quotient + 1 : quotient)
    }
}
