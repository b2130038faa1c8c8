import Reconciling

/// The paths of FlexAI's calls under its base address; `{id}` stands for an instance's id.
package struct FlexAIPaths: Hashable, Sendable {
    /// What is on sale (GET).
    package var gpuTypes = "/v1/compute/gpu-types"
    /// Buys an instance (POST).
    package var create = "/v1/compute/instances"
    /// What lives (GET), where the platform offers it.
    package var list = "/v1/compute/instances"
    /// One instance (GET).
    package var status = "/v1/compute/instances/{id}"
    /// Stops an instance (POST).
    package var stop = "/v1/compute/instances/{id}/stop"
    /// Deletes an instance (DELETE).
    package var delete = "/v1/compute/instances/{id}"

    /// The documented paths.
    package init() {}

    /// A path with an instance's id in it.
    static func filled(_ path: String, with id: AllocationID) -> String {
        path.split(separator: "{id}", omittingEmptySubsequences: false)
            .joined(separator: PlatformURL.segment(id.rawValue))
    }

    /// What is wrong with the paths, a sentence each.
    var problems: [String] {
        let named = [
            ("gpu types", gpuTypes, false), ("create", create, false), ("list", list, false),
            ("status", status, true), ("stop", stop, true), ("delete", delete, true),
        ]
        return named.flatMap { name, path, needsID in
            var problems: [String] = []
            if !path.hasPrefix("/") { problems.append("\(name) path: it must start with /") }
            if !path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
                problems.append("\(name) path: it must be plain ASCII without blanks")
            }
            if needsID != path.contains("{id}") {
                problems.append("\(name) path: \(needsID ? "it must hold {id}" : "it has no {id}")")
            }
            return problems
        }
    }
}
