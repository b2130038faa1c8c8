import Intents

/// The offers that grant the most of an intent's wishes, where none grants them all.
///
/// The fewest wishes that would have to be given up come first. Of equally few, those that leave most of what was wished
/// for, then what computes as much as was wished for, then what costs least. Of offers that a person would read alike only
/// the nearest is kept. Lanes are taken in the order of the wishes that they fail as a whole, and what can only be farther
/// off than what has been found is never looked at.
struct Misses {
    /// How many are wanted: the nearest, and as many alternatives as are shown.
    static let wanted = 4

    /// How far an offer is from what was wished for; the lesser is the nearer.
    struct Distance: Comparable {
        /// How many wishes are not granted; what its platform could not run, whatever is given up, comes after all others.
        var level: Int
        /// How much giving up these wishes leaves; less is better.
        var rank: Int
        /// How far its throughput is from what was wished for.
        var throughput: Int64
        /// What one slot costs in an hour; more than anything where that is not stated.
        var cost: Int64

        static func < (left: Self, right: Self) -> Bool {
            if left.level != right.level { return left.level < right.level }
            if left.rank != right.rank { return left.rank < right.rank }
            if left.throughput != right.throughput { return left.throughput < right.throughput }
            return left.cost < right.cost
        }
    }

    /// An offer with the wishes that it does not grant.
    struct Miss: Comparable {
        /// Where it stands in the market.
        let index: Int
        /// The wishes that it does not grant.
        let mask: UInt64
        /// How far it is off.
        let distance: Distance
        /// What a person reads of it.
        let look: Look

        static func < (left: Self, right: Self) -> Bool {
            left.distance != right.distance ? left.distance < right.distance : left.index < right.index
        }
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
        let none = UInt8.max
        let levels = lanes.map { isAllowed($0) ? UInt8(self.level(masks.roughMask($0))) : none }
        var level = levels.min() ?? none
        while level != none {
            if let worst = worst?.distance.level, Int(level) > worst { return }
            var next = none
            for (index, found) in levels.enumerated() {
                if found == level { look(through: lanes[index]) } else if found > level { next = min(next, found) }
            }
            level = next
        }
    }

    /// The last that is kept once as many are found as are wanted.
    private var worst: Miss? { nearest.count < Self.wanted ? nil : nearest[Self.wanted - 1] }

    /// How many wishes are not granted, or more than that where the platform is no place for the workload.
    private func level(_ mask: UInt64) -> Int {
        mask.nonzeroBitCount + (mask & eligibility != 0 ? Self.ineligible : 0)
    }

    /// Looks through one lane, until what follows can only be farther off than what has been found.
    private mutating func look(through lane: Lane) {
        let throughput = throughputDistance(lane)
        var worst = worst?.distance
        if let worst, worst < distance(masks.roughMask(lane), throughput, .min) { return }
        let view = masks.view(lane)
        let index = masks.market.index
        for row in index.rows[lane.rows] {
            let cost = masks.costMask(row, view)
            let price = lane.slotPrice(row.price, masks.terms)?.micros ?? .max
            let mask = masks.mask(row, view) | cost
            let distance = distance(mask, throughput, price)
            if let worst, worst < distance {
                // What follows costs as much or more, and fails these wishes too.
                if worst < self.distance(view.mask | cost, throughput, price) { return }
                continue
            }
            let look = Look(
                seller: lane.seller,
                gpu: index.classes.lookOfGPU[Int(lane.gpu)],
                place: index.classes.regionOfSite[Int(row.site)]
            )
            keep(Miss(index: Int(row.offer), mask: mask, distance: distance, look: look))
            worst = self.worst?.distance
        }
    }

    /// How far an offer is off that does not grant these wishes.
    private func distance(_ mask: UInt64, _ throughput: Int64, _ cost: Int64) -> Distance {
        var (rest, rank) = (mask, 0)
        while rest != 0 {
            rank += weights[rest.trailingZeroBitCount]
            rest &= rest - 1
        }
        return Distance(level: level(mask), rank: rank, throughput: throughput, cost: cost)
    }

    /// How far the throughput of a lane's GPUs is from what was wished for.
    private func throughputDistance(_ lane: Lane) -> Int64 {
        let difference = (lane.fp32Tflops?.thousandths ?? 0).subtractingReportingOverflow(wishedThroughput ?? 0)
        return difference.overflow ? .max : Int64(clamping: difference.partialValue.magnitude)
    }

    /// Takes in an offer where it is among the nearest; of those that read alike only the nearest.
    private mutating func keep(_ miss: Miss) {
        if let worst, !(miss < worst) { return }
        if let twin = nearest.firstIndex(where: { $0.look == miss.look }) {
            guard miss < nearest[twin] else { return }
            nearest.remove(at: twin)
        }
        var place = nearest.count
        while place > 0, miss < nearest[place - 1] { place -= 1 }
        nearest.insert(miss, at: place)
        if nearest.count > Self.wanted { nearest.removeLast() }
    }
}
