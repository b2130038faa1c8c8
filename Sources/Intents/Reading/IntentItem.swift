import Documents

/// One thing of a document that should be an intent: the document itself, or an entry of its list.
struct IntentItem {
    /// The document.
    let document: Document
    /// What should be an intent.
    let node: Node
    /// Its place in the list; nil where it is the whole document.
    var index: Int?

    /// What a document holds: the entries of a list, nothing where nothing is written, else itself.
    static func items(of document: Document) -> [IntentItem] {
        let root = document.root
        if root.isNull { return [] }
        let whole = [IntentItem(document: document, node: root)]
        guard let kind = root["kind"]?.string, let entries = root["items"]?.sequence else { return whole }
        let isList = kind == "List" || kind == KubernetesForm.kind + "List"
        guard isList else { return whole }
        return entries.enumerated().map { IntentItem(document: document, node: $1, index: $0) }
    }

    /// The intent, the way to its name and the name's place; nil, with errors reported, where there is none.
    func decode(_ findings: inout Findings) -> (Intent, [Findings.Step], Position)? {
        guard node.mapping != nil else {
            findings.mismatch(node, expected: Self.expected)
            return nil
        }
        if node["intent"] != nil { return decodeFLARE(&findings) }
        if node["apiVersion"] != nil || node["kind"] != nil { return decodeKubernetes(&findings) }
        let isBare = node["workload"] != nil || node["objective"] != nil
        let advice = isBare ? "; put these fields under intent:" : ""
        findings.error(at: node.position, "this is not an intent: \(Self.expected) is expected\(advice)")
        return nil
    }

    private static let expected =
        "{\"intent\": {…}}, or apiVersion: \(KubernetesForm.apiVersion) with kind: \(KubernetesForm.kind)"

    private func decodeFLARE(_ findings: inout Findings) -> (Intent, [Findings.Step], Position)? {
        guard let form = FLAREForm.description.decode(node, &findings) else { return nil }
        let name = form.intent.workload.name
        let position = node["intent"]?["workload"]?["name"]?.position ?? node.position
        return (Intent(name: name, spec: form.intent), [.key("intent"), .key("workload"), .key("name")], position)
    }

    private func decodeKubernetes(_ findings: inout Findings) -> (Intent, [Findings.Step], Position)? {
        if let kind = node["kind"], let word = kind.string, word != KubernetesForm.kind {
            let nearest =
                Suggestion.nearest(to: word, among: [KubernetesForm.kind]).map { "; did you mean \($0)?" } ?? ""
            findings.error(
                at: kind.position,
                "\(word.excerpt) is not an \(KubernetesForm.kind)\(nearest)",
                .key("kind")
            )
            return nil
        }
        guard let form = KubernetesForm.description.decode(node, &findings) else { return nil }
        let name = form.metadata.name ?? form.spec.workload.name
        let isNamed = form.metadata.name != nil
        let nameNode = isNamed ? node["metadata"]?["name"] : node["spec"]?["workload"]?["name"]
        let intent = Intent(
            name: name,
            namespace: form.metadata.namespace,
            labels: form.metadata.labels,
            annotations: form.metadata.annotations,
            spec: form.spec
        )
        let path: [Findings.Step] =
            isNamed
            ? [.key("metadata"), .key("name")] : [.key("spec"), .key("workload"), .key("name")]
        return (intent, path, nameNode?.position ?? node.position)
    }
}
