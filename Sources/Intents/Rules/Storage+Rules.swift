import Documents

extension Storage {
    /// What must hold between volumes.
    static let rules: [Rule<Storage>] = [
        Rule(
            reads: ["volumes"],
            server: .distinct(list: "volumes", by: ["name"])
        ) { storage, node, findings in
            let names = storage.volumes.map(\.name)
            reportRepeated(names, in: node["volumes"], "volumes", field: "name", &findings) { $0.excerpt }
        },
        Rule(
            reads: ["volumes"],
            server: .holds(
                "!has(self.volumes) || self.volumes.all(v, self.volumes.exists_one(w, w.path == v.path))",
                message: "each volume needs a path of its own",
                field: "volumes"
            )
        ) { storage, node, findings in
            // `/data` and `/data/` are one place.
            let paths = storage.volumes.map { "/" + $0.path.split(separator: "/").joined(separator: "/") }
            reportRepeated(paths, in: node["volumes"], "volumes", field: "path", &findings) { $0.excerpt }
        },
    ]
}
