/// A refusal or silence of an API server, sorted by what must happen next.
///
/// Messages are the server's words, cut to a bounded length; tokens and keys are never part of them.
package struct APIError: Error, Hashable, Sendable {
    /// What must happen next.
    package enum Consequence: Hashable, Sendable {
        /// Somebody else wrote in between: read again, decide again.
        case readAgain
        /// An object of this name is there already.
        case alreadyExists
        /// There is no such object.
        case gone
        /// The server does not know the kind: its definition is not installed.
        case kindMissing
        /// There is no such namespace, or it is coming to its end.
        case namespaceGone
        /// What was read is too old: list again from the start. The token, where there is one, goes on inconsistently.
        case listAgain(continueToken: String?)
        /// Nothing was done: try again with backoff, not before the given time where the server named one.
        case retry(after: Duration?)
        /// Nobody can tell whether it was done.
        case unknown
        /// The server does not know who we are: read the token again.
        case authenticateAgain
        /// We lack a right; only a person can help.
        case forbidden(MissingRight?)
        /// The object is not as it must be; only another object helps.
        case invalid([StatusReply.Cause])
        /// The request itself is refused; no try will do until somebody changes something.
        case refused
    }

    /// What must happen next.
    package var consequence: Consequence
    /// A word of a bounded set: the server's reason, or `HTTP_503` and its likes, `TIMEOUT`, `UNREACHABLE`,
    /// `MALFORMED_REPLY`.
    package var code: String
    /// What happened, for people.
    package var message: String
    /// The HTTP status; nil where there was no reply.
    package var httpStatus: Int?

    /// An error from its parts.
    package init(_ consequence: Consequence, code: String, message: String, httpStatus: Int? = nil) {
        self.consequence = consequence
        self.code = code
        self.message = message
        self.httpStatus = httpStatus
    }

    /// Whether it may have been done although it looks like a failure.
    package var mayHaveHappened: Bool { consequence == .unknown }

    /// Whether the same request may do better later without anybody's help.
    package var passes: Bool {
        switch consequence {
        case .retry, .unknown, .authenticateAgain, .readAgain, .listAgain: true
        case .alreadyExists, .gone, .kindMissing, .namespaceGone, .forbidden, .invalid, .refused: false
        }
    }
}

/// A right that an account of the cluster lacks.
package struct MissingRight: Hashable, Sendable, CustomStringConvertible {
    /// What was to be done: `list`, `create`.
    package var verb: String
    /// With what: `intents.intent-operator.dev`, with its part where it has one: `…/status`.
    package var resource: String
    /// Where; nil for the whole cluster.
    package var namespace: String?
    /// Who lacks it, as the server calls us.
    package var user: String

    /// What is missing, for people: `list intents.intent-operator.dev in namespace default`.
    package var description: String { "\(verb) \(resource)" + (namespace.map { " in namespace \($0)" } ?? "") }

    /// Reads an authorizer's refusal; nil for anything else, such as the refusal of an admission rule.
    package init?(refusal: String) {
        guard let user = refusal.between("User \"", "\""), let verb = refusal.between("cannot ", " resource"),
            let resource = refusal.between("resource \"", "\""), let group = refusal.between("API group \"", "\"")
        else { return nil }
        self.user = user
        self.verb = verb
        namespace = refusal.between("namespace \"", "\"")
        guard !group.isEmpty else {
            self.resource = resource
            return
        }
        let parts = resource.split(separator: "/", maxSplits: 1)
        let part = parts.count > 1 ? "/\(parts[1])" : ""
        self.resource = "\(parts.first ?? "").\(group)\(part)"
    }
}

extension String {
    /// What stands between the first `start` and the next `end`; nil where either is missing.
    fileprivate func between(_ start: String, _ end: String) -> String? {
        let bytes = Array(utf8)
        guard let from = bytes.firstIndex(of: Array(start.utf8), from: 0) else { return nil }
        let begin = from + start.utf8.count
        guard let until = bytes.firstIndex(of: Array(end.utf8), from: begin) else { return nil }
        return String(decoding: bytes[begin..<until], as: UTF8.self)
    }
}

extension [UInt8] {
    /// Where a sequence of bytes first stands, from a place on.
    fileprivate func firstIndex(of wanted: [UInt8], from start: Int) -> Int? {
        guard !wanted.isEmpty, count >= wanted.count, start <= count - wanted.count else { return nil }
        return (start...(count - wanted.count)).first { self[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }
}
