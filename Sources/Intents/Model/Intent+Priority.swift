extension Intent {
    /// The annotation that says how important an intent is where offers are not enough for all.
    package static let priorityAnnotation = "intent-operator.dev/priority"
    /// What a priority may be.
    package static let priorities = -1_000_000...1_000_000

    /// How important it is: more is served first; 0 where nobody says.
    package var priority: Int { annotations[Self.priorityAnnotation].flatMap(Self.priority) ?? 0 }

    /// The priority in an annotation's text; nil where it is none.
    static func priority(_ text: String) -> Int? {
        Int(text).flatMap { priorities.contains($0) ? $0 : nil }
    }
}
