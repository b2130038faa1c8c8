import Intents
import LocalLedger
import Placement
import Reconciling
import Reporting
import Serving
import Wire

/// `run`: the operator over a ledger, a directory and the platforms, until it is ended or has converged.
struct RunSession {
    let settings: Settings
    let console: Console
    let time: SystemTimekeeper

    /// How often a `--once` looks whether it has come to its end.
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
        let result: Result<ExitCode, CommandError>
        do throws(LedgerError) {
            var dice = SystemRandomNumberGenerator()
            let ledger = try await SQLiteLedger(
                state: settings.state ?? "",
                codec: .document,
                at: time.now,
                dice: &dice
            )
            let snapshot = try await ledger.load()
            result = await operate(settings, ledger, snapshot, simulated, seed: dice.next())
            await ledger.close()
        } catch {
            throw CommandError(error.message)
        }
        return try result.get()
    }

    private func operate(
        _ settings: Settings,
        _ ledger: SQLiteLedger,
        _ snapshot: LedgerSnapshot,
        _ simulated: SimulatedPlatforms?,
        seed: UInt64
    ) async -> Result<ExitCode, CommandError> {
        let assembly: PlatformAssembly
        do throws(SettingsError) {
            assembly = try PlatformAssembly(settings, operatorID: snapshot.operatorID, time: time)
        } catch {
            return .failure(CommandError(error.problems.joined(separator: "; ")))
        }
        defer { assembly.shutdown() }
        let log = log(settings)
        let parts = Operator.Parts(platforms: assembly.platforms, ledger: ledger, time: time, seed: seed)
        let worker = Operator(parts, manner: Operator.Manner(settings), snapshot: snapshot, announce: log.announce)
        let interrupted = FirstTime()
        let signals = ProcessSignals {
            _ = interrupted.isNow()
            worker.drain()
        }
        defer { signals.stop() }
        let source = IntentSources.directory(settings, keeping: true, log.warn)
        let health: HTTPServer?
        do throws(CommandError) { health = try healthServer(settings, worker) } catch { return .failure(error) }
        log.line(.info, "running", ["intents": "\(settings.intents.joined(separator: ":"))"])
        let ending = await live(worker, source, simulated, health, settings)
        if let failure = ending { return .failure(failure) }
        return .success(exitStatus(worker.progress(), settings, wasInterrupted: interrupted.hasHappened))
    }

    /// Everything that lives while the operator does, in one task tree.
    private func live(
        _ worker: Operator,
        _ source: any IntentSource,
        _ simulated: SimulatedPlatforms?,
        _ health: HTTPServer?,
        _ settings: Settings
    ) async -> CommandError? {
        await withTaskGroup(of: Void.self) { group in
            if let simulated { group.addTask { await simulated.run() } }
            if let health { group.addTask { await health.run() } }
            group.addTask { await RunDisplay(worker: worker, console: console, time: time).run(settings) }
            if settings.run.once { group.addTask { await watch(worker, settings) } }
            defer { group.cancelAll() }
            do {
                try await worker.run(source)
                return nil
            } catch is CancellationError {
                return nil
            } catch {
                return CommandError("the source failed: \(error)")
            }
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

    private func log(_ settings: Settings) -> RunLog {
        let isDrawn = console.output.isTerminal && settings.log.format == .automatic
        let format = settings.log.format.format(on: console.error)
        let log = Log(
            level: isDrawn ? .error : settings.log.level,
            format: format,
            redactor: Redactor(secrets: settings.secrets)
        ) { line in console.errorLine(line) }
        return RunLog(log: log, time: time)
    }

    private func healthServer(_ settings: Settings, _ worker: Operator) throws(CommandError) -> HTTPServer? {
        guard let address = settings.listen else { return nil }
        do throws(Wire.ListenAddress.Failure) {
            let health = HealthEndpoint { HealthEndpoint.Readiness(worker) }
            return try HTTPServer.bind(Wire.ListenAddress(address.text)) { request in health.answer(request) }
        } catch {
            throw CommandError(error.description)
        }
    }
}

/// Turns events into log lines.
struct RunLog: Sendable {
    let log: Log
    let time: SystemTimekeeper

    /// Writes an event.
    func announce(_ event: Event) {
        let level: LogLevel = event.severity == .warning ? .warning : .info
        var fields = [LogRecord.Field("reason", .text(event.reason))]
        if let key = event.key { fields.append(LogRecord.Field("intent", .text(key.rawValue))) }
        log.write(LogRecord(at: event.at.milliseconds, level: level, message: event.message, fields: fields))
    }

    /// Writes a warning of a source.
    func warn(_ message: String) { line(.warning, message, [:]) }

    /// Writes a line.
    func line(_ level: LogLevel, _ message: String, _ fields: KeyValuePairs<String, LogRecord.Value>) {
        let facts = fields.map { LogRecord.Field($0.key, $0.value) }
        log.write(LogRecord(at: time.now.milliseconds, level: level, message: message, fields: facts))
    }
}
