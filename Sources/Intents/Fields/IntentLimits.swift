/// The largest numbers that an intent may hold, and the longest texts and lists that an API server takes.
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
    /// Names in `dependsOn`.
    package static let dependencies = 100
    /// Characters of a text in a cluster.
    package static let text = 32_768
    /// Characters of a word in a cluster.
    package static let word = 253
    /// Characters of the name of a variable in a cluster.
    package static let variableName = 256
    /// Characters of a path in a cluster.
    package static let path = 4096
    /// Entries of a list of objects in a cluster.
    ///
    /// An API server reckons beforehand what a rule may cost at most, and refuses a definition whose rule is too dear:
    /// with 100 objects and 1000 texts, two of ours are.
    package static let objects = 64
    /// Entries of a list of texts in a cluster; bounded for the same reason.
    package static let texts = 500
}
