/// Keeps a platform's hiccup from being taken for the loss of most allocations.
///
/// When more than half, and at least two, of what should live seem gone at once, nothing is concluded until a look
/// some time later says the same.
package struct LossBrake: Hashable, Sendable {
    /// How much later the second look must begin.
    package var apart: Duration
    /// When the brake was put on; nil while it is off.
    package private(set) var engagedAt: Duration?
    /// What a second look has confirmed, which does not count again.
    private var believed: Set<AllocationID> = []

    /// A brake that is off.
    package init(apart: Duration) { self.apart = apart }

    /// Whether nothing may be concluded from absences now.
    package var isEngaged: Bool { engagedAt != nil }

    /// What a look changed.
    package enum Change: Hashable, Sendable {
        /// Nothing.
        case none
        /// The brake was put on, with so many missing.
        case engaged(missing: Int, known: Int)
        /// The brake was let off; the absences are believed, or most are back.
        case released(believed: Bool)
    }

    /// Takes in a look that began at `moment` of uptime: what should live, and what of it was not there.
    package mutating func look(known: Set<AllocationID>, missing: Set<AllocationID>, beganAt moment: Duration) -> Change
    {
        #if MUTANTS
        if Mutant.brakeOff.isActive { return .none }
        #endif
        believed.formIntersection(missing)
        let news = missing.subtracting(believed)
        let many = news.count >= 2 && news.count * 2 > known.count
        if let engagedAt {
            guard many else {
                self.engagedAt = nil
                return .released(believed: false)
            }
            guard moment >= engagedAt + apart else { return .none }
            self.engagedAt = nil
            believed.formUnion(missing)
            return .released(believed: true)
        }
        guard many else { return .none }
        engagedAt = moment
        return .engaged(missing: news.count, known: known.count)
    }
}
