import Wire

extension ClusterAccess {
    /// Where a pod finds what it needs.
    package static let serviceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount"

    /// The way that a pod has to its own cluster; nil outside of one.
    ///
    /// The token's file is read anew as it is renewed.
    package static func inCluster(
        environment: [String: String],
        files: FileReading = .system
    ) throws(ConfigurationError) -> ClusterAccess? {
        guard let host = environment["KUBERNETES_SERVICE_HOST"], !host.isEmpty,
            let port = environment["KUBERNETES_SERVICE_PORT"], !port.isEmpty
        else { return nil }
        let address = host.contains(":") ? "[\(host)]" : host
        let server: HTTPURL
        do throws(HTTPURLError) {
            server = try HTTPURL("https://\(address):\(port)")
        } catch {
            throw ConfigurationError(
                "KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT",
                "make no address: \(error.description)"
            )
        }
        var access = ClusterAccess(name: "the pod's service account", server: server)
        let token = "\(serviceAccountFolder)/token"
        // Said at the start rather than with the first call.
        _ = try files.secret(token)
        access.identity = .tokenFile(token)
        access.authority = .file("\(serviceAccountFolder)/ca.crt")
        access.namespace = try files.secret("\(serviceAccountFolder)/namespace")
        // A proxy of the environment is for the world outside.
        access.proxy = ""
        return access
    }
}
