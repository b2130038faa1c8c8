import Dispatch

/// Waits for asynchronous work where there is no task to wait in.
enum Waiting {
    /// Runs something asynchronous that never really waits.
    static func wait(_ body: @escaping @Sendable () async -> Void) {
        let done = DispatchSemaphore(value: 0)
        Task.immediate {
            await body()
            done.signal()
        }
        done.wait()
    }
}
