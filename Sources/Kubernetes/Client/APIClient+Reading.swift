package import Documents
import Reconciling

extension APIClient {
    /// One object, as the store has it now (a quorum read).
    package func get(_ resource: APIResource, _ name: ObjectName) async throws(APIError) -> Node {
        let path = resource.path(namespace: name.namespace, name: name.name)
        return try Self.object(try await send(APICall(method: "GET", path: path)))
    }

    /// Every object of a selection, as the store had them at one moment (a quorum read), page by page.
    ///
    /// Only what `read` makes of an object is kept; `skipped` is told of objects that `read` refuses. Where a page has
    /// expired, the list begins anew, the third time as one page.
    package func list<Item>(
        _ resource: APIResource,
        _ selection: Selection,
        read: (Node) throws(MalformedObject) -> Item,
        skipped: (MalformedObject) -> Void = { _ in }
    ) async throws(APIError) -> (items: [Item], resourceVersion: String) {
        var items: [Item] = []
        var token: String?
        var expirations = 0
        while true {
            do throws(APIError) {
                let limit = expirations < 2 ? limits.pageSize : nil
                let envelope = try await page(resource, selection, limit: limit, after: token) { node in
                    do throws(MalformedObject) { items.append(try read(node)) } catch { skipped(error) }
                }
                guard let next = envelope.continueToken else { return (items, envelope.resourceVersion) }
                token = next
            } catch {
                guard case .listAgain = error.consequence, token != nil, expirations < 2 else { throw error }
                expirations += 1
                items = []
                token = nil
            }
        }
    }

    /// One page of a list, its objects handed over one by one as they come.
    package func page(
        _ resource: APIResource,
        _ selection: Selection,
        limit: Int?,
        after token: String?,
        take: (Node) -> Void
    ) async throws(APIError) -> ListEnvelope {
        var call = APICall(method: "GET", path: resource.path(namespace: selection.namespace))
        call.query = selection.query
        if let limit { call.query.append((name: "limit", value: String(limit))) }
        if let token { call.query.append((name: "continue", value: token)) }
        let stream = try await open(call, idle: limits.listSilence)
        var scanner = JSONElementScanner(elementBytes: limits.objectBytes)
        do {
            while let piece = try await stream.next() {
                for element in try scanner.feed(piece) { take(try DocumentParser.json(element)) }
            }
            return try ListEnvelope(scanner.finish().node)
        } catch let failure as TransportFailure {
            throw APIError(failure)
        } catch let problem as Diagnostic {
            throw .malformed("a list of \(resource.fullName): \(problem.message)")
        } catch {
            throw .malformed("a list of \(resource.fullName): \(error)")
        }
    }

    /// The object of a reply.
    static func object(_ reply: TransportReply) throws(APIError) -> Node {
        do throws(Diagnostic) {
            return try DocumentParser.json(reply.body)
        } catch {
            throw .malformed("a reply is no JSON: \(error.message)", httpStatus: reply.status)
        }
    }
}
