extension HTTPServer {
    /// What one server lets its clients take.
    package struct Limits: Sendable {
        /// Bytes of a request's body; more is 413.
        package var bodyBytes = 1 << 20
        /// Bytes of a request's line and headers; more is 431.
        package var headerBytes = 8 << 10
        /// Headers of a request; more is 431.
        package var headerCount = 100
        /// Open connections; later ones are closed at once.
        package var connections = 512
        /// Open connections from one address.
        package var connectionsPerAddress = 256
        /// From a connection's begin, or from a later request's first line, until the request is complete.
        package var requestDeadline = Duration.seconds(10)
        /// How long a connection may stand idle between two requests, or take no byte of a reply; in whole seconds.
        package var idle = Duration.seconds(60)
        /// Handlers that run at a time; further requests wait.
        package var concurrentHandlers = 128
        /// Bytes of a streamed reply that wait for the client before the writer waits.
        package var streamBufferBytes = 256 << 10
        /// How long finished replies may take to reach their clients after ``HTTPServer/run()`` was cancelled.
        package var drain = Duration.seconds(5)

        /// The defaults.
        package init() {}
    }

    /// A certificate and its key, both PEM texts.
    package struct Identity: Sendable {
        /// The certificate, followed by the chain.
        package var certificate: String
        /// The key, which is not shown anywhere.
        package var key: String

        /// Takes both texts as they are.
        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }
}
