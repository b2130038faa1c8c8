import Intents
import Kubernetes
import LocalLedger
import Placement
import Reconciling
import Reporting
import Serving
import Wire

/// `run`: the operator over a ledger, a source and the platforms, until it is ended or has converged.
struct RunSession {
    let settings: Settings
    let environment: [String: String]
    let console: Console
    let time: SystemTimekeeper

    /// How often a `--once` looks whether it has come to its end, and a wait whether it was interrupted.
    static let lookEvery = Duration.milliseconds(50)

    /// Runs to the end.
    func run() async throws(CommandError) -> ExitCode {
        var simulated: SimulatedPlatforms?
        var settings = settings
        if settings.run.simulate {
            do throws(Wire.ListenAddress.Failure) {
                let world = SimulatedWorlds.market(settings, seed: UInt64(bitPattern: time.now.milliseconds))
                let platforms = try SimulatedPlatforms(at: nil, time: time, world: world)
                settings = platforms.pointing(settings)
                simulated = platforms
            } catch {
                throw CommandError(error.description)
            }
        }
        let conduct = RunConduct()
        let health = try healthServer(settings, conduct)
        let signals = ProcessSignals { conduct.interrupt() }
        defer { signals.stop() }
        let (platforms, described) = (simulated, settings)
        let result: Result<ExitCode, CommandError> = await withTaskGroup(of: Void.self) { group in
            if let platforms { group.addTask { await platforms.run() } }
            if let health { group.addTask { await health.run() } }
            defer { group.cancelAll() }
            do throws(CommandError) {
                return .success(
                    described.cluster.isUsed
                        ? try await runInCluster(described, conduct) : try await runLocally(described, conduct)
                )
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Over the directories and the ledger of this machine.
    private func runLocally(_ settings: Settings, _ conduct: RunConduct) async throws(CommandError) -> ExitCode {
        let ending: Ending
        do throws(LedgerError) {
            var dice = SystemRandomNumberGenerator()
            let ledger = try await SQLiteLedger(
                state: settings.state ?? "",
                codec: .document,
                at: time.now,
                dice: &dice
            )
            let estate = RunEstate(
                snapshot: try await ledger.load(),
                ledger: ledger,
                source: IntentSources.directory(settings, keeping: true, log(settings).warn),
                name: settings.intents.joined(separator: ":")
            )
            ending = await operate(settings, estate, conduct, seed: dice.next())
            await ledger.close()
        } catch {
            throw CommandError(error.message)
        }
        return try ending.exitCode()
    }

    /// How a run came to its end.
    enum Ending: Sendable {
        /// With an exit status.
        case status(ExitCode)
        /// With an error.
        case failure(CommandError)

        /// The exit status.
        func exitCode() throws(CommandError) -> ExitCode {
            switch self {
            case .status(let code): return code
            case .failure(let error): throw error
            }
        }
    }

    /// The operator itself, to its end.
    func operate(
        _ settings: Settings,
        _ estate: RunEstate,
        _ conduct: RunConduct,
        seed: UInt64
    ) async -> Ending {
        let assembly: PlatformAssembly
        do throws(SettingsError) {
            assembly = try PlatformAssembly(
                settings,
                operatorID: estate.snapshot.operatorID,
                time: time,
                through: estate.transport
            )
        } catch {
            return .failure(CommandError(error.problems.joined(separator: "; ")))
        }
        defer { assembly.shutdown() }
        let metrics = MetricsAssembly(settings)
        defer { metrics.shutdown() }
        let log = log(settings)
        var parts = Operator.Parts(platforms: assembly.platforms, ledger: estate.ledger, time: time, seed: seed)
        parts.absent = assembly.absent
        parts.leadership = estate.leadership
        parts.measurements = metrics.measurements
        let worker = Operator(
            parts,
            manner: Operator.Manner(settings),
            snapshot: estate.snapshot,
            announce: log.announce
        )
        conduct.begin(worker)
        log.line(.info, "running", ["intents": "\(estate.name)"])
        if let failure = await live(worker, estate, settings) { return .failure(failure) }
        return .status(exitStatus(worker.progress(), settings, wasInterrupted: conduct.isInterrupted))
    }

    /// Everything that lives while the operator does, in one task tree.
    private func live(_ worker: Operator, _ estate: RunEstate, _ settings: Settings) async -> CommandError? {
        await withTaskGroup(of: Result<Void, CommandError>?.self) { group in
            group.addTask {
                await RunDisplay(worker: worker, console: console, time: time).run(settings)
                return nil
            }
            if settings.run.once {
                group.addTask {
                    await watch(worker, settings)
                    return nil
                }
            }
            for companion in estate.companions { group.addTask { await Self.ending(of: companion) } }
            group.addTask { await Self.ending { try await worker.run(estate.source) } ?? .success(()) }
            defer { group.cancelAll() }
            while let ended = await group.next() {
                switch ended {
                case .success: return nil
                case .failure(let error): return error
                case nil: continue
                }
            }
            return nil
        }
    }

    /// How something ended that lives beside others; nil where it was only cancelled, or is done.
    static func ending(of body: @Sendable () async throws -> Void) async -> Result<Void, CommandError>? {
        do {
            try await body()
            return nil
        } catch is CancellationError {
            return nil
        } catch let error as LedgerError {
            return .failure(CommandError(error.message))
        } catch {
            return .failure(CommandError("\(error)"))
        }
    }

    /// Drains the operator once nothing more will happen by itself, or when time is up.
    private func watch(_ worker: Operator, _ settings: Settings) async {
        let end = time.uptime + settings.run.timeout
        while time.uptime < end, !Task.isCancelled {
            if worker.progress().isSettled { break }
            guard (try? await time.sleep(until: time.uptime + Self.lookEvery)) != nil else { return }
        }
        worker.drain()
    }

    private func exitStatus(_ progress: Progress, _ settings: Settings, wasInterrupted: Bool) -> ExitCode {
        guard settings.run.once else { return .done }
        if wasInterrupted { return .error }
        return progress.isSettled && progress.stalled == 0 && !progress.isHeld ? .done : .difference
    }

    /// Where events and warnings go.
    func log(_ settings: Settings) -> RunLog {
        let isDrawn = console.output.isTerminal && settings.log.format == .automatic
        let format = settings.log.format.format(on: console.error)
        let log = Log(
            level: isDrawn ? .error : settings.log.level,
            format: format,
            redactor: Redactor(secrets: settings.secrets)
        ) { line in console.errorLine(line) }
        return RunLog(log: log, time: time)
    }

    /// Where containers tell that their tasks have ended; a cluster takes an annotation for that.
    private func completionEndpoint(_ settings: Settings) throws(CommandError) -> CompletionEndpoint? {
        guard !settings.cluster.isUsed, let state = settings.state else { return nil }
        let seal: CompletionSeal
        do throws(LedgerError) {
            var dice = SystemRandomNumberGenerator()
            seal = CompletionSeal(secret: try CompletionSecret(state: state, dice: &dice).bytes)
        } catch {
            throw CommandError(error.message)
        }
        let operations = JoinedOperations(environment: environment)
        return CompletionEndpoint(seal: seal) { key, slot, outcome in
            do throws(CommandError) {
                switch try await operations.request(settings, .complete(key, slot: slot, outcome)) {
                case .recorded: return .recorded
                case .carriedOut(let text): return .heard(text)
                case .refused(let text): return .refused(text)
                }
            } catch {
                return .failed
            }
        }
    }

    private func healthServer(_ settings: Settings, _ conduct: RunConduct) throws(CommandError) -> HTTPServer? {
        guard let address = settings.listen else { return nil }
        let completion = try completionEndpoint(settings)
        do throws(Wire.ListenAddress.Failure) {
            let health = HealthEndpoint { conduct.readiness }
            return try HTTPServer.bind(Wire.ListenAddress(address.text)) { request in
                if let completion, CompletionEndpoint.isMeant(by: request) { return await completion.answer(request) }
                return health.answer(request)
            }
        } catch {
            throw CommandError(error.description)
        }
    }
}
