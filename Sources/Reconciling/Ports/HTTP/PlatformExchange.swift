package import Documents
package import Intents

/// Speaks with one platform over the transport port: sends a request, reads the reply strictly, sorts what goes wrong.
package struct PlatformExchange: Sendable {
    private let transport: any Transport
    private let headers: [(name: String, value: String)]
    private let now: @Sendable () -> Timestamp
    private let acquaintance: Acquaintance
    /// What is said of a thing, or of a whole call, that is not there.
    private static let denials: Set<Int> = [404, 405, 410]
    /// Makes the platform's errors.
    package let refusals: PlatformRefusals

    /// An exchange whose requests all carry `headers`; `now` reads the world's clock.
    ///
    /// `probe` is the address of a call that always succeeds on the right platform. It is asked where the platform says
    /// "not found" and has answered nothing else for some seconds: a wrong base address says that of everything, and so
    /// does a gateway that has lost its way to the platform.
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
            let refusal = await confirmed(refusals.refusal(of: .create, reply, now: now()), of: .create)
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
            throw await confirmed(refusals.refusal(of: operation, reply, now: now()), of: operation)
        }
        return reply
    }

    /// "Not found" from a platform that speaks; from what stands in its place it says nothing, and counts as silence.
    private func confirmed(_ refusal: PlatformError, of operation: PlatformOperation) async -> PlatformError {
        guard let status = refusal.httpStatus, Self.denials.contains(status) else { return refusal }
        // What is always there is called missing by nobody but a stranger.
        guard operation != .offers else { return doubt(refusal, "although it is always there") }
        // Where a whole call seems to be missing, the platform's word of a moment ago is not enough.
        if operation.isAboutAllocation, acquaintance.vouches(at: now()) { return refusal }
        do throws(PlatformError) {
            _ = try await read(.offers, "GET", acquaintance.probe)
            return refusal
        } catch {
            let isSame = error.code == PlatformError.notThePlatform
            return doubt(refusal, "and neither is what is always there" + (isSame ? "" : " (\(error.code))"))
        }
    }

    private func doubt(_ refusal: PlatformError, _ missing: String) -> PlatformError {
        let words =
            "\(refusal.message): not found, \(missing): "
            + "is the base address right, or has something before the platform lost its way to it?"
        return PlatformError(
            platform: refusals.platform,
            code: PlatformError.notThePlatform,
            message: refusals.words.clean(words),
            consequence: .retry(after: nil)
        )
    }

    private func value(of reply: TransportReply, _ operation: PlatformOperation) throws(PlatformError) -> Node {
        do throws(Diagnostic) {
            let value = try DocumentParser.json(reply.body)
            acquaintance.hear(at: now())
            return value
        } catch {
            let place = "line \(error.position.line), column \(error.position.column)"
            let problem = "the reply is no whole JSON (\(reply.body.count) bytes; \(place): \(error.message))"
            throw refusals.malformed(operation, problem, status: reply.status)
        }
    }
}
