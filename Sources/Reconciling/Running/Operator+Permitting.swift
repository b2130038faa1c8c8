package import Intents
import Placement

extension Operator {
    /// Writes a person's word down, where it speaks of what the intent waits for.
    func permit(_ permission: Permission, of key: IntentKey) -> Reply {
        guard let wish = desires.wish(of: key) else { return .refusal("there is no intent \(key.rawValue)") }
        guard wish.generation == permission.generation else {
            return .refusal("\(key.rawValue) has changed since it was shown: look again with `intentctl approve`")
        }
        let asked = books.status(of: key)?.approvals.map(\.permission) ?? []
        guard let question = asked.first(where: { $0.purpose == permission.purpose }) else {
            return Reply(text: "\(key.rawValue) waits for no such approval")
        }
        if let wanted = question.upTo, permission.upTo.map({ $0 < wanted }) ?? true {
            return .refusal("the price has changed since it was shown: look again with `intentctl approve`")
        }
        if let wanted = question.deviation, !(permission.deviation?.covers(wanted) ?? false) {
            return .refusal("what is proposed has changed since it was shown: look again with `intentctl approve`")
        }
        var account = books.account(of: key)
        account.memory.approve(permission, at: parts.time.now)
        let price = permission.upTo.map { " up to \($0) an hour" } ?? ""
        let event = Event(
            at: parts.time.now,
            key: key,
            reason: "Approved",
            message: "a person has approved of \(permission.purpose.words)\(price)"
        )
        return Reply(
            text: "\(key.rawValue): \(permission.purpose.words)\(price) is approved",
            changes: [.account(account), .event(event)],
            keys: [key]
        )
    }
}

extension AccountMemory {
    /// Takes in a person's word; what was said of other generations is over.
    package mutating func approve(_ permission: Permission, at moment: Timestamp) {
        approvals.removeAll { $0.purpose == permission.purpose || $0.generation != permission.generation }
        approvals.append(
            Approval(
                permission.purpose,
                generation: permission.generation,
                upTo: permission.upTo,
                deviation: permission.deviation,
                at: moment
            )
        )
    }

    /// Whether a person has allowed what is to be done.
    package func allows(_ wanted: Permission) -> Bool {
        approvals.contains { approval in
            guard approval.purpose == wanted.purpose, approval.generation == wanted.generation else { return false }
            if let deviation = wanted.deviation, !(approval.deviation?.covers(deviation) ?? false) { return false }
            guard let amount = wanted.upTo else { return true }
            return approval.upTo.map { amount <= $0 } ?? false
        }
    }
}

extension Approval.Purpose {
    /// What is allowed, in a few words.
    package var words: String {
        switch self {
        case .price: "the price"
        case .deviation: "what strays from the wish"
        case .volume: "replacing the allocation that holds a persistent volume"
        }
    }
}
