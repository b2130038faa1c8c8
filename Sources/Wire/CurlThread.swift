import Glibc

/// The thread that runs a ``CurlLoop``; joined exactly once.
final class CurlThread: Sendable {
    /// What the thread is born with.
    private final class Luggage: Sendable {
        let multi: CurlMulti
        let mailbox: CurlMailbox
        let configuration: HTTPClient.Configuration

        init(multi: CurlMulti, mailbox: CurlMailbox, configuration: HTTPClient.Configuration) {
            self.multi = multi
            self.mailbox = mailbox
            self.configuration = configuration
        }
    }

    private let identity: Locked<pthread_t?>

    init(multi: CurlMulti, mailbox: CurlMailbox, configuration: HTTPClient.Configuration) {
        let luggage = Luggage(multi: multi, mailbox: mailbox, configuration: configuration)
        let context = unsafe Unmanaged.passRetained(luggage).toOpaque()
        var thread = pthread_t()
        let result = unsafe pthread_create(&thread, nil, CurlThread.live, context)
        precondition(result == 0, "no thread for the HTTP client: error \(result)")
        identity = Locked(thread)
    }

    /// Waits for the thread's end; later calls wait for the first.
    func join() {
        identity.withLock { identity in
            if let thread = identity { pthread_join(thread, nil) }
            identity = nil
        }
    }

    /// The thread's entry; a function, since a closure could take over somebody's actor.
    private static let live: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context = unsafe context else { return nil }
        let luggage = unsafe Unmanaged<Luggage>.fromOpaque(context).takeRetainedValue()
        // TLS writes to a socket whose peer has gone would end the process: libcurl leaves the signal to us.
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        var loop = CurlLoop(multi: luggage.multi, mailbox: luggage.mailbox, configuration: luggage.configuration)
        loop.run()
        return nil
    }
}
