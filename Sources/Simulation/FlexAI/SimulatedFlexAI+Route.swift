extension SimulatedFlexAI {
    /// Which of FlexAI's calls a request is.
    enum Route: Hashable {
        /// What is on sale.
        case gpuTypes
        /// Buy an instance.
        case create
        /// Everything that lives.
        case list
        /// One instance.
        case get(Substring)
        /// Stop it.
        case stop(Substring)
        /// Delete it.
        case delete(Substring)
        /// A known path with a method that it does not have.
        case wrongMethod

        /// The call of a request; nil where the path is unknown.
        init?(_ request: SimulatedRequest) {
            let parts = request.segments
            guard parts.count >= 3, parts[0] == "v1", parts[1] == "compute" else { return nil }
            switch (parts[2], parts.count, request.method) {
            case ("gpu-types", 3, "GET"): self = .gpuTypes
            case ("instances", 3, "POST"): self = .create
            case ("instances", 3, "GET"): self = .list
            case ("instances", 4, "GET"): self = .get(parts[3])
            case ("instances", 4, "DELETE"): self = .delete(parts[3])
            case ("instances", 5, "POST") where parts[4] == "stop": self = .stop(parts[3])
            case ("gpu-types", 3, _), ("instances", 3...4, _): self = .wrongMethod
            case ("instances", 5, _) where parts[4] == "stop": self = .wrongMethod
            default: return nil
            }
        }
    }
}
