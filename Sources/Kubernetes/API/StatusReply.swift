package import Documents

/// What an API server says instead of an object: a `Status`, whole or in part.
package struct StatusReply: Hashable, Sendable {
    /// One of several things that are wrong.
    package struct Cause: Hashable, Sendable {
        /// A word such as `FieldValueInvalid`; empty where there is none.
        package var reason: String
        /// What is wrong, for people.
        package var message: String
        /// The field; empty where it is about no field.
        package var field: String
    }

    /// `Success` or `Failure`.
    package var status: String
    /// What happened, for people.
    package var message: String
    /// A word such as `Conflict`; empty where there is none.
    package var reason: String
    /// The HTTP status that goes with it; nil where it does not say.
    package var code: Int?
    /// The kind of object that it is about, as a plural or a kind; empty where it does not say.
    package var kind: String
    /// The object that it is about; empty where it does not say.
    package var name: String
    /// How long to wait before another try, in seconds.
    package var retryAfterSeconds: Int?
    /// Everything that is wrong.
    package var causes: [Cause]
    /// With an expired list: how to go on without consistency.
    package var continueToken: String?

    /// Reads a `Status`; nil where a node is none.
    ///
    /// Some servers leave `kind` out, and what is missing or malformed here is taken for not said: an error about an
    /// error helps nobody.
    package init?(_ node: Node) {
        guard node["kind"]?.string ?? "Status" == "Status", let status = node["status"]?.string else { return nil }
        self.status = status
        message = node["message"]?.string ?? ""
        reason = node["reason"]?.string ?? ""
        code = node["code"]?.integer.map { Int($0) }
        let details = node["details"]
        kind = details?["kind"]?.string ?? ""
        name = details?["name"]?.string ?? ""
        retryAfterSeconds = details?["retryAfterSeconds"]?.integer.map { Int($0) }
        causes = (details?["causes"]?.sequence ?? []).map { cause in
            Cause(
                reason: cause["reason"]?.string ?? "",
                message: cause["message"]?.string ?? "",
                field: cause["field"]?.string ?? ""
            )
        }
        let token = node["metadata"]?["continue"]?.string
        continueToken = token?.isEmpty == false ? token : nil
    }
}
