import Reconciling

/// Why FLARE says no: a code of the reference with its status and its words.
struct FLARERefusal: Error {
    /// What else could be had.
    struct Suggestion: Hashable {
        /// What it is.
        let alternative: String
        /// How its cost differs, such as `+15%`.
        let costDifference: String
        /// How its performance differs, such as `-10%`.
        let performanceImpact: String
    }

    /// The HTTP status.
    let status: Int
    /// The reference's code.
    let code: String
    /// What stands in the way, for people.
    let message: String
    /// What else could be had, nearest first.
    var suggestions: [Suggestion] = []

    /// The reply in the words of a dialect.
    ///
    /// The reference writes 401 and 403 in another way than the refusal of an intent.
    func reply(_ dialect: FLARESettings.Dialect) -> TransportReply {
        .json(status) { reply in
            switch (dialect, status) {
            case (.head, _):
                reply.member("error", message)
                reply.key("context")
                reply.object { $0.member("code", code) }
                reply.member("status", status)
            case (.seed, 401), (.seed, 403), (.seed, 404), (.seed, 405), (.seed, 415):
                reply.member("error", Self.word(status))
                reply.member("message", message)
                reply.member("code", code)
            case (.seed, _):
                reply.member("status", "error")
                reply.member("error_code", code)
                reply.member("message", message)
                if !suggestions.isEmpty { write(suggestions, to: &reply) }
            }
        }
    }

    private func write(_ suggestions: [Suggestion], to reply: inout JSONText) {
        reply.key("suggestions")
        reply.array { list in
            for suggestion in suggestions {
                list.object { entry in
                    entry.member("alternative", suggestion.alternative)
                    entry.member("cost_difference", suggestion.costDifference)
                    entry.member("performance_impact", suggestion.performanceImpact)
                }
            }
        }
    }

    private static func word(_ status: Int) -> String {
        switch status {
        case 401: "unauthorized"
        case 403: "forbidden"
        case 405: "method_not_allowed"
        case 415: "unsupported_media_type"
        default: "not_found"
        }
    }
}

extension FLARERefusal {
    static let notFound = FLARERefusal(status: 404, code: "NOT_FOUND", message: "Not found")
    static let wrongMethod = FLARERefusal(status: 405, code: "METHOD_NOT_ALLOWED", message: "Method not allowed")
    static let wrongType = FLARERefusal(
        status: 415,
        code: "UNSUPPORTED_MEDIA_TYPE",
        message: "Content-Type must be application/json"
    )

    /// A body that is not what it should be.
    static func format(_ message: String) -> FLARERefusal {
        FLARERefusal(status: 400, code: "INVALID_FORMAT", message: message)
    }

    /// A field that should be there.
    static func missing(_ field: String) -> FLARERefusal {
        FLARERefusal(status: 400, code: "MISSING_REQUIRED_FIELD", message: "Required field missing: \(field)")
    }

    /// An intent that nothing on the shelf can serve now.
    static func unserved(_ code: String, _ message: String, _ suggestions: [Suggestion] = []) -> FLARERefusal {
        FLARERefusal(status: 409, code: code, message: message, suggestions: suggestions)
    }
}
