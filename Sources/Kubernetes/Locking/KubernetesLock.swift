import Documents
package import Reconciling

/// The right to act, kept in a Lease.
///
/// It never renews itself beyond ``run()``; `timeLeft` tells the truth at any moment, from any thread.
package final class KubernetesLock: Leadership {
    /// What happens where somebody else holds the Lease.
    package enum Patience: Sendable {
        /// Stand by until it is free.
        case standBy
        /// Wait only to see whether the holder lives.
        case refuse
    }

    /// Why the right cannot be had, or is gone.
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// Another process holds it and is alive.
        case held(by: String)
        /// It was held and is no longer.
        case lost
        /// Only a person can help.
        case refused(APIError)

        /// What happened and what to do.
        package var description: String {
            switch self {
            case .held(let holder): "another operator holds the lease: \(holder); end it, or stand by (--leader-elect)"
            case .lost: "the lease is lost: another operator may act from now on"
            case .refused(let error): "the lease cannot be had: \(error.description)"
            }
        }
    }

    /// How long one call may take: a renewal must be able to fail twice before the Lease is given up.
    static let callDeadline = Duration.seconds(4)
    /// How soon a claim that did not come through is looked at again.
    static let breath = Duration.milliseconds(100)

    /// What the Lease is called.
    package let name: ObjectName
    private let client: APIClient
    private let time: any Timekeeper
    private let timing: LeaseElection.Timing
    private let state: Locked<LeaseElection>
    private let latest = Locked<LeaseObject?>(nil)
    private let annotations: [(name: String, value: String)]

    /// The lock of a Lease; `identity` is random, `annotations` are written where the Lease is made.
    package init(
        _ name: ObjectName,
        identity: String,
        client: APIClient,
        time: any Timekeeper,
        timing: LeaseElection.Timing = LeaseElection.Timing(),
        annotations: [(name: String, value: String)] = []
    ) {
        self.name = name
        self.client = client.limited { $0.deadline = Self.callDeadline }
        self.time = time
        self.timing = timing
        self.annotations = annotations
        state = Locked(LeaseElection(identity: identity, timing: timing))
    }

    package func timeLeft() -> Duration? {
        let now = time.uptime
        return state.withLock { $0.timeLeft(at: now) }
    }

    /// The Lease as it was last seen; nil before.
    package var lease: LeaseObject? { latest.withLock { $0 } }

    /// Reads the Lease without wanting it, for commands that only look; a missing one is none.
    package func look() async throws(APIError) { _ = try await read() }

    /// Takes the Lease, when it is free.
    package func acquire(_ patience: Patience) async throws {
        var firstHolder: (name: String, seenAt: Duration)?
        var refusedSince: Duration?
        while !state.withLock({ $0.isHeld }) {
            try Task.checkCancellation()
            let move = nextMove()
            let refusal = try await step(move).flatMap { $0.needsPerson ? $0 : nil }
            if case .wait = move { continue }
            // A server that has just started refuses for a moment what it will allow.
            refusedSince = refusal == nil ? nil : refusedSince ?? time.uptime
            if let refusal, let refusedSince, time.uptime - refusedSince > timing.renewWithin {
                throw Failure.refused(refusal)
            }
            guard case .refuse = patience, let holder = state.withLock({ $0.otherHolder }) else { continue }
            if firstHolder?.name != holder { firstHolder = (holder, time.uptime) }
            // Who still holds it after its duration has renewed it.
            if let seenAt = firstHolder?.seenAt, time.uptime - seenAt > timing.duration + timing.period {
                throw Failure.held(by: holder)
            }
        }
    }

    /// Keeps the Lease until the task is cancelled, which gives nothing back; throws where it is lost.
    package func run() async throws {
        while true {
            try Task.checkCancellation()
            _ = try await step(nextMove())
        }
    }

    /// Gives the Lease back, where it is held, so that whoever stands by need not wait; never throws.
    package func release() async {
        let (uptime, now) = (time.uptime, time.now)
        guard let (claim, version) = state.withLock({ $0.release(at: uptime, now: now) }) else { return }
        do throws(APIError) {
            _ = try await client.merge(.leases, name, claim.patch(resourceVersion: version))
        } catch {
            guard case .readAgain = error.consequence, let fresh = lease?.metadata.resourceVersion, fresh != version
            else { return }
            // Otherwise it runs out by itself.
            _ = try? await client.merge(.leases, name, claim.patch(resourceVersion: fresh))
        }
    }

    /// Writes annotations into the Lease: texts, or nil to remove one.
    package func annotate(_ annotations: [(name: String, value: String?)]) async throws(APIError) {
        let members = annotations.map { ($0.name, $0.value.map { Node.string($0) } ?? .null) }
        let patch = Node.mapping(["metadata": .mapping(["annotations": .mapping(members)])])
        for attempt in 1...3 {
            do throws(APIError) {
                try note(try await client.merge(.leases, name, patch))
                return
            } catch {
                // Written twice it says the same.
                guard attempt < 3, error.passes else { throw error }
            }
        }
    }

    /// Writes annotations into the Lease as long as we hold it: a call of an earlier holder that is still on its way can
    /// not overwrite them.
    package func annotateAsHolder(_ annotations: [(name: String, value: String?)]) async throws(APIError) {
        let members = annotations.map { ($0.name, $0.value.map { Node.string($0) } ?? .null) }
        var isStale = false
        for attempt in 1...5 {
            do throws(APIError) {
                let head = Node.mapping([
                    "resourceVersion": .string(try await ownVersion(isStale: isStale)),
                    "annotations": .mapping(members),
                ])
                let lease = try note(try await client.merge(.leases, name, .mapping(["metadata": head])))
                state.withLock { $0.saw(lease) }
                return
            } catch {
                isStale = true
                let isConflict = if case .readAgain = error.consequence { true } else { false }
                // Written twice it says the same.
                guard attempt < 5, isConflict || (error.passes && attempt < 3) else { throw error }
            }
        }
    }

    /// The version of the Lease, where we hold it.
    private func ownVersion(isStale: Bool) async throws(APIError) -> String {
        let known = isStale ? nil : lease
        guard let lease = try await known == nil ? read() : known, lease.holder == state.withLock({ $0.identity })
        else {
            throw APIError(.refused, code: "LEASE_LOST", message: "the lease is lost: another operator may act")
        }
        return lease.metadata.resourceVersion
    }

    private func nextMove() -> LeaseElection.Move {
        let (uptime, now) = (time.uptime, time.now)
        return state.withLock { $0.move(at: uptime, now: now) }
    }

    /// Makes a move; gives the call's error where it failed.
    private func step(_ move: LeaseElection.Move) async throws -> APIError? {
        switch move {
        case .lost: throw Failure.lost
        case .wait(let wait):
            try await time.sleep(until: time.uptime + wait)
            return nil
        case .read, .create, .write:
            let begun = time.uptime
            do throws(APIError) {
                try await call(move, begun)
                return nil
            } catch {
                state.withLock { $0.failed(error, at: begun) }
                // A server that answers at once is not asked without a breath.
                try await time.sleep(until: time.uptime + Self.breath)
                return error
            }
        }
    }

    private func call(_ move: LeaseElection.Move, _ begun: Duration) async throws(APIError) {
        switch move {
        case .read:
            let lease = try await read()
            let (uptime, now) = (time.uptime, time.now)
            let next = state.withLock { $0.read(lease, at: uptime, now: now) }
            switch next {
            case .create, .write: try await call(next, uptime)
            case .wait, .read, .lost: break
            }
        case .create(let claim):
            let head = annotations.map { ($0.name, Node.string($0.value)) }
            let node = try await client.create(.leases, in: name.namespace, claim.creation(name, annotations: head))
            try accept(claim, node, begun)
        case .write(let claim, let version):
            let node = try await client.merge(.leases, name, claim.patch(resourceVersion: version))
            try accept(claim, node, begun)
        case .wait, .lost: break
        }
    }

    private func accept(_ claim: LeaseClaim, _ node: Node, _ begun: Duration) throws(APIError) {
        let lease = try note(node)
        state.withLock { $0.wrote(claim, lease, begunAt: begun) }
    }

    private func read() async throws(APIError) -> LeaseObject? {
        do throws(APIError) {
            return try note(try await client.get(.leases, name))
        } catch {
            guard case .gone = error.consequence else { throw error }
            return nil
        }
    }

    @discardableResult
    private func note(_ node: Node) throws(APIError) -> LeaseObject {
        do throws(MalformedObject) {
            let lease = try LeaseObject(node)
            latest.withLock { $0 = lease }
            return lease
        } catch {
            throw .malformed("the Lease \(name): \(error.description)")
        }
    }
}

extension APIError {
    /// Whether no later try will do before a person has changed something.
    fileprivate var needsPerson: Bool {
        switch consequence {
        case .forbidden, .kindMissing, .namespaceGone, .invalid, .refused, .authenticateAgain: true
        case .readAgain, .alreadyExists, .gone, .listAgain, .retry, .unknown: false
        }
    }
}
