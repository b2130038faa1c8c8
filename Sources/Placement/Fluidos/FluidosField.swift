/// What a FLUIDOS selector can ask of GPUs.
package enum FluidosField: String, Hashable, Sendable, CaseIterable {
    case model
    case cores
    case memory
    case vendor
    case tier
    case count
    case multiInstance = "multi_instance"
    case shared
    case dedicated
    case interruptible
    case networkBandwidth = "network_bandwidth"
    case networkLatencyMs = "network_latency_ms"
    case architecture
    case interconnect
    case interconnectBandwidth = "interconnect_bandwidth"
    case computeCapability = "compute_capability"
    case clockSpeed = "clock_speed"
    case fp32Tflops = "fp32_tflops"
    case topology
    case multiGPUEfficiency = "multi_gpu_efficiency"
    case region
    case zone
    case hourlyRate = "hourly_rate"
    case provider
    case preemptible = "pre_emptible"
}
