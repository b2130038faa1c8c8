import Documents

extension IntentSpec {
    /// The fields that are the operator's own: platforms are never sent them.
    package static let own: Set<String> = [
        "suspend", "paused", "dependsOn", "driftPolicy", "idle", "ttlAfterFinished",
    ]

    /// What must hold between the fields that say how an intent is kept.
    static let rules: [Rule<IntentSpec>] = [
        Rule(
            reads: ["dependsOn"],
            server: .distinctWords(list: "dependsOn")
        ) { spec, node, findings in
            for (index, name) in spec.dependsOn.enumerated() where spec.dependsOn[..<index].contains(name) {
                let position = node["dependsOn"]?.entry(index)?.position ?? node.position
                findings.error(at: position, "\(name) stands here twice", .key("dependsOn"), .index(index))
            }
        },
        Rule(reads: ["dependsOn"]) { spec, node, findings in
            guard spec.dependsOn.count > IntentLimits.dependencies else { return }
            let position = node["dependsOn"]?.position ?? node.position
            let message = "\(spec.dependsOn.count) names are more than the \(IntentLimits.dependencies) that may be"
            findings.error(at: position, message, .key("dependsOn"))
        },
        Rule(
            reads: ["workload", "idle"],
            server: .holds(
                "!has(self.idle) || self.workload.type == 'service'",
                message: "only a service can be idle; a job ends when its work is done",
                field: "idle"
            )
        ) { spec, node, findings in
            guard spec.workload.kind != .service, let idle = node.present("idle") else { return }
            let message = "only a service can be idle; a \(spec.workload.kind.rawValue) ends when its work is done"
            findings.error(at: idle.position, message, .key("idle"))
        },
        Rule(
            reads: ["workload", "ttlAfterFinished"],
            server: .holds(
                "!has(self.ttlAfterFinished) || self.workload.type != 'service'",
                message: "a service never finishes; only a job or batch leaves a record",
                field: "ttlAfterFinished"
            )
        ) { spec, node, findings in
            guard spec.workload.kind == .service, let span = node.present("ttlAfterFinished") else { return }
            let message = "a service never finishes; only a job or batch leaves a record"
            findings.error(at: span.position, message, .key("ttlAfterFinished"))
        },
    ]
}
