/// The parts that name an offer of FLARE for ever: `provider/location/model/memory`, and what sets it apart from others.
///
/// A slash or percent sign inside a part is percent-encoded, so that the parts can be told apart again.
struct FLAREOfferName: Hashable {
    /// The federation's member.
    var provider: String
    /// Where it is.
    var location: String
    /// The GPU's model as FLARE writes it.
    var model: String
    /// The GPU's memory as FLARE writes it.
    var memory: String
    /// What more there is: `zone=…`, `spot`.
    var marks: [String] = []

    /// The name as text.
    var text: String {
        ([provider, location, model, memory] + marks).map(Self.encoded).joined(separator: "/")
    }

    /// The model in a name; nil where the text is no name of this form.
    static func model(in text: String) -> String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 4, !parts[2].isEmpty else { return nil }
        return String(parts[2]).replacing("%2F", with: "/").replacing("%25", with: "%")
    }

    private static func encoded(_ part: String) -> String {
        part.replacing("%", with: "%25").replacing("/", with: "%2F")
    }
}
