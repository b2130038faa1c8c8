/// An intent as FLARE's gateway takes it.
struct FLAREForm: Described {
    /// The wish.
    var intent = IntentSpec()

    /// A form with every default.
    init() {}

    static let description = ObjectDescription<FLAREForm>(
        "flare_form",
        "An intent as FLARE takes it",
        fields: [.required("intent", \.intent, .object(), "What is wished for")]
    )
}
