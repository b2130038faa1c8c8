package import Documents
package import Intents
package import Placement

/// One thing that changed a simulated world, with all that is needed to let it happen again.
package struct Happening: Sendable {
    /// When it happened.
    package let at: Timestamp
    /// Where the world's dice stood before it.
    package let dice: UInt64
    /// To which platform the request went; nil for a command to the world itself.
    package let platform: PlatformName?
    /// The request.
    package let request: SimulatedRequest

    /// A happening.
    init(at moment: Timestamp, dice: UInt64, platform: PlatformName?, request: SimulatedRequest) {
        at = moment
        self.dice = dice
        self.platform = platform
        self.request = request
    }

    /// The entry of an object that `node` gave; nil where it is none.
    package init?(_ node: Node) {
        guard let moment = node["at"]?.integer, let dice = node["dice"]?.string.flatMap({ UInt64($0, radix: 16) }),
            let method = node["method"]?.string, let target = node["target"]?.string,
            let body = node["body"]?.string, let headers = node["headers"]?.sequence
        else { return nil }
        let pairs = headers.compactMap { header -> (name: String, value: String)? in
            guard let words = header.sequence?.compactMap(\.string), words.count == 2 else { return nil }
            return (words[0], words[1])
        }
        guard pairs.count == headers.count else { return nil }
        self.init(
            at: Timestamp(milliseconds: moment),
            dice: dice,
            platform: node["platform"]?.string.map { PlatformName(rawValue: $0) },
            request: SimulatedRequest(method: method, target: target, headers: pairs, body: Array(body.utf8))
        )
    }

    /// It as an object; a body that is no text loses what cannot be read anyway.
    package var node: Node {
        let query = request.query.isEmpty ? "" : "?" + request.query
        return .object([
            "at": .integer(at.milliseconds),
            "dice": .string(String(dice, radix: 16)),
            "platform": platform.map { .string($0.rawValue) } ?? .null,
            "method": .string(request.method),
            "target": .string(request.path + query),
            "headers": .sequence(
                request.headers.map { Node(.sequence([Node(.string($0.name)), Node(.string($0.value))])) }
            ),
            "body": .string(String(decoding: request.body, as: UTF8.self)),
        ])
    }
}
