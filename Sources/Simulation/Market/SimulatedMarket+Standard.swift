extension SimulatedMarket {
    /// The market that `intentctl simulate` starts with: every model and tier of the reference, in Europe and America.
    ///
    /// Prices are of the order that public price lists showed in 2025 and 2026, in euros for one GPU and hour.
    package static let standard = SimulatedMarket(
        flexai: [
            SimulatedWare(flexai: "nvidia-h100", .h100, memory: 80, euros: 4.80, capacity: 64),
            SimulatedWare(flexai: "nvidia-a100", .a100, memory: 40, euros: 3.50, capacity: 64),
            SimulatedWare(flexai: "nvidia-a100-80gb", .a100, memory: 80, euros: 3.90, capacity: 64),
            SimulatedWare(flexai: "nvidia-l4", .l4, memory: 24, euros: 0.80, capacity: 128),
            SimulatedWare(flexai: "nvidia-t4", .t4, memory: 16, euros: 0.45, capacity: 128),
            SimulatedWare(flexai: "nvidia-v100", .v100, memory: 16, euros: 1.10, capacity: 64),
            SimulatedWare(flexai: "nvidia-rtx-4090", .rtx4090, memory: 24, euros: 0.70, capacity: 128),
            SimulatedWare(flexai: "nvidia-rtx-4080", .rtx4080, memory: 16, euros: 0.55, capacity: 64),
            SimulatedWare(flexai: "nvidia-rtx-3090", .rtx3090, memory: 24, euros: 0.40, capacity: 64),
        ],
        flare: [
            SimulatedWare("provider-1", "eu-west-1", .h100, memory: 80, euros: 4.50, capacity: 32),
            SimulatedWare("provider-1", "eu-west-1", .a100, memory: 80, euros: 3.40, capacity: 32),
            SimulatedWare("provider-1", "eu-west-1", .a100, memory: 40, euros: 2.60, capacity: 64),
            SimulatedWare("provider-1", "eu-west-1", .mi300x, memory: 192, euros: 3.10, capacity: 16),
            SimulatedWare("provider-1", "eu-west-1", .v100, memory: 16, euros: 0.90, capacity: 32),
            SimulatedWare("provider-1", "eu-west-1", .t4, memory: 16, euros: 0.40, capacity: 64),
            SimulatedWare("provider-2", "eu-central-1", .h100, memory: 80, euros: 4.25, capacity: 32),
            SimulatedWare("provider-2", "eu-central-1", .rtx4090, memory: 24, euros: 0.60, capacity: 96),
            SimulatedWare("provider-2", "eu-central-1", .rtx4080, memory: 16, euros: 0.45, capacity: 64),
            SimulatedWare("provider-2", "eu-central-1", .rtx3090, memory: 24, euros: 0.35, capacity: 64),
            SimulatedWare("provider-2", "eu-central-1", .rtx3080, memory: 10, euros: 0.25, capacity: 32),
            SimulatedWare("provider-2", "eu-central-1", .rx7900xtx, memory: 24, euros: 0.38, capacity: 32),
            SimulatedWare("provider-3", "us-east-1", .h100, memory: 80, euros: 3.80, capacity: 32),
            SimulatedWare("provider-3", "us-east-1", .mi300x, memory: 192, euros: 2.90, capacity: 16),
            SimulatedWare("provider-3", "us-east-1", .rtx4090, memory: 24, euros: 0.55, capacity: 96),
            SimulatedWare("provider-3", "us-east-1", .rtx4080, memory: 16, euros: 0.42, capacity: 64),
            SimulatedWare("provider-3", "us-east-1", .rtx3090, memory: 24, euros: 0.32, capacity: 64),
            SimulatedWare("provider-3", "us-east-1", .rtx3080, memory: 10, euros: 0.22, capacity: 32),
            SimulatedWare("provider-3", "us-east-1", .rx7900xtx, memory: 24, euros: 0.36, capacity: 32),
            SimulatedWare("aws", "us-east-1", .h100, memory: 80, euros: 6.40, capacity: 64),
            SimulatedWare("aws", "us-east-1", .a100, memory: 40, euros: 3.20, capacity: 64),
            SimulatedWare("aws", "us-east-1", .a100, memory: 80, euros: 4.10, capacity: 64),
            SimulatedWare("aws", "us-east-1", .v100, memory: 16, euros: 2.10, capacity: 32),
            SimulatedWare("aws", "us-east-1", .t4, memory: 16, euros: 0.48, capacity: 64),
            SimulatedWare("aws", "eu-west-1", .a100, memory: 40, euros: 3.60, capacity: 64),
            SimulatedWare("aws", "eu-west-1", .t4, memory: 16, euros: 0.54, capacity: 64),
            SimulatedWare("gcp", "us-central1", .a100, memory: 40, euros: 3.00, capacity: 64),
            SimulatedWare("gcp", "us-central1", .h100, memory: 80, euros: 7.10, capacity: 32),
            SimulatedWare("gcp", "us-central1", .l4, memory: 24, euros: 0.72, capacity: 64),
            SimulatedWare("gcp", "us-central1", .t4, memory: 16, euros: 0.36, capacity: 64),
            SimulatedWare("gcp", "us-central1", .v100, memory: 16, euros: 2.05, capacity: 32),
            SimulatedWare("gcp", "europe-west4", .a100, memory: 40, euros: 3.30, capacity: 64),
            SimulatedWare("gcp", "europe-west4", .l4, memory: 24, euros: 0.78, capacity: 64),
        ]
    )
}
