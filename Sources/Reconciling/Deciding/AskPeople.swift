import Intents

extension Deliberation {
    /// Whether a person has allowed what is to be done; where nobody has, the question is shown with the intent.
    package mutating func isAllowed(_ permission: Permission, why: String) -> Bool {
        guard !account.memory.allows(permission) else { return true }
        if !questions.contains(where: { $0.permission.purpose == permission.purpose }) {
            questions.append(ApprovalStatus(permission, why: why))
        }
        return false
    }

    /// Whether what an intent is to cost in an hour may be bought, asked or unasked.
    mutating func mayCost(_ hourly: Money) -> Bool {
        guard let above = policy.approvalAbove, hourly > above, let generation = situation.wish?.generation else {
            return true
        }
        return isAllowed(
            Permission(.price, generation: generation, upTo: hourly),
            why: "it is to cost \(hourly) an hour, and over \(above) a person is asked"
        )
    }

    /// Why nothing happens although something is wanted: a person has not said yet that it may.
    var questionStall: ErrorStatus? {
        questions.first.map { question in
            ErrorStatus(
                code: "APPROVAL_NEEDED",
                message: "\(question.why): `intentctl approve \(situation.key.rawValue)`",
                at: now
            )
        }
    }
}
