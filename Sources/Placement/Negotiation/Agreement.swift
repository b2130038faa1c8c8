package import Intents

/// What was settled instead of the wish: how far an offer may stray, or another kind of offer altogether.
package struct Agreement: Hashable, Sendable {
    /// How far an offer may stray from the wish.
    package var deviation: Deviation
    /// The other kind that was fallen back on; nil where none was.
    package var fallback: Negotiation.Fallback?
    /// The tier that was fallen back on, for `lower_tier`.
    package var tier: GPUWish.Tier?

    /// An agreement from its parts.
    package init(
        _ deviation: Deviation = Deviation(),
        fallback: Negotiation.Fallback? = nil,
        tier: GPUWish.Tier? = nil
    ) {
        self.deviation = deviation
        self.fallback = fallback
        self.tier = tier
    }

    /// The agreement for people.
    package var words: String {
        switch fallback {
        case .lowerTier: "a lower tier: \(tier?.rawValue ?? "any")"
        case .shared: "shared GPUs"
        case .spot: "spot allocations"
        case .queue, .fail, nil: deviation.words
        }
    }
}

extension IntentSpec {
    /// The spec as it was settled: nothing is loosened that the agreement does not name.
    package func settled(by agreement: Agreement) -> IntentSpec {
        var spec = loosened(by: agreement.deviation)
        switch agreement.fallback {
        case .lowerTier: spec.lower(to: agreement.tier)
        case .shared:
            var gpu = spec.workload.resources.gpu ?? GPUWish()
            gpu.shared = true
            gpu.dedicated = false
            spec.workload.resources.gpu = gpu
        case .spot: spec.constraints.preemptible = true
        case .queue, .fail, nil: break
        }
        return spec
    }

    /// The spec with the caps and wishes of a deviation loosened as far as it goes.
    ///
    /// Amounts are rounded so that nothing is loosened further than that.
    package func loosened(by deviation: Deviation) -> IntentSpec {
        var spec = self
        func cap(_ amount: Money?, _ field: Deviation.Field) -> Money? {
            deviation.fields.contains(field) ? amount?.raised(by: deviation.price) : amount
        }
        func least(_ amount: Quantity?, _ field: Deviation.Field) -> Quantity? {
            guard deviation.fields.contains(field) else { return amount }
            return amount.map { Quantity(thousandths: $0.thousandths.lowered(by: deviation.resources)) }
        }
        spec.constraints.maxHourlyCost = cap(constraints.maxHourlyCost, .hourlyCost)
        spec.constraints.maxTotalCost = cap(constraints.maxTotalCost, .totalCost)
        spec.workload.resources.cpu = least(workload.resources.cpu, .cpu)
        spec.workload.resources.memory = least(workload.resources.memory, .memory)
        guard var gpu = workload.resources.gpu else { return spec }
        gpu.memory = least(gpu.memory, .gpuMemory)
        gpu.clockSpeed = least(gpu.clockSpeed, .clockSpeed)
        gpu.fp32Tflops = least(gpu.fp32Tflops, .throughput)
        if deviation.fields.contains(.cores) {
            gpu.cores = gpu.cores.map { Int(Int64($0).lowered(by: deviation.resources)) }
        }
        spec.workload.resources.gpu = gpu
        return spec
    }

    /// Asks for any GPU of a tier: what names the GPU or its speed goes, what the work needs to run at all stays.
    private mutating func lower(to tier: GPUWish.Tier?) {
        guard let tier else { return }
        var gpu = workload.resources.gpu ?? GPUWish()
        gpu.tier = tier
        gpu.model = nil
        gpu.architecture = nil
        gpu.cores = nil
        gpu.clockSpeed = nil
        gpu.fp32Tflops = nil
        workload.resources.gpu = gpu
    }
}

extension Money {
    /// The amount and so many thousandths of it, rounded down.
    fileprivate func raised(by thousandths: Int) -> Money {
        let (high, low) = micros.multipliedFullWidth(by: Int64(thousandths))
        guard micros >= 0, high < 1000 else { return micros < 0 ? self : Money(micros: .max) }
        return self + Money(micros: Int64(1000).dividingFullWidth((high, low)).quotient)
    }
}

extension Int64 {
    /// The amount less so many thousandths of it, rounded up.
    fileprivate func lowered(by thousandths: Int) -> Int64 {
        let (high, low) = multipliedFullWidth(by: Int64(thousandths))
        guard self > 0, high < 1000 else { return self }
        return self - Int64(1000).dividingFullWidth((high, low)).quotient
    }
}
