import Documents
import Intents
import Placement
import Reconciling

/// Judges what `auth/verify` says of our token.
struct FLAREPermissions {
    /// Without these we could buy and never release.
    static let needed = ["intents:write", "intents:delete"]
    /// Without these we would be blind.
    static let useful = ["intents:read", "resources:read"]
    /// Stands for all of them.
    static let everything = "admin:*"
    /// How long before its end a token is warned of.
    static let warning = Duration.seconds(7 * 86_400)

    private let refusals: PlatformRefusals
    private let now: Timestamp

    /// A judge at a moment.
    init(refusals: PlatformRefusals, now: Timestamp) {
        self.refusals = refusals
        self.now = now
    }

    /// Warnings for a person; throws with `.pausePlatform` where buying must not begin.
    func judge(_ root: Node) throws(PlatformError) -> [String] {
        guard let reply = ReplyObject(root, words: refusals.words) else {
            throw refusals.malformed(.verify, "an object is expected, not \(root.kind)", status: 200)
        }
        let body = reply.object("data") ?? reply
        guard let listed = body.field("permissions")?.sequence else {
            throw refusals.malformed(.verify, "the reply lists no permissions", status: 200)
        }
        let held = Set(listed.compactMap(\.string))
        let lacks = { (names: [String]) in held.contains(Self.everything) ? [] : names.filter { !held.contains($0) } }
        let missing = lacks(Self.needed)
        guard missing.isEmpty else {
            let consequence =
                missing.contains("intents:delete")
                ? "we could buy and never release, so nothing is bought" : "nothing can be bought"
            let words = "the token lacks \(missing.joined(separator: " and ")): \(consequence); create one that has it"
            throw refusals.objection("INSUFFICIENT_PERMISSIONS", words, .pausePlatform, status: 200)
        }
        return try lacks(Self.useful).map { "the token lacks \($0)" } + endWarnings(body)
    }

    private func endWarnings(_ body: ReplyObject) throws(PlatformError) -> [String] {
        guard let field = body.field("expires_at") else { return [] }
        guard let end = ReplyMoment.read(field) else { return ["the token's expires_at cannot be read"] }
        guard end > now else {
            throw refusals.objection("TOKEN_EXPIRED", "the token expired at \(end.text)", .pausePlatform, status: 200)
        }
        guard end - now <= Self.warning else { return [] }
        return ["the token expires at \(end.text), in \((end - now).words)"]
    }
}
