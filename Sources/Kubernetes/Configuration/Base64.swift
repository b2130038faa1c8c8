import FoundationEssentials

/// Base 64 as headers want it.
enum Base64 {
    /// The text of a text's bytes.
    static func text(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
