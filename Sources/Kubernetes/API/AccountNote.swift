package import Documents
package import Intents
package import Reconciling

/// An intent's account as it stands in its status.
///
/// The money of a tombstone is counted where its ordinal stands in `includes`, or by adding what the tombstone itself
/// says: so that the tombstone and the account need not be written together.
package struct AccountNote: Hashable, Sendable {
    /// What allocations that are gone have cost.
    package var spent: Money
    /// How many attempts were ever made, as far as was written down.
    package var attempts: Int
    /// When the first allocation of the present generation of a job ran.
    package var workBeganAt: Timestamp?
    /// How the intent's work ended.
    package var finish: Finish?
    /// Everything else that must outlast a crash.
    package var memory: AccountMemory
    /// The tombstones that `spent` counts already and that still stand, by their ordinals.
    package var includes: [Int]

    /// A note of an account whose `spent` counts these tombstones, by their ordinals.
    package init(_ account: IntentAccount, includes: [Int]) {
        spent = account.spent
        attempts = account.attempts
        workBeganAt = account.workBeganAt
        finish = account.finish
        memory = account.memory
        self.includes = includes.sorted()
    }

    /// Reads `status.account`.
    package init(_ fields: ObjectFields) throws(MalformedObject) {
        spent = try fields.amount("spent")
        attempts = try fields.integer("attempts")
        workBeganAt = try fields.optionalMoment("workBeganAt")
        finish = try fields.optionalPart("finish").map { finish throws(MalformedObject) in
            Finish(
                outcome: try finish.word("outcome"),
                generation: try finish.integer("generation"),
                at: try finish.moment("at"),
                message: try finish.optionalText("message") ?? ""
            )
        }
        // A memory of another version is begun anew; the rows still tell what is held.
        memory = try fields.optionalText("memory").flatMap(Self.memory) ?? AccountMemory()
        includes = []
        for node in fields["includes"]?.sequence ?? [] {
            guard let ordinal = node.integer else { throw fields.fault("includes", "must hold whole numbers") }
            includes.append(Int(ordinal))
        }
    }

    /// The account that this note and the rows make together.
    package func account(of key: IntentKey, rows: some Sequence<AllocationRecord>) -> IntentAccount {
        var account = IntentAccount(key: key, spent: spent, attempts: attempts)
        account.workBeganAt = workBeganAt
        account.finish = finish
        account.memory = memory
        for row in rows {
            account.attempts = max(account.attempts, row.ordinal)
            guard let tombstone = row.tombstone, !includes.contains(row.ordinal) else { continue }
            account.spent = account.spent + tombstone.settled
        }
        return account
    }

    /// As it stands in a merge patch: what is absent is removed.
    package var node: Node {
        .mapping([
            "spent": .string(spent.text),
            "attempts": .integer(attempts),
            "workBeganAt": workBeganAt.map { .string($0.text) } ?? .null,
            "finish": finish.map(Self.node) ?? .null,
            "memory": memory.isEmpty ? .null : .string(DocumentPrinter.json(memory.node, style: .compact)),
            "includes": .list(includes.map { .integer($0) }),
        ])
    }

    private static func memory(_ text: String) -> AccountMemory? {
        do throws(Diagnostic) {
            return try AccountMemory(node: DocumentParser.json(Array(text.utf8)))
        } catch {
            return nil
        }
    }

    private static func node(_ finish: Finish) -> Node {
        .mapping([
            "outcome": .string(finish.outcome.rawValue),
            "generation": .integer(finish.generation),
            "at": .string(finish.at.text),
            "message": .string(finish.message),
        ])
    }
}
