/// What may be shown of an address or a header's value: never a secret.
package enum Redaction {
    /// What stands where something was hidden.
    package static let mark = "…"

    /// Parts of header names whose values are secrets, in small letters.
    private static let secretParts = [
        "auth", "cookie", "credential", "key", "passw", "secret", "session", "signature", "token",
    ]

    /// Whether the value of a header is hidden: by what its name contains, without regard to case.
    package static func hides(_ name: String) -> Bool {
        let small = name.lowercased()
        return secretParts.contains { small.contains($0) }
    }

    /// A header's value as it may be shown.
    package static func value(_ value: String, of name: String) -> String {
        hides(name) ? mark : value
    }

    /// An address as it may be shown: without user, password, query and fragment.
    ///
    /// Of a text that is no address of ours nothing is shown but its scheme, because a secret may stand anywhere in it.
    package static func url(_ text: String) -> String {
        do throws(HTTPURLError) {
            let parts = try HTTPURL.Parts(text)
            let query = parts.query == nil ? "" : "?\(mark)"
            return "\(parts.scheme.rawValue)://\(parts.authority)\(parts.path)\(query)"
        } catch {
            let scheme = HTTPURL.Scheme.allCases.first { text.lowercased().hasPrefix("\($0.rawValue)://") }
            return scheme.map { "\($0.rawValue)://\(mark)" } ?? mark
        }
    }
}
