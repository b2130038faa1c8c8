import Dispatch
import Foundation
import Reconciling

/// Turns SIGTERM and SIGINT into a gentle end; a second one ends the process at once.
struct ProcessSignals {
    /// How long open calls may take to come to their end.
    static let patience = DispatchTimeInterval.seconds(60)

    private let sources: [any DispatchSourceSignal]

    /// Listens from now on; `drain` is called once, on a thread of Dispatch.
    init(drain: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "process-signals")
        let first = FirstTime()
        sources = [SIGTERM, SIGINT].map { number in
            // The default action would end the process before the handler runs.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                guard first.isNow() else { _exit(1) }
                queue.asyncAfter(deadline: .now() + Self.patience) { _exit(0) }
                drain()
            }
            source.activate()
            return source
        }
    }

    /// Stops listening.
    func stop() {
        for source in sources { source.cancel() }
    }
}
