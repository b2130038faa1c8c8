import Intents

/// The offers that grant the most of an intent's wishes, where none grants them all.
///
/// The fewest wishes that would have to be given up come first. Of equally few, those that leave most of what was wished
/// for, then what computes as much as was wished for, then what costs least. Of offers that a person would read alike only
/// the nearest is kept. Lanes are taken in the order of the wishes that they fail as a whole, and once enough is found the
/// rest, which can only be farther off, is never looked at.
struct Misses {
    /// How many are wanted: the nearest, and as many alternatives as are shown.
    static let wanted = 4

    /// An offer with the wishes that it does not grant.
    struct Miss {
        /// Where it stands in the market.
        let index: Int
        /// The wishes that it does not grant.
        let mask: UInt64
        /// How many those are; what its platform could not run, whatever is given up, comes after all others.
        let level: Int
        /// How much giving up these wishes leaves; less is better.
        let rank: Int
        /// How far its throughput is from what was wished for.
        let distance: Int64
        /// What one slot costs in an hour; more than anything where that is not stated.
        let cost: Int64
        /// What a person reads of it.
        let look: Look
    }

    /// What a person reads of an offer: equal where seller, region, model, memory and number of GPUs are.
    struct Look: Hashable {
        var seller: UInt32
        var gpu: UInt32
        var place: UInt32
    }

    /// More than any number of wishes.
    static let ineligible = 65

    /// Which wishes each offer does not grant.
    let masks: FailureMasks
    /// How much is lost by giving up each wish.
    let weights: [Int]
    /// The wish that says where a workload cannot run at all.
    let eligibility: UInt64
    /// The throughput of each GPU that was wished for.
    let wishedThroughput: Int64?
    /// The nearest, sorted.
    private(set) var nearest: [Miss] = []
    /// How many offers grant every wish.
    private(set) var fitting = 0

    /// Nothing has been looked at.
    init(_ masks: FailureMasks, weights: [Int], eligibility: UInt64, wishedThroughput: Int64?) {
        self.masks = masks
        self.weights = weights
        self.eligibility = eligibility
        self.wishedThroughput = wishedThroughput
        nearest.reserveCapacity(Self.wanted + 1)
    }

    /// Looks through the lanes that are allowed.
    mutating func look(where isAllowed: (Lane) -> Bool) {
        let lanes = masks.market.index.lanes
        var found: [(level: Int, lane: Int)] = []
        var starts = [Int](repeating: 0, count: 2 * Self.ineligible + 1)
        found.reserveCapacity(lanes.count)
        for index in lanes.indices where isAllowed(lanes[index]) {
            let level = level(masks.roughMask(lanes[index]))
            found.append((level, index))
            starts[level + 1] += 1
        }
        for level in starts.indices.dropFirst() { starts[level] += starts[level - 1] }
        var order = [Int](repeating: 0, count: found.count)
        for (level, lane) in found {
            order[starts[level]] = lane
            starts[level] += 1
        }
        for lane in order {
            guard level(masks.roughMask(lanes[lane])) <= worst else { return }
            look(through: lanes[lane])
        }
    }

    /// The level beyond which nothing is wanted any more.
    private var worst: Int { nearest.count < Self.wanted ? .max : nearest[Self.wanted - 1].level }

    /// How many wishes are not granted, or more than that where the platform is no place for the workload.
    private func level(_ mask: UInt64) -> Int {
        mask.nonzeroBitCount + (mask & eligibility != 0 ? Self.ineligible : 0)
    }

    /// Looks through one lane.
    private mutating func look(through lane: Lane) {
        let view = masks.view(lane)
        var worst = worst
        guard level(view.mask) <= worst else { return }
        let difference = (lane.fp32Tflops?.thousandths ?? 0).subtractingReportingOverflow(wishedThroughput ?? 0)
        let distance = difference.overflow ? .max : Int64(clamping: difference.partialValue.magnitude)
        let index = masks.market.index
        for row in index.rows[lane.rows] {
            let cost = masks.costMask(row, view)
            // What follows costs as much or more.
            if cost != 0, level(view.mask | cost) > worst { return }
            let mask = masks.mask(row, view) | cost
            let level = level(mask)
            if mask == 0 { fitting += 1 }
            guard level <= worst else { continue }
            let miss = Miss(
                index: Int(row.offer),
                mask: mask,
                level: level,
                rank: rank(mask),
                distance: distance,
                cost: lane.slotPrice(row.price, masks.terms)?.micros ?? .max,
                look: Look(
                    seller: lane.seller,
                    gpu: index.classes.lookOfGPU[Int(lane.gpu)],
                    place: index.classes.regionOfSite[Int(row.site)]
                )
            )
            keep(miss)
            worst = self.worst
        }
    }

    /// How much giving up the wishes of a mask leaves.
    private func rank(_ mask: UInt64) -> Int {
        var (rest, rank) = (mask, 0)
        while rest != 0 {
            rank += weights[rest.trailingZeroBitCount]
            rest &= rest - 1
        }
        return rank
    }

    /// Takes in an offer where it is among the nearest; of those that read alike only the nearest.
    private mutating func keep(_ miss: Miss) {
        if nearest.count == Self.wanted, let last = nearest.last, !isNearer(miss, than: last) { return }
        if let twin = nearest.firstIndex(where: { $0.look == miss.look }) {
            guard isNearer(miss, than: nearest[twin]) else { return }
            nearest.remove(at: twin)
        }
        var place = nearest.count
        while place > 0, isNearer(miss, than: nearest[place - 1]) { place -= 1 }
        nearest.insert(miss, at: place)
        if nearest.count > Self.wanted { nearest.removeLast() }
    }

    private func isNearer(_ left: Miss, than right: Miss) -> Bool {
        if left.level != right.level { return left.level < right.level }
        if left.rank != right.rank { return left.rank < right.rank }
        if left.distance != right.distance { return left.distance < right.distance }
        if left.cost != right.cost { return left.cost < right.cost }
        return left.index < right.index
    }
}
