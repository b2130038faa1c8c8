extension Resources: Described {
    static let description = ObjectDescription<Resources>(
        "resources",
        "What a workload needs to run on",
        fields: [
            .optional("cpu", \.cpu, .cores, "CPU cores of each slot"),
            .optional("memory", \.memory, .amount(example: "32Gi"), "Main memory of each slot"),
            .optional("gpu", \.gpu, .object(), "GPUs of each slot; nothing means one of any kind"),
        ]
    )
}

extension GPUWish: Described {
    static let description = ObjectDescription<GPUWish>(
        "gpu",
        "What the GPUs should be like",
        fields: fields,
        rules: rules
    )

    private static let model = Form<String>.openWord("GPU model", known: \.models) { $0.knowsModel($1) }

    private static let fields: [Field<GPUWish>] = [
        .standard("model", \.model, model.orNothing(ClosedWords.any, lowered: true), "The GPU's model"),
        .standard(
            "count",
            \.count,
            .integer(1...IntentLimits.gpus, "a number of GPUs"),
            "How many GPUs each slot holds"
        ),
        .optional("memory", \.memory, .amount(example: "80Gi"), "Memory of each GPU, at least"),
        .optional(
            "cores",
            \.cores,
            .integer(1...IntentLimits.gpuCores, "a number of cores"),
            "CUDA cores of each GPU, at least"
        ),
        .optional("clock_speed", \.clockSpeed, .amount(example: "1.5G"), "Clock in hertz, at least"),
        .standard("compute_capability", \.computeCapability, .capabilityOrAny, "CUDA compute capability, at least"),
        .standard(
            "architecture",
            \.architecture,
            Form<Architecture>.wordOrAny("an architecture"),
            "The GPU's architecture"
        ),
        .standard("tier", \.tier, Form<Tier>.wordOrAny("a tier"), "The GPU's tier"),
        .standard("shared", \.shared, .flag, "Whether the GPU may be shared with other workloads"),
        .standard(
            "interconnect",
            \.interconnect,
            Form<Interconnect>.wordOrAny("an interconnect"),
            "How GPUs talk to one another, at least as well as this"
        ),
        .standard("interruptible", \.interruptible, .flag, "Whether the platform may take the allocation back"),
        .standard("multi_instance", \.multiInstance, .flag, "Whether multi-instance GPUs (MIG) are needed"),
        .standard("dedicated", \.dedicated, .flag, "Whether the GPU must be dedicated"),
        .optional(
            "fp32_tflops",
            \.fp32Tflops,
            .score(example: "19.5"),
            "TFLOPS of 32-bit floats of each GPU, at least"
        ),
        .standard("topology", \.topology, Form<Topology>.wordOrAny("a topology"), "How several GPUs are wired up"),
        .optional(
            "multi_gpu_efficiency",
            \.multiGPUEfficiency,
            .fractionText,
            "Efficiency of several GPUs together, between 0 and 1, at least"
        ),
    ]
}

extension Storage: Described {
    static let description = ObjectDescription<Storage>(
        "storage",
        "Volumes",
        fields: [.standard("volumes", \.volumes, .list(of: .object()), "The volumes")],
        rules: rules
    )
}

extension Storage.Volume: Described {
    static let description = ObjectDescription<Storage.Volume>(
        "volume",
        "A volume",
        fields: [
            .required("name", \.name, .text("a volume's name", example: "model-cache"), "The volume's name"),
            .required("size", \.size, .amount(example: "100Gi"), "The volume's size"),
            .required(
                "type",
                \.kind,
                .word("a type of volume"),
                "Whether the data outlives the allocation (persistent) or goes with it (temporary)"
            ),
            .required("path", \.path, .mountPath, "Where the container sees the volume"),
            .optional("source", \.source, .object(), "Where the volume's content comes from"),
        ]
    )
}

extension Storage.Source: Described {
    static let description = ObjectDescription<Storage.Source>(
        "source",
        "An object store that fills a volume",
        fields: [
            .required("type", \.kind, .word("a type of object store"), "The kind of object store"),
            .required("uri", \.uri, .uri, "Where in the object store"),
            .required(
                "credentials",
                \.credentials,
                .text("the name of credentials", example: "aws-readonly"),
                "The name of the credentials on the platform, never their value"
            ),
        ]
    )
}
