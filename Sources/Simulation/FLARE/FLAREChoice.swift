import Intents

/// FLARE's choice of a resource for a wish, or the code of why there is none.
struct FLAREChoice {
    /// The chosen ware, by its place on the shelf.
    let ware: Int
    /// Replicas or tasks that it carries.
    let copies: Int
    /// What one copy costs in an hour.
    let hourlyPerCopy: Money

    /// What all copies cost in an hour.
    var hourly: Money { hourlyPerCopy * copies }

    /// The best resource of a shelf.
    ///
    /// Filters go from what cannot change to what may change soonest, so that the code says the hardest obstacle.
    init(_ wish: FLAREWish, on shelf: [SimulatedWare], settings: FLARESettings) throws(FLARERefusal) {
        var rest = shelf.indices.filter { shelf[$0].isOffered && Self.isNear(shelf[$0], wish) }
        guard !rest.isEmpty else {
            throw .unserved("REGION_UNAVAILABLE", "No resources in \(wish.location ?? "any") of the wanted providers")
        }
        let near = rest
        rest.removeAll { !Self.isKind(shelf[$0].chip, wish) }
        guard !rest.isEmpty else {
            let model = wish.model ?? "matching"
            let message = "No \(model) GPUs available in \(wish.location ?? "any") region"
            throw .unserved(
                "GPU_MODEL_UNAVAILABLE",
                message,
                Self.suggestions(near.map { shelf[$0] }, instead: wish, shelf)
            )
        }
        rest.removeAll { shelf[$0].memory < wish.memory }
        guard !rest.isEmpty else {
            throw .unserved("GPU_MEMORY_INSUFFICIENT", "No GPU has \(wish.memory)Gi of memory")
        }
        rest.removeAll { shelf[$0].capacity < wish.gpuCount }
        guard !rest.isEmpty else {
            throw .unserved("GPU_COUNT_INSUFFICIENT", "Nowhere are \(wish.gpuCount) GPUs together")
        }
        let copies =
            settings.autoScaling == .maximum && wish.isAutoScaled ? wish.copies.upperBound : wish.copies.lowerBound
        let (needed, overflow) = copies.multipliedReportingOverflow(by: wish.gpuCount)
        rest.removeAll { overflow || shelf[$0].free < needed }
        guard !rest.isEmpty else {
            throw .unserved("INSUFFICIENT_RESOURCES", "\(needed) GPUs are not free at the moment")
        }
        if settings.costLimits == .checked {
            rest.removeAll { !Self.isAffordable(shelf[$0].price * needed, wish) }
            guard !rest.isEmpty else {
                throw FLARERefusal(
                    status: 422,
                    code: "COST_LIMIT_EXCEEDED",
                    message: "The estimated cost is above the limit"
                )
            }
        }
        guard let best = rest.min(by: { Self.prefers(shelf[$0], to: shelf[$1], wish) }) else {
            preconditionFailure("the rest was looked at above")
        }
        ware = best
        self.copies = copies
        hourlyPerCopy = shelf[best].price * wish.gpuCount
    }

    private static func isNear(_ ware: SimulatedWare, _ wish: FLAREWish) -> Bool {
        // The platform's own name among the providers means any of its members.
        let providers = wish.providers.contains("flare") ? [] : wish.providers
        guard providers.isEmpty || providers.contains(ware.provider) else { return false }
        guard let location = wish.location else { return true }
        return ware.location == location || region(ware.location) == location
    }

    /// The reference's word for the part of the world where a region lies.
    private static func region(_ location: String) -> String {
        let prefixes = [
            ("eu", "EU"), ("us", "US"), ("ca", "Canada"), ("ap", "Asia"), ("sa", "Brazil"), ("in", "India"),
        ]
        return prefixes.first { location.hasPrefix($0.0) }?.1 ?? location
    }

    private static func isKind(_ chip: SimulatedChip, _ wish: FLAREWish) -> Bool {
        (wish.model.map { $0 == chip.model } ?? true)
            && (wish.tier.map { $0 == chip.tier } ?? true)
            && (wish.architecture.map { $0 == chip.architecture } ?? true)
            && (wish.computeCapability.map { isAtLeast($0, chip.computeCapability) } ?? true)
            && (wish.interconnect.map(chip.interconnects.contains) ?? true)
    }

    /// Whether a version such as `9.0` reaches another: a newer chip runs what an older one does.
    private static func isAtLeast(_ wanted: String, _ has: String) -> Bool {
        let (wanted, has) = (wanted.split(separator: ".").map { Int($0) }, has.split(separator: ".").map { Int($0) })
        guard wanted.count == 2, has.count == 2 else { return false }
        return zip(wanted, has).first { $0 != $1 }.map { ($0 ?? .max) < ($1 ?? 0) } ?? true
    }

    private static func isAffordable(_ hourly: Money, _ wish: FLAREWish) -> Bool {
        if let cap = wish.maximumHourly, hourly > cap { return false }
        if let cap = wish.maximumTotal, wish.kind != .service, let timeout = wish.timeout {
            return hourly.over(timeout) <= cap
        }
        return true
    }

    private static func prefers(_ left: SimulatedWare, to right: SimulatedWare, _ wish: FLAREWish) -> Bool {
        if wish.objective == "Performance_Maximization", left.chip.speed != right.chip.speed {
            return left.chip.speed > right.chip.speed
        }
        return (left.price.micros, left.name) < (right.price.micros, right.name)
    }

    /// Other chips of the same neighbourhood, the most expensive first, compared with the wanted one where it is known.
    private static func suggestions(
        _ near: [SimulatedWare],
        instead wish: FLAREWish,
        _ shelf: [SimulatedWare]
    ) -> [FLARERefusal.Suggestion] {
        let wanted = shelf.first { $0.chip.model == wish.model }
        return near.filter { $0.free >= wish.gpuCount }.sorted { $0.price > $1.price }.prefix(3).map { ware in
            FLARERefusal.Suggestion(
                alternative: "\(ware.chip.model) GPUs available",
                costDifference: wanted.map { percent(ware.price.micros, of: $0.price.micros) } ?? "",
                performanceImpact: wanted.map { percent(Int64(ware.chip.speed), of: Int64($0.chip.speed)) } ?? ""
            )
        }
    }

    private static func percent(_ value: Int64, of base: Int64) -> String {
        guard base > 0 else { return "" }
        let change = (value - base) * 100 / base
        return change < 0 ? "\(change)%" : "+\(change)%"
    }
}
