package import Documents
package import Intents

/// Speaks with one platform over the transport port: sends a request, reads the reply strictly, sorts what goes wrong.
package struct PlatformExchange: Sendable {
    private let transport: any Transport
    private let headers: [(name: String, value: String)]
    private let now: @Sendable () -> Timestamp
    private let acquaintance: Acquaintance
    /// Makes the platform's errors.
    package let refusals: PlatformRefusals

    /// An exchange whose requests all carry `headers`; `now` reads the world's clock.
    ///
    /// `probe` is the address of a call that always succeeds on the right platform. It is asked once where the first
    /// thing that the platform says is "not found": a wrong base address says that of everything.
    package init(
        transport: any Transport,
        probe: String,
        headers: [(name: String, value: String)],
        refusals: PlatformRefusals,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.transport = transport
        self.headers = headers
        acquaintance = Acquaintance(probe: probe)
        self.refusals = refusals
        self.now = now
    }

    /// The world's time.
    package var time: Timestamp { now() }

    /// The value of a successful reply.
    package func read(
        _ operation: PlatformOperation,
        _ method: String,
        _ url: String,
        body: [UInt8]? = nil
    ) async throws(PlatformError) -> Node {
        let reply = try await success(operation, method, url, body: body)
        return try value(of: reply, operation)
    }

    /// A successful reply whose body does not matter.
    package func command(
        _ operation: PlatformOperation,
        _ method: String,
        _ url: String
    ) async throws(PlatformError) {
        _ = try await success(operation, method, url, body: nil)
    }

    /// The value of the reply to a paid call, or what the failed call means.
    ///
    /// Sent once. `headers` are added to those of every request.
    package func buy(
        _ url: String,
        body: [UInt8],
        headers added: [(name: String, value: String)]
    ) async -> Result<(reply: Node, status: Int), Refusal> {
        let request = TransportRequest(
            method: "POST",
            url: url,
            headers: headers + added,
            body: body,
            repeatability: .paid
        )
        let reply: TransportReply
        do throws(TransportFailure) {
            reply = try await transport.send(request)
        } catch {
            let problem = refusals.failure(of: .create, error)
            return .failure(Refusal(error: problem, trace: problem.consequence == .unknown ? .unknown : .nothing))
        }
        guard (200..<300).contains(reply.status) else {
            let refusal = refusals.refusal(of: .create, reply, now: now())
            return .failure(Refusal(error: refusal, trace: refusals.sorting.trace(ofStatus: reply.status)))
        }
        do throws(PlatformError) {
            return .success((try value(of: reply, .create), reply.status))
        } catch {
            return .failure(Refusal(error: error, trace: .unknown))
        }
    }

    /// A paid call that brought no allocation that we know of.
    package struct Refusal: Error, Sendable {
        /// What happened.
        package let error: PlatformError
        /// What it has left behind.
        package let trace: CallSorting.Trace

        /// The outcome that the platform port knows.
        package var outcome: CreateOutcome { trace == .nothing ? .notCreated(error) : .unknown(error) }
    }

    private func success(
        _ operation: PlatformOperation,
        _ method: String,
        _ url: String,
        body: [UInt8]?
    ) async throws(PlatformError) -> TransportReply {
        let request = TransportRequest(method: method, url: url, headers: headers, body: body)
        let reply: TransportReply
        do throws(TransportFailure) {
            reply = try await transport.send(request)
        } catch {
            throw refusals.failure(of: operation, error)
        }
        guard (200..<300).contains(reply.status) else {
            let refusal = refusals.refusal(of: operation, reply, now: now())
            throw refusal.consequence == .gone ? await confirmed(refusal) : refusal
        }
        return reply
    }

    /// "Not found" from a platform that we know; from a stranger it is only a reason to look again.
    private func confirmed(_ refusal: PlatformError) async -> PlatformError {
        if acquaintance.isMade { return refusal }
        do throws(PlatformError) {
            _ = try await read(.offers, "GET", acquaintance.probe)
            return refusal
        } catch {
            var doubt = refusal
            let words = "not found, but nothing under this base address has answered yet (\(error.code)); is it right?"
            doubt.message = refusals.words.clean(words)
            doubt.consequence = .retry(after: nil)
            return doubt
        }
    }

    private func value(of reply: TransportReply, _ operation: PlatformOperation) throws(PlatformError) -> Node {
        do throws(Diagnostic) {
            let value = try DocumentParser.json(reply.body)
            acquaintance.make()
            return value
        } catch {
            let place = "line \(error.position.line), column \(error.position.column)"
            let problem = "the reply is no whole JSON (\(reply.body.count) bytes; \(place): \(error.message))"
            throw refusals.malformed(operation, problem, status: reply.status)
        }
    }
}
