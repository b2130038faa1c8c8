import Documents
import FoundationEssentials
import Wire

extension Kubeconfig {
    /// The way that a context describes; the current one where none is named.
    package func access(context wanted: String?) throws(ConfigurationError) -> ClusterAccess {
        let place = files.isEmpty ? "kubeconfig" : files.joined(separator: ":")
        guard let name = wanted ?? currentContext else {
            throw ConfigurationError(place, "names no current context: choose one with --context")
        }
        guard let context = contexts[name] else {
            let known = contexts.keys.sorted().joined(separator: ", ")
            throw ConfigurationError(place, "has no context \"\(name)\"; there are: \(known.isEmpty ? "none" : known)")
        }
        guard let clusterName = try context.text("cluster"), let cluster = clusters[clusterName] else {
            throw ConfigurationError(context.place, "names no cluster that is there")
        }
        var access = try Self.access(name, cluster)
        access.namespace = try context.text("namespace")
        guard let userName = try context.text("user") else { return access }
        guard let user = users[userName] else {
            throw ConfigurationError(context.place, "names the user \"\(userName)\", who is not there")
        }
        try user.identify(&access)
        return access
    }

    private static func access(_ name: String, _ cluster: Entry) throws(ConfigurationError) -> ClusterAccess {
        guard let text = try cluster.text("server") else { throw ConfigurationError(cluster.place, "has no server") }
        let server: HTTPURL
        do throws(HTTPURLError) {
            server = try HTTPURL(text)
        } catch {
            throw ConfigurationError(cluster.place, "server: \(error.description)")
        }
        var access = ClusterAccess(name: "context \(name)", server: server)
        access.authority = try cluster.pem(data: "certificate-authority-data", file: "certificate-authority")
        access.serverName = try cluster.text("tls-server-name")
        access.proxy = try cluster.text("proxy-url")
        if let proxy = access.proxy, !["http://", "https://", "socks5://"].contains(where: proxy.hasPrefix) {
            throw ConfigurationError(cluster.place, "proxy-url must begin with http://, https:// or socks5://")
        }
        if let node = cluster.content["insecure-skip-tls-verify"], !node.isNull {
            guard let isInsecure = node.bool else {
                throw ConfigurationError(cluster.place, "insecure-skip-tls-verify must be true or false")
            }
            access.isInsecure = isInsecure
        }
        if access.isInsecure {
            access.warnings.append(
                "\(cluster.place): insecure-skip-tls-verify is set: anybody on the way can read and change everything"
            )
        }
        return access
    }
}

extension Kubeconfig.Entry {
    /// Bytes that stand here in base 64, or in a file; inline wins, as kubectl has it.
    fileprivate func pem(data: String, file: String) throws(ConfigurationError) -> ClusterAccess.PEM? {
        if let text = try text(data) {
            guard let bytes = Data(base64Encoded: text.filter { !$0.isWhitespace }) else {
                throw ConfigurationError(place, "\(data) is no base 64")
            }
            return .bytes(Array(bytes))
        }
        return try path(file).map { .file($0) }
    }

    /// Who this user is.
    fileprivate func identify(_ access: inout ClusterAccess) throws(ConfigurationError) {
        access.clientCertificate = try pem(data: "client-certificate-data", file: "client-certificate")
        access.clientKey = try pem(data: "client-key-data", file: "client-key")
        guard (access.clientCertificate == nil) == (access.clientKey == nil) else {
            throw ConfigurationError(place, "client-certificate and client-key belong together: one is missing")
        }
        if content["auth-provider"].map({ !$0.isNull }) == true {
            throw ConfigurationError(place, "auth-provider is no longer supported by Kubernetes: use an exec plugin")
        }
        // A token's file goes before a token, as kubectl has it.
        if let file = try path("tokenFile") {
            access.identity = .tokenFile(file)
        } else if let token = try text("token") {
            access.identity = .token(token)
        } else if let user = try text("username") {
            access.identity = .basic(user: user, password: try text("password") ?? "")
        } else if let exec = content["exec"], !exec.isNull {
            access.identity = .plugin(try plugin(exec))
        }
    }

    private func plugin(_ node: Node) throws(ConfigurationError) -> ExecPlugin {
        let exec = Self(content: node, file: file, list: "\(list) \"\(name)\":", name: "exec")
        guard let command = try exec.text("command") else { throw ConfigurationError(exec.place, "has no command") }
        let version = try exec.text("apiVersion") ?? ""
        guard ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"].contains(version) else {
            throw ConfigurationError(exec.place, "apiVersion must be client.authentication.k8s.io/v1 or v1beta1")
        }
        var environment: [String: String] = [:]
        for pair in node["env"]?.sequence ?? [] {
            guard let key = pair["name"]?.string, let value = pair["value"]?.string else {
                throw ConfigurationError(exec.place, "env must be a list of name and value")
            }
            environment[key] = value
        }
        let arguments = try (node["args"]?.sequence ?? []).map { argument throws(ConfigurationError) in
            guard let text = argument.string else { throw ConfigurationError(exec.place, "args must be texts") }
            return text
        }
        // Like a path, a command with a slash is taken from the file's folder.
        let isRelativePath = command.contains("/") && !command.hasPrefix("/")
        return ExecPlugin(
            command: isRelativePath ? try exec.path("command") ?? command : command,
            arguments: arguments,
            environment: environment,
            apiVersion: version,
            installHint: try exec.text("installHint") ?? "",
            providesClusterInfo: node["provideClusterInfo"]?.bool ?? false
        )
    }
}
