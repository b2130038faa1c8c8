extension Workload: Described {
    static let description = ObjectDescription<Workload>(
        "workload",
        "What runs, and on what",
        fields: [
            .required(
                "type",
                \.kind,
                .word("a type"),
                "How it runs: a service until it is deleted, a job or batch to its end"
            ),
            .required("name", \.name, .label("a name", example: "my-workload"), "Its unique name"),
            .required("image", \.image, .image, "The container image"),
            .standard(
                "commands",
                \.commands,
                .list(of: .text("a command", example: "python3 main.py")),
                "Commands that start the container"
            ),
            .standard("env", \.env, .list(of: .variable), "Environment variables, each KEY=value"),
            .standard("ports", \.ports, .list(of: .object()), "Network ports of a service"),
            .required("resources", \.resources, .object(), "What it needs to run on"),
            .standard("storage", \.storage, .object(), "Volumes"),
            .standard(
                "secrets",
                \.secrets,
                .list(of: .object()),
                "Credentials by reference; their values never pass through the operator"
            ),
            .optional("scaling", \.scaling, .object(), "How many replicas a service has"),
            .optional("job", \.job, .object(), "How the tasks of a job or batch run and end"),
        ],
        rules: rules
    )
}

extension Workload.Port: Described {
    static let description = ObjectDescription<Workload.Port>(
        "port",
        "A network port",
        fields: [
            .required("port", \.port, .integer(1...65535, "a port"), "The port's number"),
            .standard("protocol", \.transport, .word("a protocol"), "The transport protocol"),
            .standard("expose", \.expose, .flag, "Whether it can be reached from outside"),
            .optional("domain", \.domain, .subdomain("a domain", example: "api.example.com"), "A custom domain"),
        ]
    )
}

extension Workload.SecretReference: Described {
    static let description = ObjectDescription<Workload.SecretReference>(
        "secret",
        "A credential that the platform puts into an environment variable",
        fields: [
            .required(
                "name",
                \.name,
                .text("a secret's name", example: "huggingface-token"),
                "The secret's name on the platform"
            ),
            .required("env", \.variable, .variableName, "The environment variable that receives it"),
        ]
    )
}

extension Workload.Scaling: Described {
    static let description = ObjectDescription<Workload.Scaling>(
        "scaling",
        "How many replicas a service has",
        fields: [
            .standard(
                "min_replicas",
                \.minReplicas,
                .integer(1...IntentLimits.slots, "a number of replicas", advice: "to hold none, use suspend"),
                "At least this many replicas"
            ),
            .standard(
                "max_replicas",
                \.maxReplicas,
                .integer(1...IntentLimits.slots, "a number of replicas"),
                "At most this many replicas"
            ),
            .standard("auto_scale", \.autoScale, .flag, "Whether the number follows the load"),
            .standard(
                "target_cpu_percent",
                \.targetCPUPercent,
                .integer(1...100, "a percentage"),
                "The CPU load aimed at, in percent"
            ),
            .standard(
                "target_gpu_percent",
                \.targetGPUPercent,
                .integer(1...100, "a percentage"),
                "The GPU load aimed at, in percent"
            ),
        ],
        rules: rules
    )
}

extension Workload.JobSettings: Described {
    static let description = ObjectDescription<Workload.JobSettings>(
        "job",
        "How the tasks of a job or batch run and end",
        fields: [
            .standard(
                "parallel_tasks",
                \.parallelTasks,
                .integer(1...IntentLimits.slots, "a number of tasks"),
                "How many tasks run side by side"
            ),
            .standard(
                "max_retries",
                \.maxRetries,
                .integer(0...IntentLimits.retries, "a number of retries"),
                "How often a failed task is tried again"
            ),
            .optional(
                "timeout",
                \.timeout,
                .span(example: "2h"),
                "How long the whole job may take, all tries included"
            ),
            .standard(
                "completion_policy",
                \.completionPolicy,
                .word("a completion policy"),
                "Whether all tasks must succeed, or any one of them"
            ),
        ]
    )
}
