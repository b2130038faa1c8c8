import Intents
import Kubernetes
import Reconciling
import Reporting

extension RunSession {
    /// Over the objects of a cluster: the lock first, then the ledger, then the operator, while the lock is kept.
    func runInCluster(_ settings: Settings, _ conduct: RunConduct) async throws(CommandError) -> ExitCode {
        var dice = SystemRandomNumberGenerator()
        let seed = dice.next()
        let cluster = try Cluster(
            settings.cluster,
            quotas: settings.quotas,
            environment: environment,
            time: time,
            dice: SharedDice(seed: dice.next())
        )
        defer { cluster.shutdown() }
        let log = log(settings)
        for warning in cluster.warnings { log.warn(warning) }
        log.line(.info, "asking for the lock", ["lease": "\(cluster.lock.name)", "cluster": "\(cluster.name)"])
        guard try await takeLock(cluster, settings, conduct) else { return settings.run.once ? .error : .done }
        log.line(.info, "holding the lock", ["lease": "\(cluster.lock.name)"])
        let ending = await whileHolding(cluster) { await work(cluster, settings, conduct, seed: seed) }
        await cluster.ledger.tidy()
        await cluster.lock.release()
        return try ending.exitCode()
    }

    /// Takes the lock; false where the process is to end before it got it.
    private func takeLock(
        _ cluster: Cluster,
        _ settings: Settings,
        _ conduct: RunConduct
    ) async throws(CommandError) -> Bool {
        let result: Result<Bool, CommandError> = await withTaskGroup(of: Result<Bool, CommandError>.self) { group in
            group.addTask {
                let patience: KubernetesLock.Patience = settings.cluster.leaderElect ? .standBy : .refuse
                let ended = await Self.ending { try await cluster.lock.acquire(patience) }
                if case .failure(let error) = ended { return .failure(error) }
                return .success(!Task.isCancelled)
            }
            group.addTask {
                while !conduct.isInterrupted {
                    guard (try? await time.sleep(until: time.uptime + Self.lookEvery)) != nil else { break }
                }
                return .success(false)
            }
            defer { group.cancelAll() }
            return await group.next() ?? .success(false)
        }
        return try result.get()
    }

    /// Keeps the lock while something is done; ends at once where it is lost.
    private func whileHolding(
        _ cluster: Cluster,
        _ body: @escaping @Sendable () async -> Ending
    ) async -> Ending {
        await withTaskGroup(of: Ending?.self) { group in
            group.addTask {
                let ended = await Self.ending { try await cluster.lock.run() }
                if case .failure(let error) = ended { return .failure(error) }
                return nil
            }
            group.addTask { await body() }
            defer { group.cancelAll() }
            while let ended = await group.next() {
                if let ended { return ended }
            }
            return .failure(CommandError("the run ended before it began"))
        }
    }

    private func work(
        _ cluster: Cluster,
        _ settings: Settings,
        _ conduct: RunConduct,
        seed: UInt64
    ) async -> Ending {
        let snapshot: LedgerSnapshot
        do throws(LedgerError) {
            snapshot = try await cluster.ledger.load()
        } catch {
            return .failure(CommandError(error.message))
        }
        let lock = cluster.lock
        let estate = RunEstate(
            snapshot: snapshot,
            ledger: cluster.ledger,
            source: cluster.source,
            leadership: lock,
            name: cluster.name,
            companions: [{ try await cluster.ledger.run() }],
            transport: { LeasedTransport($0, leadership: lock) }
        )
        return await operate(settings, estate, conduct, seed: seed)
    }
}
