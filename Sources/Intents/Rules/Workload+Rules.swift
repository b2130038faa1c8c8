import Documents

extension Workload {
    /// What must hold between the fields of a workload.
    static let rules: [Rule<Workload>] = [
        Rule(
            reads: ["type"],
            server: .holds(
                "!has(self.scaling) || self.type == 'service'",
                message: "only a service scales; a job or batch has job.parallel_tasks",
                field: "scaling"
            )
        ) { workload, node, findings in
            guard workload.kind != .service, let scaling = node.present("scaling") else { return }
            let message = "only a service scales; a \(workload.kind.rawValue) has job.parallel_tasks"
            findings.error(at: scaling.position, message, .key("scaling"))
        },
        Rule(
            reads: ["type"],
            server: .holds(
                "!has(self.job) || self.type != 'service'",
                message: "a service has no job settings; use scaling, or make the type job or batch",
                field: "job"
            )
        ) { workload, node, findings in
            guard workload.kind == .service, let job = node.present("job") else { return }
            let message = "a service has no job settings; use scaling, or make the type job or batch"
            findings.error(at: job.position, message, .key("job"))
        },
        Rule(reads: ["type"]) { workload, node, findings in
            guard workload.kind != .service, let ports = node["ports"], !ports.isHollow, ports.sequence != nil else {
                return
            }
            findings.warning(
                at: ports.position,
                "ports are for services; this is a \(workload.kind.rawValue)",
                .key("ports")
            )
        },
        Rule(
            reads: ["ports"],
            server: .distinct(list: "ports", by: ["port", "protocol"])
        ) { workload, node, findings in
            let keys = workload.ports.map { "\($0.port)/\($0.transport.rawValue)" }
            reportRepeated(keys, in: node["ports"], "ports", field: "port", &findings) { "port \($0)" }
        },
        Rule(
            reads: ["secrets"],
            server: .distinct(list: "secrets", by: ["env"])
        ) { workload, node, findings in
            let keys = workload.secrets.map(\.variable)
            reportRepeated(keys, in: node["secrets"], "secrets", field: "env", &findings) { $0 }
        },
        Rule(
            reads: ["env", "secrets"],
            server: .holds(
                "!has(self.env) || !has(self.secrets) || "
                    + "self.secrets.all(s, self.env.all(e, !e.startsWith(s.env + '=')))",
                message: "a variable of secrets is set by env too; a secret and a plain value exclude each other",
                field: "secrets"
            )
        ) { workload, node, findings in
            guard !workload.secrets.isEmpty else { return }
            for (index, secret) in workload.secrets.enumerated() {
                guard let place = workload.env.firstIndex(where: { $0.hasPrefix(secret.variable + "=") }) else {
                    continue
                }
                let position = node["secrets"]?.entry(index)?["env"]?.position ?? node.position
                let message =
                    "\(secret.variable) is set by env[\(place)] too; a secret and a plain value exclude each other"
                findings.error(at: position, message, .key("secrets"), .index(index), .key("env"))
            }
        },
        Rule(reads: ["env"]) { workload, node, findings in
            var seen: [Substring: Int] = [:]
            for (index, entry) in workload.env.enumerated() {
                guard let name = VariableName.of(entry: entry) else { continue }
                if let first = seen[name] {
                    let position = node["env"]?.entry(index)?.position ?? node.position
                    let message = "\(name) is set by env[\(first)] already; the last one counts"
                    findings.warning(at: position, message, .key("env"), .index(index))
                } else {
                    seen[name] = index
                }
            }
        },
    ]
}

extension Workload.Scaling {
    /// What must hold between the bounds.
    static let rules: [Rule<Workload.Scaling>] = [
        Rule(
            reads: ["min_replicas", "max_replicas"],
            server: .holds(
                "self.min_replicas <= self.max_replicas",
                message: "min_replicas is more than max_replicas, which is 10 unless said",
                field: "min_replicas"
            )
        ) { scaling, node, findings in
            guard scaling.minReplicas > scaling.maxReplicas else { return }
            let isSaid = node.present("max_replicas") != nil
            let most =
                isSaid ? "max_replicas (\(scaling.maxReplicas))" : "max_replicas, \(scaling.maxReplicas) unless said"
            let position = node["min_replicas"]?.position ?? node.position
            findings.error(at: position, "\(scaling.minReplicas) is more than \(most)", .key("min_replicas"))
        }
    ]
}

/// Reports every key that stood in a list before, at its field of its entry.
func reportRepeated(
    _ keys: [String],
    in node: Node?,
    _ list: String,
    field: String,
    _ findings: inout Findings,
    name: (String) -> String
) {
    guard keys.count > 1, let node else { return }
    var seen: [String: Int] = [:]
    for (index, key) in keys.enumerated() {
        guard let first = seen.updateValue(index, forKey: key) else { continue }
        seen[key] = first
        let entry = node.entry(index)
        let position = entry?[field]?.position ?? entry?.position ?? node.position
        let message = "\(name(key)) is taken by \(list)[\(first)] already"
        findings.error(at: position, message, .key(list), .index(index), .key(field))
    }
}

extension Node {
    /// The value under a key, unless it is `null`, which says nothing.
    func present(_ key: String) -> Node? {
        guard let node = self[key], !node.isNull else { return .none }
        return node
    }

    /// The entry of a list at an index.
    func entry(_ index: Int) -> Node? {
        guard let entries = sequence, entries.indices.contains(index) else { return .none }
        return entries[index]
    }
}
