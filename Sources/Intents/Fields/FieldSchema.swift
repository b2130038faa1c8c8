package import Documents

/// What is known of one field, for schemas and reference pages.
package struct FieldSchema: Equatable, Sendable {
    /// Its name in files.
    package let name: String
    /// What it means, in one sentence without a full stop.
    package let meaning: String
    /// Whether it must be there.
    package let isRequired: Bool
    /// What a missing field means, as the file would write it; nil where it means nothing.
    package let standard: Node?
    /// Whether a missing field means exactly `standard`, so that writing it down changes nothing.
    ///
    /// False where `standard` is only what the reference names.
    package let isImplied: Bool
    /// The field that this one is another spelling of.
    package let spellingOf: String?
    /// What values it may take.
    package let value: ValueSchema
}
