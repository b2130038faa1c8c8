import Intents
import Simulation

/// How the simulated platforms behave.
struct SimulationSettings: Hashable, Sendable {
    /// How long each call takes.
    var latency = Duration.zero
    /// How long an allocation takes to run.
    var bootTime = Duration.seconds(2)
    /// How long a job runs before it completes.
    var jobRuntime = Duration.seconds(3600)
    /// How many times the usual capacity there is.
    var capacity = 1
    /// Whether the simulated FlexAI says again what it was told as `user_id`.
    var userIDs = Simulation.FlexAISettings.UserIDs.kept
    /// The file that `simulate` keeps its books in; nil forgets them with the process.
    var books: String?
}

extension SettingsCatalog {
    /// How the simulated platforms behave.
    static let simulation: [SettingDescription] = [
        .init(
            "simulation.latency",
            \.simulation.latency,
            .duration(.zero...(.seconds(60))),
            "How long each call to a simulated platform takes",
            environment: "INTENTCTL_SIMULATION_LATENCY"
        ),
        .init(
            "simulation.bootTime",
            \.simulation.bootTime,
            .duration(.zero...(.seconds(3600))),
            "How long a simulated allocation takes to run; 0s answers running to the create",
            environment: "INTENTCTL_SIMULATION_BOOT_TIME"
        ),
        .init(
            "simulation.jobRuntime",
            \.simulation.jobRuntime,
            .duration(.seconds(1)...(.seconds(86_400))),
            "How long a simulated job runs before it completes",
            environment: "INTENTCTL_SIMULATION_JOB_RUNTIME"
        ),
        .init(
            "simulation.capacity",
            \.simulation.capacity,
            .integer(1...100_000),
            "How many times the usual number of GPUs the simulated platforms have",
            environment: "INTENTCTL_SIMULATION_CAPACITY"
        ),
        .init(
            "simulation.userIDs",
            \.simulation.userIDs,
            .word,
            "Whether the simulated FlexAI says again what it was told as user_id",
            environment: "INTENTCTL_SIMULATION_USER_IDS"
        ),
        .init(
            "simulation.books",
            \.simulation.books,
            .text("FILE"),
            "File in which simulate keeps what was bought, so that a restart goes on with it",
            environment: "INTENTCTL_SIMULATION_BOOKS"
        ),
    ]
}
