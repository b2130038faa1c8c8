import Reconciling

/// One finding of FlexAI's validation: which field of the body, and what is wrong.
struct FieldError: Hashable {
    /// The field's path below the body; empty for the body itself.
    let path: [String]
    /// A word for programs.
    let kind: String
    /// A sentence for people.
    let message: String

    /// A field that should be there.
    static func missing(_ name: String) -> FieldError {
        FieldError(path: [name], kind: "missing", message: "Field required")
    }
}

extension TransportReply {
    /// FlexAI's plain error.
    static func detail(_ status: Int, _ text: String) -> TransportReply {
        json(status) { $0.member("detail", text) }
    }

    /// FlexAI's answer to a body that does not hold: 422 with a finding for each field.
    static func validation(_ errors: [FieldError]) -> TransportReply {
        json(422) { reply in
            reply.key("detail")
            reply.array { list in
                for error in errors {
                    list.object { entry in
                        entry.member("loc", ["body"] + error.path)
                        entry.member("msg", error.message)
                        entry.member("type", error.kind)
                    }
                }
            }
        }
    }
}
