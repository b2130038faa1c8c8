import Intents

/// The best standings met so far, at most as many as are wanted.
struct BestFew {
    /// How many are wanted; nil means all.
    private let limit: Int?
    /// Those found; sorted where there is a limit.
    private var found: [Standing] = []

    /// Nothing met yet.
    init(limit: Int?) {
        self.limit = limit
        if let limit { found.reserveCapacity(min(limit, 64) + 1) }
    }

    /// Whether a standing is among the best met so far.
    func admits(_ standing: Standing) -> Bool {
        guard let limit else { return true }
        guard limit > 0 else { return false }
        guard found.count == limit, let worst = found.last else { return true }
        return standing < worst
    }

    /// Adds a standing that is admitted.
    mutating func insert(_ standing: Standing) {
        guard let limit else {
            found.append(standing)
            return
        }
        var place = found.count
        while place > 0, standing < found[place - 1] { place -= 1 }
        found.insert(standing, at: place)
        if found.count > limit { found.removeLast() }
    }

    /// Everything found, best first.
    func sorted() -> [Standing] { limit == nil ? found.sorted() : found }
}
