import Documents

extension GPUWish {
    /// What must hold between wishes.
    static let rules: [Rule<GPUWish>] = [
        Rule(
            reads: ["shared", "dedicated"],
            server: .holds(
                "!(self.shared && self.dedicated)",
                message: "a GPU cannot be dedicated and shared; keep one of the two",
                field: "dedicated"
            )
        ) { gpu, node, findings in
            guard gpu.shared, gpu.dedicated else { return }
            let position = node["dedicated"]?.position ?? node.position
            findings.error(at: position, "a GPU cannot be dedicated and shared; keep one of the two", .key("dedicated"))
        }
    ]
}
