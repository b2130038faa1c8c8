/// The largest numbers that an intent may hold.
package enum IntentLimits {
    /// Slots of an intent: replicas or parallel tasks.
    package static let slots = 1000
    /// GPUs of a slot.
    package static let gpus = 1024
    /// Cores of a GPU.
    package static let gpuCores = 10_000_000
    /// Tries of a task after the first.
    package static let retries = 1000
    /// Milliseconds of latency or jitter, one minute.
    package static let latency = 60_000
    /// Rounds of a negotiation.
    package static let rounds = 1000
    /// Seconds of a negotiation, one day.
    package static let negotiation = 86_400
}
