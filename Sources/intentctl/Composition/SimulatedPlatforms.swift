import Intents
import Placement
import Reconciling
import Simulation
import Wire

/// Both simulated platforms on loopback ports, behind real HTTP.
struct SimulatedPlatforms {
    /// The world that they share.
    let world: SimulatedWorld
    private let flexai: HTTPServer
    private let flare: HTTPServer

    /// Binds both; with no address given, to free ports of loopback.
    ///
    /// FLARE gets the port after FlexAI's.
    init(at address: ListenAddress?, time: SystemTimekeeper, world: SimulatedWorld) throws(Wire.ListenAddress.Failure) {
        self.world = world
        let host = address.map { $0.host.contains(":") ? "[\($0.host)]" : $0.host } ?? "127.0.0.1"
        let port = address?.port ?? 0
        let first = try Wire.ListenAddress("\(host):\(port)")
        let second = try Wire.ListenAddress("\(host):\(port == 0 ? 0 : port &+ 1)")
        flexai = try SimulationServer.bind(.flexai, of: world, at: first, time: time)
        flare = try SimulationServer.bind(.flare, of: world, at: second, time: time)
        self.host = host
    }

    private let host: String

    /// Where FlexAI can be reached.
    var flexaiURL: String { "http://\(host):\(flexai.port)" }
    /// Where FLARE can be reached.
    var flareURL: String { "http://\(host):\(flare.port)/api/v1" }

    /// The settings that point an operator here, over what was set otherwise.
    func pointing(_ settings: Settings) -> Settings {
        var settings = settings
        settings.flexai.url = flexaiURL
        settings.flexai.apiKey = .value(SecretText("simulated-key"))
        settings.flexai.organization = "simulated-organization"
        settings.flexai.location = settings.flexai.location ?? "eu-central-1"
        // The simulated listing is never late and names what it shows.
        settings.flexai.listingDelayBound = settings.flexai.listingDelayBound ?? .zero
        settings.flare.url = flareURL
        settings.flare.token = .value(SecretText("flr_simulated"))
        settings.flare.listingDelayBound = settings.flare.listingDelayBound ?? .zero
        return settings
    }

    /// Serves until cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await flexai.run() }
            group.addTask { await flare.run() }
        }
    }
}
