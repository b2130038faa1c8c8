/// What is known of one kind of object, for schemas and reference pages.
package struct ObjectSchema: Equatable, Sendable {
    /// A short name that no other object has, such as `gpu`.
    package let name: String
    /// What it holds, in one sentence without a full stop.
    package let meaning: String
    /// Its fields, in the order in which files write them.
    package let fields: [FieldSchema]
    /// What must hold between its fields, as far as an API server can tell.
    package let serverRules: [ServerRule]
}
