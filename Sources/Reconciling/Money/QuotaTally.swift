import Intents

/// What one group of intents holds and has spent: a value, kept up to date by what changes alone.
struct QuotaTally: Sendable {
    /// What an attempt takes of a quota.
    struct Share: Hashable, Sendable {
        /// For which intent.
        var key: IntentKey
        /// What it costs in an hour.
        var hourly: Money
        /// How many GPUs it holds.
        var gpus: Int
        /// Since when it costs.
        var since: Timestamp
    }

    /// The limit.
    let quota: Quota
    private(set) var hourly = Money.zero
    private(set) var gpus = 0
    private var shares: [AttemptID: Share] = [:]
    private var holders: [IntentKey: QuotaHolder] = [:]
    /// The present period in days, empty where there is no total.
    private var period = 0..<0
    /// What is over and was spent in the present period.
    private var settled = Money.zero
    /// The sum over all shares of the rate times its start in seconds after the period's: what has run since then is the
    /// whole rate times the present second less this.
    private var startWeight: Int64 = 0

    /// A tally of nothing.
    init(_ quota: Quota) { self.quota = quota }

    /// Takes in what an attempt takes, in place of what it took before.
    mutating func put(_ share: Share, of attempt: AttemptID) {
        if let old = shares[attempt] {
            if old == share { return }
            _ = remove(attempt)
        }
        shares[attempt] = share
        count(share, 1)
    }

    /// Takes an attempt out; returns whether it was there.
    mutating func remove(_ attempt: AttemptID) -> Bool {
        guard let share = shares.removeValue(forKey: attempt) else { return false }
        count(share, -1)
        return true
    }

    private mutating func count(_ share: Share, _ sign: Int) {
        hourly = hourly + share.hourly * sign
        gpus += share.gpus * sign
        startWeight += weight(of: share) * Int64(sign)
        var holder = holders[share.key] ?? QuotaHolder(key: share.key, hourly: .zero, gpus: 0)
        holder.hourly = holder.hourly + share.hourly * sign
        holder.gpus += share.gpus * sign
        holders[share.key] = holder.hourly == .zero && holder.gpus == 0 ? nil : holder
    }

    private func weight(of share: Share) -> Int64 {
        let start = (share.since - Timestamp(day: period.lowerBound)).milliseconds / 1000
        return share.hourly.micros * max(0, start)
    }

    /// Adds what is over, as far as it was spent in the present period; a negative sign takes it back.
    mutating func settle(_ charge: Charge, _ sign: Int, now: Timestamp) {
        turn(to: now)
        guard !period.isEmpty else { return }
        for day in charge.days where period.contains(day.day) { settled = settled + day.amount * sign }
    }

    /// Begins another period where the present one is over.
    mutating func turn(to now: Timestamp) {
        guard let total = quota.maxTotalCost, !period.contains(now.dayNumber) else { return }
        period = total.period.days(around: now)
        settled = .zero
        startWeight = shares.values.reduce(0) { $0 + weight(of: $1) }
    }

    /// How it stands; `naming` also tells who holds most.
    mutating func standing(at now: Timestamp, naming: Bool) -> QuotaStanding {
        turn(to: now)
        var spent = settled
        if !period.isEmpty {
            let seconds = max(0, (now - Timestamp(day: period.lowerBound)).milliseconds / 1000)
            spent = spent + Money(micros: max(0, (hourly.micros * seconds - startWeight) / 3600))
        }
        var standing = QuotaStanding(
            quota,
            hourly: hourly,
            gpus: gpus,
            spent: spent,
            periodEnds: period.isEmpty ? nil : Timestamp(day: period.upperBound)
        )
        if naming {
            let dearest = holders.values.sorted { ($1.hourly, $0.key) < ($0.hourly, $1.key) }
            standing.holders = Array(dearest.prefix(3))
        }
        return standing
    }
}
