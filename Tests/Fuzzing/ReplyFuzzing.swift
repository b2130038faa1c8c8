import Documents
import Intents
import Placement
import Reconciling

/// A transport that gives one reply to every call, or none.
struct OneReply: Transport {
    /// The reply; nil breaks the connection off after sending.
    let reply: TransportReply?

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
        guard let reply else { throw .outcomeUnknown("broken off") }
        return reply
    }
}

/// What both platforms' reply targets do: take an input apart, ask everything, and judge the answers.
enum ReplyFuzzing {
    /// The secret of the account, which some seeds send back.
    static let secret = PlatformSecret("account-key-0123456789abcdef")
    static let now = Timestamp(seconds: 1_800_000_000)
    static let asked = AllocationID(rawValue: "inst-1")
    private static let statuses = [200, 201, 202, 204, 400, 401, 402, 403, 404, 409, 410, 422, 429, 499, 500, 502, 503]
    private static let contentTypes = ["application/json", "text/plain; charset=utf-8", "text/html"]

    /// The reply that an input stands for: a status, a content type, a body.
    static func reply(_ input: inout FuzzInput) -> TransportReply? {
        let choice = input.below(statuses.count + 1)
        let content = contentTypes[input.below(contentTypes.count)]
        guard choice < statuses.count else { return nil }
        let headers = [(name: "Content-Type", value: content), (name: "Retry-After", value: "7")]
        return TransportReply(status: statuses[choice], headers: headers, body: Array(input.rest))
    }

    /// Asks a platform everything and judges what it says.
    static func judge(_ make: @escaping @Sendable (any Transport) -> any Platform, _ reply: TransportReply?) {
        Waiting.wait { await ask(make(OneReply(reply: reply)), reply) }
    }

    private static func ask(_ platform: any Platform, _ reply: TransportReply?) async {
        let isValue = reply.map { (200..<300).contains($0.status) && isJSON($0.body) } ?? false
        do throws(PlatformError) {
            let offers = try await platform.offers()
            claim(isValue, "offers out of nothing")
            claim(Set(offers.map(\.id)).count == offers.count, "one offer twice")
            for offer in offers { claim(offer.hourlyPerGPU.map { $0 > .zero } ?? true, "a price of nothing: \(offer)") }
        } catch { judged(error, reply) }
        do throws(PlatformError) {
            if let list = try await platform.list() {
                claim(isValue, "a list out of nothing")
                for seen in list { judged(seen) }
            }
        } catch { judged(error, reply) }
        do throws(PlatformError) {
            let seen = try await platform.observe(asked)
            claim(isValue && seen.id == asked, "another allocation: \(seen)")
            judged(seen)
        } catch { judged(error, reply) }
        do throws(PlatformError) {
            for warning in try await platform.verify() { judged(warning) }
        } catch { judged(error, reply) }
        await buy(platform, reply, isValue)
    }

    /// A purchase that may have happened never counts as one that has not.
    private static func buy(_ platform: any Platform, _ reply: TransportReply?, _ isValue: Bool) async {
        let order = PreparedOrder(
            attempt: AttemptID(rawValue: "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"),
            reference: "reference",
            body: "{}"
        )
        switch await platform.create(order) {
        case .created(let seen):
            claim(isValue, "bought without an answer")
            judged(seen)
        case .notCreated(let error):
            let status = reply?.status ?? 0
            claim((400..<500).contains(status) && status != 499, "\(status) taken for \"not created\"")
            claim(error.consequence != .unknown && error.consequence != .gone, "not created, and \(error)")
            judged(error, reply)
        case .unknown(let error): judged(error, reply)
        }
    }

    private static func judged(_ seen: Observation) {
        let id = seen.id.rawValue
        claim(!id.isEmpty && id.utf8.count <= 256 && !id.contains(" "), "an id: \(id.debugDescription)")
        let texts = [seen.reference, seen.address, seen.url, seen.message, seen.location, seen.provider]
        for text in texts + [seen.rawState] + seen.details.map(\.value) { judged(text ?? "") }
    }

    private static func judged(_ error: PlatformError, _ reply: TransportReply?) {
        judged(error.code)
        judged(error.words)
        claim(error.message.count <= SafeWords.longestMessage, "a message without end")
        if error.consequence == .gone { claim(reply != nil && reply?.status != 500, "gone, says \(reply as Any)") }
    }

    /// No word of a platform brings our secret, or what a terminal would obey, to a person.
    private static func judged(_ words: String) {
        claim(!words.contains(secret.revealed()), "the secret shows: \(words)")
        claim(!words.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }, "control: \(words)")
    }

    private static func isJSON(_ body: [UInt8]) -> Bool {
        do throws(Diagnostic) {
            _ = try DocumentParser.json(body)
            return true
        } catch {
            return false
        }
    }
}
