package import Intents

/// How an intent becomes the ledger's text, and the text an intent again.
package struct IntentCodec: Sendable {
    /// The text of an intent; the same intent always gives the same text.
    package let encode: @Sendable (Intent) -> String
    /// The intent of a text; nil where it makes no sense.
    package let decode: @Sendable (String) -> Intent?

    /// A codec from its two directions.
    package init(encode: @escaping @Sendable (Intent) -> String, decode: @escaping @Sendable (String) -> Intent?) {
        self.encode = encode
        self.decode = decode
    }
}
