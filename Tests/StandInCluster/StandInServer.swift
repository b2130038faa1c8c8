import Kubernetes
import Reconciling
package import Wire

/// Serves a stand-in over HTTP, for clients that are other processes.
package struct StandInServer: Sendable {
    private let server: HTTPServer

    /// Listens; `run` serves.
    package init(_ cluster: StandInCluster, at address: ListenAddress) throws(ListenAddress.Failure) {
        var limits = HTTPServer.Limits()
        limits.bodyBytes = 3 << 20
        limits.concurrentHandlers = 512
        server = try HTTPServer.bind(address, limits: limits) { request in await Self.answer(request, cluster) }
    }

    /// Where it listens.
    package var port: Int { server.port }

    /// Serves until it is cancelled.
    package func run() async { await server.run() }

    private static func answer(_ request: HTTPServerRequest, _ cluster: StandInCluster) async -> HTTPServerResponse {
        let query = request.query.map { "\(HTTPURL.encode($0.name))=\(HTTPURL.encode($0.value))" }
        let target = request.path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
        let call = TransportRequest(
            method: request.method.rawValue,
            url: "http://stand-in\(target)",
            headers: request.headers.fields.map { (name: $0.name, value: $0.value) },
            body: request.body.isEmpty ? nil : request.body
        )
        do throws(TransportFailure) {
            guard request.query("watch") == "true" else { return response(try await cluster.send(call)) }
            let stream = try await cluster.open(call, idle: .seconds(3600))
            let headers = HTTPHeaders(stream.head.headers)
            return .stream(status: stream.head.status, headers: headers) { writer in
                while let piece = try await stream.next() { try await writer.write(piece) }
            }
        } catch {
            return .dropConnection
        }
    }

    private static func response(_ reply: TransportReply) -> HTTPServerResponse {
        HTTPServerResponse(status: reply.status, headers: HTTPHeaders(reply.headers), body: reply.body)
    }
}
