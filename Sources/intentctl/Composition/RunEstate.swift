import Reconciling

/// Where a run's intents, ledger and right to act come from: a machine's directories, or a cluster.
struct RunEstate: Sendable {
    /// What is on record.
    var snapshot: LedgerSnapshot
    /// The durable record.
    var ledger: any Ledger
    /// Intents.
    var source: any IntentSource
    /// The right to act.
    var leadership: any Leadership = ExclusiveLeadership()
    /// Named for the log.
    var name: String
    /// What must live beside the operator; the run ends where one of them fails.
    var companions: [@Sendable () async throws -> Void] = []
    /// Puts the platforms' calls under the right to act.
    var transport: @Sendable (any Transport) -> any Transport = { $0 }
}
