import Documents
import Kubernetes
import Reconciling

extension StandInStore {
    /// What goes on with a list: the last name that was shown, and the version of the first page.
    private static func token(_ version: Int, _ after: ObjectName) -> String { "\(version)@\(after)" }

    func list(_ call: Call) throws(StandInRefusal) -> TransportReply {
        try checkVersion(call.query["resourceVersion"])
        if let selector = call.query["fieldSelector"], !selector.hasPrefix("metadata.name=") {
            throw .badRequest("field label not supported: \(selector.prefix { $0 != "=" })")
        }
        var after: ObjectName?
        var shown = version
        var stock = (objects[call.kind.resource] ?? [:]).mapValues(\.node)
        if let token = call.query["continue"] {
            let parts = token.split(separator: "@", maxSplits: 1)
            let names = parts.last?.split(separator: "/") ?? []
            guard parts.count == 2, let first = Int(parts[0]), names.count == 2 else {
                throw .badRequest("invalid continue token")
            }
            after = ObjectName(namespace: String(names[0]), name: String(names[1]))
            if first >= 0 {
                guard first >= forgottenUpTo else {
                    throw .expired(
                        "The provided continue parameter is too old to display a consistent list result.",
                        continueToken: "-1@\(parts[1])"
                    )
                }
                shown = first
                stock = self.stock(of: call.kind.resource, at: first)
            }
        }
        let chosen = stock.filter { name, node in Self.isChosen(name, node, call) && after.map { name > $0 } ?? true }
            .sorted { $0.key < $1.key }
        let limit = call.query["limit"].flatMap { Int($0) } ?? .max
        let page = chosen.prefix(limit)
        var metadata: [(String, Node)] = [("continue", ""), ("resourceVersion", .string(String(shown)))]
        if let last = page.last, chosen.count > page.count {
            metadata[0].1 = .string(Self.token(shown, last.key))
            metadata.append(("remainingItemCount", .integer(chosen.count - page.count)))
        }
        // Kinds of people's own show the items first, and the server's own the metadata.
        let items = ("items", Node.list(page.map(\.value)))
        let head = ("metadata", Node.mapping(metadata))
        let kind = ("kind", Node.string("\(call.kind.resource.kind)List"))
        let version = ("apiVersion", Node.string(call.kind.resource.apiVersion))
        let members = call.kind.isCustom ? [version, items, kind, head] : [kind, version, head, items]
        return .json(.mapping(members), status: 200)
    }

    private func checkVersion(_ text: String?) throws(StandInRefusal) {
        guard let text, !text.isEmpty else { return }
        guard let asked = Int(text) else {
            throw .badRequest("invalid resource version: resourceVersion: Invalid value: \"\(text)\"")
        }
        if asked > version { throw .tooLargeVersion(asked: asked, current: version) }
    }

    /// The objects as they were at a version that is still remembered.
    private func stock(of resource: APIResource, at moment: Int) -> [ObjectName: Node] {
        var stock = (objects[resource] ?? [:]).mapValues(\.node)
        for happening in history.reversed() where happening.resource == resource && happening.version > moment {
            let before = history.last {
                $0.resource == resource && $0.name == happening.name && $0.version < happening.version
            }
            stock[happening.name] = before.flatMap { $0.type == "DELETED" ? nil : $0.node }
        }
        return stock
    }

    /// Whether a call's selection holds an object.
    static func isChosen(_ name: ObjectName, _ node: Node, _ call: Call) -> Bool {
        if let namespace = call.namespace, namespace != name.namespace { return false }
        if let selector = call.query["labelSelector"] {
            let labels = node["metadata"]?["labels"]
            for term in selector.split(separator: ",") {
                let parts = term.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2, labels?[parts[0]]?.string == parts[1] else { return false }
            }
        }
        if let selector = call.query["fieldSelector"] {
            guard selector == "metadata.name=\(name.name)" else { return false }
        }
        return true
    }

    /// The lines of a watch that are due after a version; throws where that version is forgotten.
    func lines(_ call: Call, after seen: Int) throws(StandInRefusal) -> (lines: [[UInt8]], seen: Int) {
        guard seen >= forgottenUpTo else {
            throw .expired("too old resource version: \(seen) (\(forgottenUpTo))", continueToken: nil)
        }
        var lines: [[UInt8]] = []
        var last = seen
        let start = history.partitioningIndex { $0.version > seen }
        for happening in history[start...] {
            last = happening.version
            guard happening.resource == call.kind.resource else { continue }
            guard Self.isChosen(happening.name, happening.node, call) else { continue }
            lines.append(Self.line(happening.type, happening.node))
        }
        return (lines, last)
    }

    /// One line of a watch.
    static func line(_ type: String, _ object: Node) -> [UInt8] {
        DocumentPrinter.jsonBytes(.mapping(["type": .string(type), "object": object])) + [UInt8(ascii: "\n")]
    }

    /// A bookmark.
    func bookmark(_ kind: StandInKind, at version: Int) -> [UInt8] {
        Self.line(
            "BOOKMARK",
            .mapping([
                "apiVersion": .string(kind.resource.apiVersion),
                "kind": .string(kind.resource.kind),
                "metadata": .mapping(["resourceVersion": .string(String(version))]),
            ])
        )
    }
}

extension Array {
    /// Where the elements begin for which a condition holds, when all that hold stand at the end.
    fileprivate func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
