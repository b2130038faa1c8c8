package import Intents
package import Placement

/// What all platforms sell, kept for a short time, and the offers that rest.
package final class Shop: Sendable {
    private struct State {
        var resting: [Offer.ID: Rest] = [:]
        var market: Market?
        var edition = Edition(number: 0, at: Timestamp(milliseconds: 0))
        var stamps: [PlatformName: Duration] = [:]
    }

    /// Tells one state of the market from the next.
    package struct Edition: Hashable, Sendable {
        /// Counts the states.
        package var number: Int
        /// When the oldest part of it was asked for.
        package var at: Timestamp
    }

    /// Which state of the market was given out last.
    package var edition: Edition { state.withLock { $0.edition } }

    /// Why an offer is left alone for a while.
    package enum Disappointment: Hashable, Sendable {
        /// It had nothing left.
        case capacity
        /// What it sold did not do, or it asked for patience.
        case other
    }

    private struct Rest {
        var until: Timestamp
        var because: Disappointment
    }

    /// How old a price may be when something is bought at it.
    package static let freshness = Duration.seconds(30)

    private let shelves: [(gate: PlatformGate, fetch: SharedFetch<[Offer]>)]
    private let policy: PlacementPolicy
    private let time: any Timekeeper
    private let state = Locked(State())

    /// A shop over the platforms.
    package init(gates: [PlatformGate], policy: PlacementPolicy, time: any Timekeeper) {
        shelves = gates.map { ($0, SharedFetch(time: time)) }
        self.policy = policy
        self.time = time
    }

    /// What is on sale, no older than asked for; a platform that does not answer sells nothing for now.
    ///
    /// Returns the market and the errors of the platforms that are left out.
    package func market(freshness: Duration = Shop.freshness) async -> (market: Market, errors: [PlatformError]) {
        if let market = freshMarket(notBefore: max(.zero, time.uptime - freshness)) { return (market, []) }
        var errors: [PlatformError] = []
        var found = [[Offer]](repeating: [], count: shelves.count)
        var stamps: [PlatformName: Duration] = [:]
        var oldest = time.now
        let moment = max(.zero, time.uptime - freshness)
        // Side by side, so that a slow platform delays nobody by more than itself.
        await withTaskGroup(of: (Int, Result<SharedFetch<[Offer]>.Answer, PlatformError>).self) { group in
            for (place, shelf) in shelves.enumerated() {
                group.addTask { (place, await Self.ask(shelf.gate, shelf.fetch, moment)) }
            }
            for await (place, result) in group {
                switch result {
                case .success(let answer):
                    found[place] = answer.value
                    stamps[shelves[place].gate.name] = answer.beganAt
                    oldest = min(oldest, answer.beganOn)
                case .failure(let error): errors.append(error)
                }
            }
        }
        errors.sort { $0.platform < $1.platform }
        // In one order every time, so that the market sees at a glance whether anything but prices has changed.
        let (offers, seen, since, policy) = (Array(found.joined()), stamps, oldest, policy)
        let market = state.withLock { state in
            if let market = state.market, state.stamps == seen { return market }
            let market = state.market?.refreshed(with: offers) ?? Market(offers: offers, policy: policy)
            state.market = market
            state.stamps = seen
            state.edition = Edition(number: state.edition.number + 1, at: since)
            return market
        }
        return (market, errors)
    }

    /// The market as it was put together last, where every platform's part of it is still the latest and fresh.
    private func freshMarket(notBefore moment: Duration) -> Market? {
        state.withLock { state in
            guard let market = state.market, state.stamps.count == shelves.count else { return nil }
            let isFresh = shelves.allSatisfy { gate, fetch in
                guard let stamp = state.stamps[gate.name], let latest = fetch.latestBeganAt else { return false }
                return stamp == latest && stamp >= moment
            }
            return isFresh ? market : nil
        }
    }

    private static func ask(
        _ gate: PlatformGate,
        _ fetch: SharedFetch<[Offer]>,
        _ moment: Duration
    ) async -> Result<SharedFetch<[Offer]>.Answer, PlatformError> {
        do throws(PlatformError) {
            return .success(
                try await fetch.get(notBefore: moment) { () async throws(PlatformError) -> [Offer] in
                    try await gate.call { platform async throws(PlatformError) in try await platform.offers() }
                }
            )
        } catch {
            return .failure(error)
        }
    }

    /// Lets an offer rest.
    package func rest(_ offer: Offer.ID, for span: Duration, because: Disappointment = .other) {
        let until = time.now + span
        state.withLock { $0.resting[offer] = Rest(until: until, because: because) }
    }

    /// The offers that rest because they had nothing left.
    package func short() -> Set<Offer.ID> {
        let now = time.now
        return state.withLock { state in
            Set(state.resting.filter { $0.value.until > now && $0.value.because == .capacity }.keys)
        }
    }

    /// The offers to leave alone now.
    package func resting() -> Set<Offer.ID> {
        let now = time.now
        return state.withLock { state in
            state.resting = state.resting.filter { $0.value.until > now }
            return Set(state.resting.keys)
        }
    }
}
