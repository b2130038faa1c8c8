import Intents
import Placement

/// A platform that is asked on behalf of another account knows nothing of what we have bought: it would call all of it
/// gone, and have it bought anew beside what still runs.
///
/// So the ledger remembers the account, and under another one the platform is paused until something of ours is seen
/// there, which shows that only the account's name or address has changed, or until nothing is held any more.
extension PlatformGate {
    /// The code of the refusal under another account.
    static let otherAccount = "OTHER_ACCOUNT"
    /// How many allocations are asked for one by one where no listing shows one of ours.
    private static let looks = 3
    /// How long nobody asks again who pays where that could not be learnt.
    private static let unlearntRest = Duration.seconds(5)

    /// Why nothing passes before it is known which account answers.
    struct AccountRefusal: Sendable {
        var error: PlatformError
        /// Until when nobody asks again, in uptime.
        var until: Duration
    }

    /// What a platform says of who pays.
    private enum Word {
        /// This one; nil where it says nothing of that.
        case said(String?)
        /// It could not be asked, or could not answer.
        case unlearnt(PlatformError)
    }

    /// Whether the platform answers for another account than the one in which we have bought.
    package var answersForAnother: Bool { accountRefusal?.error.code == Self.otherAccount }

    /// Asks again at the next call whether the platform answers for our account.
    func askAgain() { restAccount(until: .zero) }

    /// Waits until it is known that the platform answers for the account in which we have bought.
    func confirmAccount() async throws(PlatformError) {
        #if MUTANTS
        if Mutant.accountIgnored.isActive { return }
        #endif
        guard let books, confirmation.latest == nil else { return }
        try refuse { $0.wait(at: $1) }
        if let refusal = accountRefusal, uptime < refusal.until { throw refusal.error }
        _ = try await confirmation.get(notBefore: .zero) { () async throws(PlatformError) in
            try await self.findAccount(books)
        }
    }

    private func findAccount(_ books: Books) async throws(PlatformError) {
        var present = platform.account
        let known = books.platformAccount(of: name)
        let ours = books.holdings(on: name)
        if present.holder == nil {
            switch await word() {
            case .said(let holder): present.holder = holder
            case .unlearnt(let error) where ours.isEmpty:
                // Whoever it is will pay for what is bought next: that must be known.
                answered(error)
                throw error
            case .unlearnt(let error):
                // Nothing is released by waiting for a word, and what is seen there is ours whoever says so.
                guard try await isSeen(ours) else { throw doubted(error) }
                return setAccountRefusal(nil)
            }
        }
        if let known, !known.mayBe(present), !ours.isEmpty {
            guard try await isSeen(ours) else { throw refused(present, known, count: ours.count) }
            announce("AccountConfirmed", "\(present.words) knows what was bought for \(known.words)", .normal)
        } else if !ours.isEmpty {
            // Who paid for what is held is not forgotten because the platform does not say it now.
            present.holder = present.holder ?? known?.holder
        }
        setAccountRefusal(nil)
        guard known != present else { return }
        _ = await books.commitFact([.platformAccount(name, present)])
    }

    /// What is thrown under another account; people are told once.
    private func refused(_ present: PlatformAccount, _ known: PlatformAccount, count: Int) -> PlatformError {
        let error = PlatformError(
            platform: name,
            code: Self.otherAccount,
            message: "the settings lead to \(present.words), where nothing is known of what was bought for "
                + "\(known.words): \(count) allocations are neither replaced nor ended; set the account back, "
                + "or give up what is there with `intentctl resolve NAME --slot N --abandon`",
            consequence: .pausePlatform
        )
        if accountRefusal?.error.code != error.code { announce("PlatformPaused", error.message, .warning) }
        setAccountRefusal(AccountRefusal(error: error, until: uptime + accountRest))
        return error
    }

    /// What is thrown while nobody can tell which account answers, and nothing of ours is seen there.
    private func doubted(_ error: PlatformError) -> PlatformError {
        let doubt = PlatformError(
            platform: name,
            code: "ACCOUNT_UNKNOWN",
            message: "nothing of what is held is seen, and who pays there cannot be learnt: \(error.message)",
            consequence: .retry(after: Self.unlearntRest)
        )
        setAccountRefusal(AccountRefusal(error: doubt, until: uptime + Self.unlearntRest))
        return doubt
    }

    /// Who pays, as the platform says; what it answers to that alone neither pauses it nor counts as its silence.
    private func word() async -> Word {
        do throws(PlatformError) {
            return .said(
                try await pass(concluding: .none) { platform async throws(PlatformError) in
                    try await platform.holder()
                }
            )
        } catch {
            // Only a platform that knows no such question says nothing of it.
            guard let status = error.httpStatus, [400, 404, 405, 410, 501].contains(status) else {
                return .unlearnt(error)
            }
            return .said(nil)
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
                // What it calls ended it knows.
                if error.httpStatus == 200 { return true }
            }
        }
        return false
    }
}

extension Observation {
    /// Whether nothing shows that it was bought for another row, whose id is the same in another account.
    fileprivate func mayBeOf(_ row: AllocationRecord) -> Bool { reference.map { $0 == row.reference } ?? true }
}
