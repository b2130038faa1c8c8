package import Reconciling
package import Wire

/// Answers `/healthz` and `/readyz`, as Kubernetes and people ask them.
package struct HealthEndpoint: Sendable {
    /// Whether the operator can do its work, and why not.
    package struct Readiness: Hashable, Sendable {
        /// What stands in the way, empty where nothing does.
        package var obstacles: [String]

        /// A readiness with its obstacles.
        package init(obstacles: [String]) { self.obstacles = obstacles }

        /// The readiness of an operator: its source can be read and has been looked at once.
        package init(_ worker: Operator) {
            let (unavailable, hasLooked) = worker.desires.read { ($0.unavailable, $0.hasLooked) }
            var obstacles: [String] = []
            if let unavailable { obstacles.append("source: \(unavailable)") }
            if !hasLooked { obstacles.append("source: not looked at yet") }
            if worker.books.owesWrites { obstacles.append("ledger: cannot be written") }
            self.obstacles = obstacles
        }
    }

    private let readiness: @Sendable () -> Readiness

    /// An endpoint that asks for the readiness anew each time.
    package init(readiness: @escaping @Sendable () -> Readiness) { self.readiness = readiness }

    /// The answer to a request; 404 for every other path, 405 for every other method.
    package func answer(_ request: HTTPServerRequest) -> HTTPServerResponse {
        guard request.method == .get || request.method == .head else { return .text("only GET\n", status: 405) }
        switch request.path {
        case "/healthz": return .text("ok\n")
        case "/readyz":
            let obstacles = readiness().obstacles
            guard !obstacles.isEmpty else { return .text("ok\n") }
            return .text(obstacles.map { $0 + "\n" }.joined(), status: 503)
        default: return .text("there is /healthz and /readyz\n", status: 404)
        }
    }
}
