import Intents

extension Verdicts {
    /// What runs.
    mutating func add(_ workload: Workload) {
        if ImageName(workload.image).isJupyter {
            forwarded("workload.image", true)
        } else {
            flareOnly("workload.image", !workload.image.isEmpty)
        }
        flareOnly("workload.commands", !workload.commands.isEmpty)
        flareOnly("workload.env", !workload.env.isEmpty)
        flareOnly("workload.ports", !workload.ports.isEmpty)
        flareOnly("workload.secrets", !workload.secrets.isEmpty)
        if workload.kind == .service {
            if let scaling = workload.scaling { add(scaling) }
        } else if let job = workload.job {
            add(job)
        }
    }

    /// How many replicas a service has.
    private mutating func add(_ scaling: Workload.Scaling) {
        operated("workload.scaling.min_replicas", true, "one instance is kept for each replica")
        operated(
            "workload.scaling.max_replicas",
            true,
            "no more instances than this are ever kept",
            flare: "FLARE is told, cut to what the caps pay"
        )
        operated(
            "workload.scaling.auto_scale",
            scaling.autoScale,
            "as many instances are kept as the load asks for that metrics.prometheus tells"
        )
    }

    /// How a job's tasks run and end.
    private mutating func add(_ job: Workload.JobSettings) {
        operated("workload.job.parallel_tasks", true, "one instance is kept for each task")
        operated("workload.job.max_retries", true, "a task that fails is replaced this often")
        enforced("workload.job.timeout", job.timeout != nil, "all is released when it is over")
        operated("workload.job.completion_policy", true, "the job is done when enough instances are")
    }
}
