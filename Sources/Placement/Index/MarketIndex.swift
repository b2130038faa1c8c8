import Intents

/// The offers of a market packed for searching.
///
/// Offers stand in lanes of those that are alike in everything but place, price and number, each lane sorted by price, all
/// in one piece of memory. A rule is asked once for each class of offers, and what it says is a bit in the class's mask.
struct MarketIndex: Sendable {
    /// What tells the offers of a lane apart.
    struct Row: Sendable {
        /// What the unit that is sold costs in an hour, in millionths of a euro; `unpriced` where that is not stated.
        var price: Int64
        /// GPUs that are free; `unlimited` where that is not stated.
        var available: Int32
        /// The class of its place.
        var site: UInt32
        /// Its place in the market.
        var offer: UInt32
    }

    /// A price that is not stated, which is more than any.
    static let unpriced = Int64.max
    /// A number that is not stated, which is enough for all.
    static let unlimited = Int32.max

    /// The lanes.
    private(set) var lanes: [Lane] = []
    /// The rows, lane after lane.
    private(set) var rows: [Row] = []
    /// The classes.
    private(set) var classes = OfferClasses()
    /// The lane of each offer, by its place in the market.
    private var laneOfOffer: [UInt32] = []

    /// An index of listings.
    init(_ listings: [Listing]) {
        var numbers: [Lane.Key: UInt32] = [:]
        var keys: [(key: Lane.Key, first: Int, count: Int)] = []
        var loose: [Row] = []
        loose.reserveCapacity(listings.count)
        laneOfOffer.reserveCapacity(listings.count)
        for (index, listing) in listings.enumerated() {
            let key = classes.lane(listing)
            let lane = numbers[key] ?? UInt32(keys.count)
            if Int(lane) == keys.count {
                numbers[key] = lane
                keys.append((key, index, 0))
            }
            keys[Int(lane)].count += 1
            laneOfOffer.append(lane)
            loose.append(Row(listing, at: index, site: classes.site(listing)))
        }
        pack(loose, keys, listings)
    }

    /// Puts the rows lane by lane, each lane sorted.
    private mutating func pack(_ loose: [Row], _ keys: [(key: Lane.Key, first: Int, count: Int)], _ listings: [Listing])
    {
        var start = 0
        lanes = keys.map { entry in
            defer { start += entry.count }
            return Lane(entry.key, listings[entry.first], first: entry.first, rows: start..<start + entry.count)
        }
        var next = lanes.map(\.rows.lowerBound)
        rows = loose
        for (row, lane) in zip(loose, laneOfOffer) {
            rows[next[Int(lane)]] = row
            next[Int(lane)] += 1
        }
        for lane in lanes { rows[lane.rows].sort() }
    }

    /// Puts another price and another number of free GPUs to an offer, and the offer to its new place in its lane.
    mutating func reprice(_ index: Int, _ listing: Listing) {
        let range = lanes[Int(laneOfOffer[index])].rows
        guard let old = rows[range].firstIndex(where: { $0.offer == UInt32(index) }) else { return }
        let row = Row(listing, at: index, site: rows[old].site)
        var place = old
        while place + 1 < range.upperBound, rows[place + 1] < row {
            rows[place] = rows[place + 1]
            place += 1
        }
        while place > range.lowerBound, row < rows[place - 1] {
            rows[place] = rows[place - 1]
            place -= 1
        }
        rows[place] = row
    }
}

extension MarketIndex.Row: Comparable {
    /// The row of a listing.
    fileprivate init(_ listing: Listing, at index: Int, site: UInt32) {
        let offer = listing.offer
        let hourly = offer.machine.map(\.hourly) ?? offer.hourlyPerGPU
        price = hourly?.micros ?? MarketIndex.unpriced
        // One less than what stands for "not stated" is as good as any larger number.
        available = offer.available.map { Int32(clamping: min($0, Int(Int32.max) - 1)) } ?? MarketIndex.unlimited
        self.site = site
        self.offer = UInt32(index)
    }

    static func < (left: Self, right: Self) -> Bool {
        left.price != right.price ? left.price < right.price : left.offer < right.offer
    }
}
