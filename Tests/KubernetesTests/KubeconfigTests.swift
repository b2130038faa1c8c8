import Documents
import Intents
import Kubernetes
import Reconciling
import Testing
import Wire

/// The way to a cluster, as files and the environment tell it.
@Suite struct KubeconfigTests {
    private static let main = """
        apiVersion: v1
        kind: Config
        current-context: dev
        contexts:
        - {name: dev, context: {cluster: dev, user: admin, namespace: team}}
        - {name: proxied, context: {cluster: proxied, user: plugin}}
        - {name: open, context: {cluster: open, user: basic}}
        - {name: nobody, context: {cluster: dev, user: missing}}
        - {name: lost, context: {cluster: missing, user: admin}}
        - {name: both, context: {cluster: dev, user: both}}
        - {name: half, context: {cluster: dev, user: half}}
        - {name: old, context: {cluster: dev, user: old}}
        - {name: broken, context: {cluster: dev, user: broken}}
        - {name: odd, context: {cluster: odd, user: admin}}
        clusters:
        - name: dev
          cluster: {server: "https://dev:6443/base", certificate-authority: ca.crt, tls-server-name: kubernetes}
        - name: proxied
          cluster: {server: "https://far:6443", certificate-authority-data: Q0E=, proxy-url: "http://proxy:3128"}
        - {name: open, cluster: {server: "https://10.0.0.1", insecure-skip-tls-verify: true}}
        - {name: odd, cluster: {server: "ftp://nowhere"}}
        users:
        - {name: admin, user: {client-certificate-data: Q0VSVA==, client-key: keys/admin.key}}
        - {name: basic, user: {username: me, password: s3cret-password}}
        - {name: both, user: {token: s3cret-token, tokenFile: /run/token}}
        - {name: half, user: {client-certificate-data: Q0VSVA==}}
        - {name: old, user: {auth-provider: {name: gcp}}}
        - {name: broken, user: {client-certificate-data: "s3cret!!", client-key-data: "s3cret!!"}}
        - name: plugin
          user:
            exec:
              apiVersion: client.authentication.k8s.io/v1
              command: ./bin/get-token
              args: [--for, cluster]
              env: [{name: A, value: b}]
              installHint: install get-token
              provideClusterInfo: true
        """

    private static let files: [String: String] = [
        "/home/me/.kube/config": main,
        "/etc/second": """
        current-context: other
        contexts: [{name: other, context: {cluster: other, user: other}}, {name: dev, context: {cluster: x}}]
        clusters: [{name: other, cluster: {server: "http://127.0.0.1:8080"}}]
        users: [{name: other, user: {token: s3cret-other}}]
        """,
        "/etc/bad": "contexts: [s3cret: {",
        "/etc/text": "just text",
    ]

    private static let reading = FileReading { path throws(ConfigurationError) in
        guard let text = files[path] else { throw ConfigurationError(path, "cannot be read") }
        return Array(text.utf8)
    }

    private static func config(
        _ environment: [String: String] = ["HOME": "/home/me"],
        explicit: String? = nil
    ) throws -> Kubeconfig {
        try Kubeconfig.read(explicit: explicit, environment: environment, files: reading) { files[$0] != nil }
    }

    @Test func theCurrentContextIsTaken() throws {
        let access = try Self.config().access(context: nil)
        #expect(access.server.text == "https://dev:6443/base")
        #expect(access.authority == .file("/home/me/.kube/ca.crt"))
        #expect(access.serverName == "kubernetes")
        #expect(access.namespace == "team")
        #expect(access.clientCertificate == .bytes(Array("CERT".utf8)))
        #expect(access.clientKey == .file("/home/me/.kube/keys/admin.key"))
        #expect(access.warnings.isEmpty && !access.isInsecure)
    }

    @Test func aPluginAndAProxyAreTaken() throws {
        let access = try Self.config().access(context: "proxied")
        #expect(access.proxy == "http://proxy:3128")
        #expect(access.authority == .bytes(Array("CA".utf8)))
        guard case .plugin(let plugin) = access.identity else {
            Issue.record("no plugin")
            return
        }
        #expect(plugin.command == "/home/me/.kube/./bin/get-token")
        #expect(plugin.arguments == ["--for", "cluster"] && plugin.environment == ["A": "b"])
        #expect(plugin.providesClusterInfo && plugin.installHint == "install get-token")
    }

