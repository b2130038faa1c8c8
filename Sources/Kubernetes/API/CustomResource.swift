package import Documents

/// A kind of object as an API server learns it: its names, its columns and what its objects hold.
package struct CustomResource: Sendable {
    /// A column of `kubectl get`.
    package struct Column: Sendable {
        /// Its head.
        package var name: String
        /// Where its value stands in the object.
        package var path: String
        /// What it tells, in one sentence.
        package var meaning: String
        /// How it is shown: `string`, `integer` or `date`.
        package var type = "string"
        /// Whether only `-o wide` shows it.
        package var isWide = false

        /// The column as a definition has it.
        var node: Node {
            .mapping(droppingNil: [
                "name": .string(name),
                "type": .string(type),
                "description": .string(meaning),
                "jsonPath": .string(path),
                "priority": isWide ? 1 : Node?.none,
            ])
        }
    }

    /// Its names in paths and bodies.
    package var resource: APIResource
    /// Its short name on the command line.
    package var shortName: String
    /// Groups of kinds to which it belongs on the command line.
    package var categories: [String]
    /// What it is, in one sentence.
    package var meaning: String
    /// The columns of `kubectl get`.
    package var columns: [Column]
    /// The schema of `spec`.
    package var spec: Node
    /// The schema of `status`, which is written apart.
    package var status: Node

    /// The CustomResourceDefinition; namespaced, with this version alone.
    package var definition: Node {
        .mapping([
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": .mapping([
                "name": .string(resource.fullName),
                "labels": .mapping(["app.kubernetes.io/name": "intent-operator"]),
            ]),
            "spec": .mapping([
                "group": .string(resource.group),
                "scope": "Namespaced",
                "names": .mapping([
                    "kind": .string(resource.kind),
                    "listKind": .string(resource.kind + "List"),
                    "plural": .string(resource.plural),
                    "singular": .string(resource.kind.lowercased()),
                    "shortNames": [.string(shortName)],
                    "categories": .list(categories.map { .string($0) }),
                ]),
                "versions": [version],
            ]),
        ])
    }

    private var version: Node {
        .mapping([
            "name": .string(resource.version),
            "served": true,
            "storage": true,
            "subresources": .mapping(["status": .mapping([])]),
            "additionalPrinterColumns": .list(columns.map(\.node)),
            "schema": .mapping([
                "openAPIV3Schema": .mapping([
                    "description": .string(meaning),
                    "type": "object",
                    "required": ["spec"],
                    "properties": .mapping([
                        "apiVersion": .mapping(["type": "string"]),
                        "kind": .mapping(["type": "string"]),
                        "metadata": .mapping(["type": "object"]),
                        "spec": spec,
                        "status": status,
                    ]),
                ])
            ]),
        ])
    }
}
