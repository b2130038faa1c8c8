import Intents
import Simulation

/// The simulated worlds that commands offer.
enum SimulatedWorlds {
    /// The standard market, with times in which a person can watch things happen; `INTENTCTL_SIMULATED_LATENCY` and its
    /// likes are for benches.
    static func market(_ settings: Settings, seed: UInt64, books: SimulationBooks? = nil) -> SimulatedWorld {
        var flexai = Simulation.FlexAISettings()
        var flare = Simulation.FLARESettings()
        flexai.bootTime = settings.simulation.bootTime
        flexai.userIDs = settings.simulation.userIDs
        flare.startTime = settings.simulation.bootTime
        flare.jobRuntime = settings.simulation.jobRuntime
        return SimulatedWorld(
            seed: seed,
            flexai: flexai,
            flare: flare,
            market: SimulatedMarket.standard.capacity(times: Double(settings.simulation.capacity)),
            latency: settings.simulation.latency,
            writeDown: books?.add
        )
    }
}