    @Test func whoTrustsAnybodyIsWarned() throws {
        let access = try Self.config().access(context: "open")
        #expect(access.isInsecure)
        #expect(access.warnings.first?.contains("insecure-skip-tls-verify") == true)
    }

    @Test func aTokenFileGoesBeforeAToken() throws {
        #expect(try Self.config().access(context: "both").identity == .tokenFile("/run/token"))
    }

    @Test func ofSeveralFilesTheFirstToNameOneWins() throws {
        let environment = ["KUBECONFIG": "/home/me/.kube/config:/missing:/etc/second", "HOME": "/home/me"]
        let config = try Self.config(environment)
        #expect(try config.access(context: nil).name == "context dev")
        #expect(try config.access(context: nil).namespace == "team")
        #expect(try config.access(context: "other").identity == .token("s3cret-other"))
        #expect(try Self.config(["KUBECONFIG": "/etc/second"]).access(context: nil).name == "context other")
    }

    @Test func aFileOfAFlagIsTheOnlyOneAndMustBeThere() throws {
        #expect(try Self.config(explicit: "/etc/second").access(context: nil).name == "context other")
        #expect(throws: ConfigurationError.self) { try Self.config(explicit: "/missing") }
    }

    @Test func noFileAtAllIsSaid() throws {
        let config = try Self.config(["HOME": "/nobody"])
        #expect(config.isEmpty)
        #expect(throws: ConfigurationError.self) { try config.access(context: nil) }
    }

    @Test(arguments: [
        ("typo", "no context \"typo\"; there are: both, broken, dev"),
        ("nobody", "names the user \"missing\""),
        ("lost", "names no cluster that is there"),
        ("half", "client-certificate and client-key belong together"),
        ("old", "auth-provider is no longer supported"),
        ("broken", "is no base 64"),
        ("odd", "clusters \"odd\": server"),
    ])
    func whatIsWrongIsSaidWithItsPlace(_ context: String, _ words: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try Self.config().access(context: context) }
        let text = error?.description ?? ""
        #expect(text.contains(words), "\(text)")
        #expect(text.contains("/home/me/.kube/config"))
        #expect(!text.contains("s3cret"))
    }

    @Test(arguments: ["/etc/bad", "/etc/text"])
    func aFileThatIsNoKubeconfigIsSaidWithoutItsContent(_ path: String) {
        let error = #expect(throws: ConfigurationError.self) { try Self.config(explicit: path) }
        #expect(error?.description.contains(path) == true)
        #expect(error?.description.contains("s3cret") == false)
    }

    @Test(arguments: ["dev", "open", "both", "proxied"])
    func noDescriptionShowsASecret(_ context: String) throws {
        let access = try Self.config().access(context: context)
        var dumped = ""
        dump(access, to: &dumped)
        dump(access.identity, to: &dumped)
        #expect(!"\(access) \(access.identity) \(dumped)".contains("s3cret"))
        #expect(!String(reflecting: access.identity).contains("s3cret"))
    }

    @Test func aPodFindsItsOwnCluster() throws {
        let folder = ClusterAccess.serviceAccountFolder
        let content = ["\(folder)/token": "abc\n", "\(folder)/namespace": "team"]
        let files = FileReading { path throws(ConfigurationError) in
            guard let text = content[path] else { throw ConfigurationError(path, "cannot be read") }
            return Array(text.utf8)
        }
        let environment = ["KUBERNETES_SERVICE_HOST": "fd00::1", "KUBERNETES_SERVICE_PORT": "443"]
        let access = try #require(try ClusterAccess.inCluster(environment: environment, files: files))
        #expect(access.server.text == "https://[fd00::1]:443")
        #expect(access.identity == .tokenFile("\(folder)/token"))
        #expect(access.authority == .file("\(folder)/ca.crt"))
        #expect(access.namespace == "team")
        #expect(try ClusterAccess.inCluster(environment: [:], files: files) == nil)
        let nothing = FileReading { path throws(ConfigurationError) in throw ConfigurationError(path, "cannot be read")
        }
        #expect(throws: ConfigurationError.self) {
            try ClusterAccess.inCluster(environment: environment, files: nothing)
        }
    }
}
