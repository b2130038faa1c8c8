import Documents

extension Metadata {
    /// What must hold of the head of an object.
    static let rules: [Rule<Metadata>] = [
        // A priority that cannot be read would count as none, and another intent would be served first.
        Rule(reads: ["annotations"]) { metadata, node, findings in
            guard let text = metadata.annotations[Intent.priorityAnnotation], Intent.priority(text) == nil else {
                return
            }
            let position = node["annotations"]?[Intent.priorityAnnotation]?.position ?? node.position
            let (least, most) = (Intent.priorities.lowerBound, Intent.priorities.upperBound)
            findings.error(
                at: position,
                "\(text.excerpt) is not a priority (a whole number from \(least) to \(most), in quotes)",
                .key("annotations"),
                .key(Intent.priorityAnnotation)
            )
        }
    ]
}
