import Intents
import Placement

/// A platform that is asked on behalf of another account knows nothing of what we have bought: it would call all of it
/// gone, and have it bought anew beside what still runs.
///
/// So the ledger remembers the account, and under another one the platform is paused until something of ours is seen
/// there, which shows that only the account's name or address has changed, or until nothing is held any more.
extension PlatformGate {
    /// The code of the pause under another account.
    static let otherAccount = "OTHER_ACCOUNT"
    /// How many allocations are asked for one by one where no listing shows one of ours.
    private static let looks = 3

    /// Whether the platform is paused because it answers for another account.
    package var answersForAnother: Bool { pausedBecause?.code == Self.otherAccount }

    /// Asks again at the next call whether the platform answers for our account, where it answered for another one.
    func askAgain() { if answersForAnother { endPause() } }

    /// Waits until it is known that the platform answers for the account in which we have bought.
    func confirmAccount() async throws(PlatformError) {
        #if MUTANTS
        if Mutant.accountIgnored.isActive { return }
        #endif
        guard let books, confirmation.latest == nil else { return }
        try refuse { $0.wait(at: $1) }
        _ = try await confirmation.get(notBefore: .zero) { () async throws(PlatformError) in
            try await self.findAccount(books)
        }
    }

    private func findAccount(_ books: Books) async throws(PlatformError) {
        var present = platform.account
        if present.holder == nil { present.holder = try await holderByWord() }
        let known = books.platformAccount(of: name)
        let ours = books.holdings(on: name)
        guard let known, !known.mayBe(present), !ours.isEmpty else {
            // Who paid for what is held is not forgotten because the platform cannot say it now.
            if !ours.isEmpty { present.holder = present.holder ?? known?.holder }
            return await keep(present, in: books)
        }
        guard try await isSeen(ours) else {
            let error = PlatformError(
                platform: name,
                code: Self.otherAccount,
                message: "the settings lead to \(present.words), where nothing is known of what was bought for "
                    + "\(known.words): \(ours.count) allocations are neither replaced nor ended; set the account back, "
                    + "or give up what is there with `intentctl resolve NAME --slot N --abandon`",
                consequence: .pausePlatform
            )
            answered(error)
            throw error
        }
        announce("AccountConfirmed", "\(present.words) knows what was bought for \(known.words)", .normal)
        await keep(present, in: books)
    }

    /// Who pays, as the platform says; nil where it cannot say that.
    private func holderByWord() async throws(PlatformError) -> String? {
        do throws(PlatformError) {
            return try await pass { platform async throws(PlatformError) in try await platform.holder() }
        } catch {
            // Only a platform that has answered cannot say it; one that refuses us or is silent is asked again.
            guard let status = error.httpStatus, ![401, 403, 429].contains(status) else { throw error }
            return nil
        }
    }

    /// Whether the platform knows something of ours.
    private func isSeen(_ ours: [AllocationRecord]) async throws(PlatformError) -> Bool {
        let bought = Dictionary(ours.compactMap { row in row.id.map { ($0, row) } }) { first, _ in first }
        let listed = try await pass { platform async throws(PlatformError) in try await platform.list() }
        if let listed, listed.contains(where: { entry in bought[entry.id].map(entry.mayBeOf) ?? false }) { return true }
        for (id, row) in bought.sorted(by: { $0.value.openedAt > $1.value.openedAt }).prefix(Self.looks) {
            do throws(PlatformError) {
                let seen = try await pass { platform async throws(PlatformError) in try await platform.observe(id) }
                if seen.mayBeOf(row) { return true }
            } catch {
                guard error.consequence == .gone else { throw error }
            }
        }
        return false
    }

    private func keep(_ account: PlatformAccount, in books: Books) async {
        guard books.platformAccount(of: name) != account else { return }
        _ = await books.commitFact([.platformAccount(name, account)])
    }
}

extension Observation {
    /// Whether nothing shows that it was bought for another row, whose id is the same in another account.
    fileprivate func mayBeOf(_ row: AllocationRecord) -> Bool { reference.map { $0 == row.reference } ?? true }
}
