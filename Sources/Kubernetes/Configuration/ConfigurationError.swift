/// Why the way to a cluster cannot be told: what is wrong, where, and what to do.
///
/// It holds no secret.
package struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where and what: `/home/me/.kube/config: users[2] (admin): …`.
    package let description: String

    /// An error from its parts; neither may hold a secret.
    package init(_ place: String, _ problem: String) { description = "\(place): \(problem)" }
}
