/// Why nothing was found, in the words of the reference's error codes.
enum RefusalCode: String, Hashable, Sendable, CaseIterable {
    /// Nothing of the kind is on sale, or nothing that grants every wish.
    case insufficientResources = "INSUFFICIENT_RESOURCES"
    /// The GPU model is not to be had.
    case gpuModelUnavailable = "GPU_MODEL_UNAVAILABLE"
    /// The GPUs have less memory.
    case gpuMemoryInsufficient = "GPU_MEMORY_INSUFFICIENT"
    /// There are too few GPUs.
    case gpuCountInsufficient = "GPU_COUNT_INSUFFICIENT"
    /// It would cost too much.
    case costLimitExceeded = "COST_LIMIT_EXCEEDED"
    /// The place is not to be had.
    case regionUnavailable = "REGION_UNAVAILABLE"
    /// The account may not have more; only a platform says so.
    case quotaExceeded = "QUOTA_EXCEEDED"
    /// The time for the work is over; ours, the reference has no code for it.
    case deadlinePassed = "DEADLINE_PASSED"
    /// Nothing would run before the deadline; ours too.
    case deadlineTooClose = "DEADLINE_TOO_CLOSE"
}
