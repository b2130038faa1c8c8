extension Site {
    /// A service that FlexAI starts by itself, one instance a replica.
    static func notebook(_ name: String, replicas: Int = 1) -> String {
        """
        apiVersion: intent-operator.dev/v1alpha1
        kind: Intent
        metadata: {name: \(name)}
        spec:
          objective: Cost_Minimization
          workload:
            type: service
            name: \(name)
            image: jupyter/pytorch-notebook:latest
            resources: {cpu: "4", memory: 16Gi, gpu: {count: 1, memory: 16Gi}}
            scaling: {min_replicas: \(replicas), max_replicas: \(replicas)}
          constraints: {providers: [flexai]}

        """
    }

    /// A service on FLARE, one allocation for all of it.
    static func inference(_ name: String) -> String {
        """
        intent:
          objective: Cost_Minimization
          workload:
            type: service
            name: \(name)
            image: "lmsysorg/sglang:latest"
            commands: ["serve"]
            resources: {cpu: "4", memory: 16Gi, gpu: {model: nvidia-a100, count: 1}}
            scaling: {min_replicas: 1, max_replicas: 1}
          constraints: {location: EU, providers: [flare]}

        """
    }
}
