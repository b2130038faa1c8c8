package import Reconciling
package import Wire

/// Answers `POST /complete/NAME/SLOT`, by which a container tells that its task has ended.
///
/// The token of the slot stands in `Authorization: Bearer`; `?outcome=failed` tells of a failure. Nothing tells who has
/// the wrong token whether there is such an intent.
package struct CompletionEndpoint: Sendable {
    /// What became of a report.
    package enum Reception: Hashable, Sendable {
        /// It is written down and will be heard.
        case recorded
        /// It was heard.
        case heard(String)
        /// It was refused.
        case refused(String)
        /// It could not be written down.
        case failed
    }

    private let seal: CompletionSeal
    private let report: @Sendable (IntentKey, Int, TaskOutcome) async -> Reception

    /// An endpoint that checks tokens by a seal and hands on what they vouch for.
    package init(
        seal: CompletionSeal,
        report: @escaping @Sendable (IntentKey, Int, TaskOutcome) async -> Reception
    ) {
        self.seal = seal
        self.report = report
    }

    /// Whether a request is for this endpoint.
    package static func isMeant(by request: HTTPServerRequest) -> Bool { request.segments.first == "complete" }

    /// The answer to a request.
    package func answer(_ request: HTTPServerRequest) async -> HTTPServerResponse {
        guard request.method == .post else { return .text("only POST\n", status: 405) }
        guard request.segments.count == 3, let slot = Int(request.segments[2]), slot >= 0 else {
            return .text("it must read /complete/NAME/SLOT\n", status: 400)
        }
        let name = request.segments[1]
        let scheme = "bearer "
        let given = request.headers["Authorization"] ?? ""
        guard given.lowercased().hasPrefix(scheme),
            seal.fits(String(given.dropFirst(scheme.count)), intent: name, slot: slot)
        else { return .text("the token is not the one of this slot\n", status: 401) }
        let outcome: TaskOutcome
        switch request.query("outcome") {
        case nil, "completed": outcome = .completed
        case "failed": outcome = .failed
        default: return .text("outcome must be completed or failed\n", status: 400)
        }
        switch await report(IntentKey(rawValue: name), slot, outcome) {
        case .recorded: return .text("written down\n", status: 202)
        case .heard(let words): return .text(words + "\n")
        case .refused(let words): return .text(words + "\n", status: 409)
        case .failed: return .text("it could not be written down; send it again\n", status: 503)
        }
    }
}
