package import Documents
package import Intents

/// Moments as platforms write them.
package enum ReplyMoment {
    /// Seconds since 1970 beyond this are milliseconds: the year 5138.
    private static let mostSeconds = 1e11

    /// Reads seconds since 1970, whole or not, or ISO 8601, where a missing zone means UTC and a space may stand for `T`.
    package static func read(_ node: Node) -> Timestamp? {
        if let number = node.number {
            guard number > 0, number < mostSeconds * 1000 else { return nil }
            return Timestamp(milliseconds: Int64((number < mostSeconds ? number * 1000 : number).rounded()))
        }
        return node.string.flatMap(read)
    }

    /// Reads ISO 8601 from text.
    package static func read(_ text: String) -> Timestamp? {
        var characters = Array(text)
        if characters.count > 10, characters[10] == " " { characters[10] = "T" }
        let joined = String(characters)
        return moment(joined) ?? moment(joined + "Z")
    }

    private static func moment(_ text: String) -> Timestamp? {
        do throws(UnitError) { return try Timestamp(parsing: text) } catch { return nil }
    }
}
