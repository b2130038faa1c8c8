package import Documents
package import Kubernetes

/// A kind that the stand-in serves.
package struct StandInKind: Sendable {
    /// Its names.
    package var resource: APIResource
    /// Whether its status is written through a part of its own, and counted apart from its spec.
    package var hasStatus: Bool
    /// Whether it was defined by people, and answers as such kinds do.
    package var isCustom: Bool
    /// What the server adds where it is missing.
    package var complete: @Sendable (Node) -> Node
    /// What is wrong with an object: a 400 with words, or causes of a 422.
    package var check: @Sendable (Node) -> StandInRefusal?

    /// A kind without rules of its own.
    package init(
        _ resource: APIResource,
        hasStatus: Bool,
        isCustom: Bool = true,
        complete: @escaping @Sendable (Node) -> Node = { $0 },
        check: @escaping @Sendable (Node) -> StandInRefusal? = { _ in nil }
    ) {
        self.resource = resource
        self.hasStatus = hasStatus
        self.isCustom = isCustom
        self.complete = complete
        self.check = check
    }

    /// The kinds that the operator works with.
    package static let own: [StandInKind] = [
        StandInKind(.intents, hasStatus: true),
        StandInKind(.allocations, hasStatus: true),
        StandInKind(.leases, hasStatus: false, isCustom: false, check: checkLease),
        StandInKind(.events, hasStatus: false, isCustom: false, check: checkEvent),
    ]

    /// A Lease's times have six digits, and its duration is no less than a second.
    private static func checkLease(_ object: Node) -> StandInRefusal? {
        for key in ["acquireTime", "renewTime"] {
            guard let text = object["spec"]?[key]?.string, !text.hasSixDigits else { continue }
            return .badRequest(
                "Lease in version \"v1\" cannot be handled as a Lease: parsing time \"\(text)\" as "
                    + "\"2006-01-02T15:04:05.000000Z07:00\""
            )
        }
        if let seconds = object["spec"]?["leaseDurationSeconds"]?.integer, seconds < 1 {
            return .invalid([("spec.leaseDurationSeconds", "Invalid value: \(seconds): must be greater than 0")])
        }
        return nil
    }

    /// An Event has a time of its own, and says who saw what.
    private static func checkEvent(_ object: Node) -> StandInRefusal? {
        var causes: [(field: String, message: String)] = []
        if object["eventTime"]?.string == nil { return .invalid([("eventTime", "Required value")]) }
        if object["reportingInstance"]?.string?.isEmpty ?? true {
            causes.append(("reportingInstance", "Required value"))
        }
        if object["action"]?.string?.isEmpty ?? true { causes.append(("action", "Required value")) }
        if object["reason"]?.string?.isEmpty ?? true { causes.append(("reason", "Required value")) }
        if object["note"]?.string.map({ $0.utf8.count > 1024 }) ?? false {
            causes.append(("message", "can have at most 1024 characters"))
        }
        if !["Normal", "Warning"].contains(object["type"]?.string ?? "") {
            causes.append(("type", "has invalid value: \(object["type"]?.string ?? "")"))
        }
        return causes.isEmpty ? nil : .invalid(causes)
    }
}

extension String {
    /// Whether a moment is written with six digits behind the second.
    fileprivate var hasSixDigits: Bool {
        guard let dot = lastIndex(of: "."), hasSuffix("Z") else { return false }
        return self[index(after: dot)...].dropLast().count == 6
    }
}

/// Why the stand-in refuses a call, in the server's own terms.
package enum StandInRefusal: Error, Sendable {
    /// 400.
    case badRequest(String)
    /// 404 of an object.
    case notFound
    /// 404 of a path that no kind answers to, as plain text.
    case noSuchPath
    /// 404 of the namespace.
    case namespaceMissing
    /// 403 of a namespace on its way out.
    case namespaceTerminating
    /// 409: the name is taken.
    case alreadyExists
    /// 409: written in between.
    case conflict(String)
    /// 409: other managers own the fields.
    case applyConflict([(manager: String, field: String)])
    /// 410.
    case expired(String, continueToken: String?)
    /// 415.
    case mediaType
    /// 422 with the causes.
    case invalid([(field: String, message: String)])
    /// 500 without a reason.
    case internalError(String)
    /// 504: the version is not there yet.
    case tooLargeVersion(asked: Int, current: Int)
    /// 429.
    case tooManyRequests(String, asText: Bool)
    /// Anything else.
    case other(status: Int, reason: String, message: String)
}
