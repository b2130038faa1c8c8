import Documents

/// One call to an API server, before it is known where the server is and who calls.
struct APICall {
    /// GET, POST, PUT, PATCH or DELETE.
    var method: String
    /// The segments of the path.
    var path: [String]
    /// The query, in order.
    var query: [(name: String, value: String)] = []
    /// The body's type, where there is one.
    var contentType: String?
    /// The body.
    var body: Node?
}

/// Which objects of a kind are meant.
package struct Selection: Hashable, Sendable {
    /// One namespace; nil for all.
    package var namespace: String?
    /// Only objects whose labels match, such as `team=search`; empty for all.
    package var labels: String
    /// Only objects whose fields match, such as `metadata.name=a`; empty for all.
    package var fields: String

    /// Every object of a namespace, or of all.
    package init(namespace: String? = nil, labels: String = "", fields: String = "") {
        self.namespace = namespace
        self.labels = labels
        self.fields = fields
    }

    /// Its part of a query.
    var query: [(name: String, value: String)] {
        [(name: "labelSelector", value: labels), (name: "fieldSelector", value: fields)].filter { !$0.value.isEmpty }
    }
}
