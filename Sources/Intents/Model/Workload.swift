/// What runs (`workload`).
package struct Workload: Hashable, Sendable {
    /// How it runs (`workload.type`).
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Runs until it is deleted, in replicas.
        case service
        /// Runs to its end, in parallel tasks.
        case job
        /// The same as a job; the newer FLARE dialect's name for it.
        case batch
    }

    /// How it runs.
    package var kind = Kind.service
    /// Its unique name.
    package var name = ""
    /// The container image.
    package var image = ""
    /// Commands that start the container.
    package var commands: [String] = []
    /// Environment variables, each `KEY=value`.
    package var env: [String] = []
    /// Network ports.
    package var ports: [Port] = []
    /// What it needs to run on.
    package var resources = Resources()
    /// Volumes.
    package var storage = Storage()
    /// Credentials by reference; their values never pass through the operator.
    package var secrets: [SecretReference] = []
    /// How many replicas; services only, nil where nothing is said.
    package var scaling: Scaling?
    /// How its tasks end; job and batch only, nil where nothing is said.
    package var job: JobSettings?

    /// A workload with every default.
    package init() {}

    /// A network port (`ports[]`).
    package struct Port: Hashable, Sendable {
        /// 1 to 65535.
        package var port = 0
        /// TCP or UDP.
        package var transport = TransportProtocol.tcp
        /// Whether it can be reached from outside.
        package var expose = false
        /// A custom domain.
        package var domain: String?

        /// A port that has still to get its number.
        package init() {}
    }

    /// A credential that the platform puts into an environment variable (`secrets[]`).
    package struct SecretReference: Hashable, Sendable {
        /// The secret's name on the platform.
        package var name = ""
        /// The environment variable that receives it.
        package var variable = ""

        /// A reference that has still to be filled in.
        package init() {}
    }

    /// How many replicas a service has (`scaling`).
    package struct Scaling: Hashable, Sendable {
        /// At least this many, 1 by default.
        package var minReplicas = 1
        /// At most this many, 10 by default.
        package var maxReplicas = 10
        /// Whether the number follows the load.
        package var autoScale = false
        /// The CPU load aimed at, in percent.
        package var targetCPUPercent = 70
        /// The GPU load aimed at, in percent.
        package var targetGPUPercent = 80

        /// The documented defaults.
        package init() {}
    }

    /// How a job's tasks run and end (`job`).
    package struct JobSettings: Hashable, Sendable {
        /// When the job has succeeded (`completion_policy`).
        package enum CompletionPolicy: String, Hashable, Sendable, CaseIterable {
            /// When every task has.
            case all = "All"
            /// When the first task has.
            case any = "Any"
        }

        /// How many tasks run side by side.
        package var parallelTasks = 1
        /// How often a failed task is tried again.
        package var maxRetries = 3
        /// How long the whole job may take, all tries included; nil means no limit.
        package var timeout: Duration?
        /// When the job has succeeded.
        package var completionPolicy = CompletionPolicy.all

        /// The documented defaults.
        package init() {}
    }

    /// How many slots the intent wants: a service's least replicas, a job's parallel tasks.
    package var wantedSlots: Int {
        switch kind {
        case .service: scaling?.minReplicas ?? 1
        case .job, .batch: job?.parallelTasks ?? 1
        }
    }
}
