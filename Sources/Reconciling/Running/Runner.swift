/// Reconciles keys: one at a time for each key, at most so many overall.
package struct Runner: Sendable {
    /// How many reconciles run at once; more than the platforms' width, since some wait for the ledger.
    package static let defaultWidth = 64

    private let queue: WorkQueue
    private let width: Int
    private let reconcile: @Sendable (IntentKey) async -> (after: Duration, priority: Schedule.Priority)?

    /// A runner that takes keys from a queue.
    package init(
        queue: WorkQueue,
        width: Int = Runner.defaultWidth,
        reconcile: @escaping @Sendable (IntentKey) async -> (after: Duration, priority: Schedule.Priority)?
    ) {
        self.queue = queue
        self.width = width
        self.reconcile = reconcile
    }

    /// Works until the queue is closed; every reconcile that has begun comes to its end.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<width {
                group.addTask {
                    while let key = await queue.next() {
                        queue.done(key, again: await reconcile(key))
                    }
                }
            }
        }
    }
}
