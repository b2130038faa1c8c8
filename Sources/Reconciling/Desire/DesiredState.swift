package import Documents
package import Intents

/// What is wished for, merged from everything that a source has said: a pure value.
///
/// Unreachable is not gone: a file that fails keeps its last good intents, and a key without a file is only withdrawn
/// when the deletion guard lets it through.
package struct DesiredState: Sendable {
    /// One intent as it is wished for now.
    package struct Entry: Sendable {
        /// The intent as it was last good.
        package private(set) var stored: StoredIntent
        /// The fingerprints of its spec.
        package var fingerprints: IntentFingerprints { taken ?? stored.intent.fingerprints }
        /// What is wrong with its file now; nil where the file is good.
        package var staleness: String?
        /// Whether its last file is gone and the guard has still to let it through.
        package var isWithdrawn = false
        /// The fingerprints as the source took them; nil where only the ledger has spoken of the intent yet.
        private var taken: IntentFingerprints?

        /// An entry whose file is good.
        init(stored: StoredIntent, fingerprints: IntentFingerprints?) {
            self.stored = stored
            taken = fingerprints
        }

        /// Whether both are the same to everybody but the source.
        func tellsTheSame(as other: Entry) -> Bool {
            stored == other.stored && staleness == other.staleness && isWithdrawn == other.isWithdrawn
        }
    }

    private struct Claim: Hashable, Sendable {
        var file: String
        var intent: Intent
        var position: Position
        var fingerprints: IntentFingerprints?
    }

    /// What a report has changed.
    package struct Outcome: Sendable {
        /// Keys that are to be reconciled.
        package var changed: Set<IntentKey> = []
        /// What is to be written down.
        package var writes: [LedgerChange] = []
        /// What people are to be told.
        package var events: [Event] = []
        /// What withdrawn intents depended on, where they depended on something.
        package var farewells: [IntentKey: [IntentKey]] = [:]
    }

    /// Every intent that is wished for, or was and waits for the guard.
    package private(set) var entries: [IntentKey: Entry] = [:]
    /// What is wrong with each file, last look.
    package private(set) var diagnostics: [String: [Diagnostic]] = [:]
    /// Why the source cannot be read; nil while it can.
    package private(set) var unavailable: String?
    /// Whether a complete look has been taken in.
    package private(set) var hasLooked = false
    /// Stands between withdrawals and deletions.
    package var guardian: DeletionGuard
    /// Which intent depends on which.
    package private(set) var graph = DependencyGraph()
    /// What withdrawn intents depended on, until what they hold is gone.
    package private(set) var departing = DependencyGraph()

    private var claims: [IntentKey: [Claim]] = [:]
    private var keysOfFile: [String: Set<IntentKey>] = [:]
    private var failing: [String: String] = [:]
    /// The words of files that do not parse, by file.
    private var unread: [String: Set<String>] = [:]
    /// Keys that no file claims, and that a file which does not parse names.
    private var clinging = Set<IntentKey>()
    /// Whether the source has said what it sees, or that it sees nothing.
    private var hasHeard = false

    /// What was wished for when the ledger was last written.
    package init(stored: [StoredIntent], guardian: DeletionGuard) {
        self.guardian = guardian
        for intent in stored {
            entries[intent.key] = Entry(stored: intent, fingerprints: nil)
            claims[intent.key] = [Claim(file: intent.file, intent: intent.intent, position: .start)]
            keysOfFile[intent.file, default: []].insert(intent.key)
            _ = graph.set(intent.key, dependsOn: intent.intent.dependencies)
        }
    }

    /// Takes in what a source has seen.
    package mutating func take(_ report: SourceReport, now: Timestamp, uptime: Duration) -> Outcome {
        var outcome = Outcome()
        switch report {
        case .unavailable(let reason):
            #if MUTANTS
            if Mutant.silenceWithdraws.isActive {
                return take(.look(changed: [], present: []), now: now, uptime: uptime)
            }
            #endif
            if unavailable == nil {
                outcome.events.append(
                    Event(at: now, key: nil, severity: .warning, reason: "SourceUnavailable", message: reason)
                )
            }
            unavailable = reason
            hearFirst(into: &outcome)
            return outcome
        case .files(let files): takeFiles(files, now: now, uptime: uptime, into: &outcome)
        case .look(let changed, let present):
            let gone = keysOfFile.keys.filter { !present.contains($0) }
            takeFiles(changed, gone: gone, now: now, uptime: uptime, into: &outcome)
            diagnostics = diagnostics.filter { present.contains($0.key) }
            if unavailable != nil {
                outcome.events.append(
                    Event(at: now, key: nil, reason: "SourceAvailable", message: "the source can be read again")
                )
            }
            unavailable = nil
            hasLooked = true
            hearFirst(into: &outcome)
        }
        return outcome
    }

    /// What the ledger knew is looked at once, changed or not: the last process may have ended before it could act.
    private mutating func hearFirst(into outcome: inout Outcome) {
        guard !hasHeard else { return }
        hasHeard = true
        outcome.changed.formUnion(entries.keys)
    }

    /// Lets through what the guard lets through; those keys are withdrawn for good.
    ///
    /// `ending` says how many keys without an entry still hold something.
    package mutating func judge(now: Timestamp, uptime: Duration, ending: Int) -> Outcome {
        var outcome = Outcome()
        guard unavailable == nil, hasLooked else { return outcome }
        let before = guardian.held
        for key in guardian.judge(at: uptime, now: now, total: entries.count, ending: ending) {
            if let names = graph.dependencies[key] {
                outcome.farewells[key] = names
                _ = departing.set(key, dependsOn: names)
            }
            entries[key] = nil
            claims[key] = nil
            outcome.changed.insert(key)
            outcome.changed.formUnion(relatives(of: key, dependsOn: []))
            outcome.writes.append(.dropIntent(key))
        }
        guard guardian.held != before else { return outcome }
        outcome.writes.append(.heldWithdrawals(guardian.held))
        if let held = guardian.held {
            // Until a person says so, they live on like every other one.
            outcome.changed.formUnion(held.keys)
            outcome.events.append(
                Event(
                    at: now,
                    key: nil,
                    severity: .warning,
                    reason: "WithdrawalsHeld",
                    message: "\(held.keys.count) of \(held.total) intents are gone from the source; nothing is deleted "
                        + "before `intentctl approve`"
                )
            )
        }
        return outcome
    }

    /// Takes in what was seen at one moment: what an intent comes to is decided when every file has said its part, so
    /// that nobody goes by a copy that is gone as well.
    private mutating func takeFiles(
        _ files: [SourceFile],
        gone: [String] = [],
        now: Timestamp,
        uptime: Duration,
        into outcome: inout Outcome
    ) {
        guard !files.isEmpty || !gone.isEmpty else { return }
        guardian.heardNews(at: uptime)
        var keys = Set<IntentKey>()
        for file in files { keys.formUnion(absorb(file, now: now, into: &outcome)) }
        for name in gone { keys.formUnion(drop(name)) }
        // What was kept for a file that did not parse may have been found in it, or not.
        keys.formUnion(clinging)
        // What vanished a moment ago may be named by a file that was broken only now.
        keys.formUnion(guardian.waiting)
        for key in keys.sorted() { settle(key, now: now, uptime: uptime, into: &outcome) }
    }

    /// Notes what a file claims, and no longer claims; returns the keys in question.
    private mutating func absorb(_ file: SourceFile, now: Timestamp, into outcome: inout Outcome) -> Set<IntentKey> {
        #if MUTANTS
        if Mutant.brokenFileWithdraws.isActive, file.diagnostics.contains(where: { $0.severity == .error }) {
            return drop(file.name)
        }
        #endif
        let errors = file.diagnostics.filter { $0.severity == .error }
        let problem = errors.first.map(String.init(describing:))
        if let problem, failing[file.name] != problem {
            outcome.events.append(
                Event(at: now, key: nil, severity: .warning, reason: "FileInvalid", message: problem)
            )
        }
        failing[file.name] = problem
        // What stood there before it could no longer be read may stand there still.
        if problem == nil { unread[file.name] = nil } else if !file.text.isEmpty { unread[file.name] = file.text.words }
        diagnostics[file.name] = file.diagnostics.isEmpty ? nil : file.diagnostics
        var keys = Set<IntentKey>()
        for sourced in file.intents {
            let key = IntentKey(rawValue: sourced.intent.key)
            keys.insert(key)
            claim(
                key,
                Claim(
                    file: file.name,
                    intent: sourced.intent,
                    position: sourced.position,
                    fingerprints: sourced.fingerprints
                )
            )
        }
        let missing = (keysOfFile[file.name] ?? []).subtracting(keys)
        // Where the file has an error, what is missing may stand in the very part that cannot be read.
        if problem == nil {
            for key in missing { unclaim(key, from: file.name) }
            keysOfFile[file.name] = keys.isEmpty ? nil : keys
        } else {
            keysOfFile[file.name, default: []].formUnion(keys)
        }
        return keys.union(missing)
    }

    /// Notes that a file is gone; returns the keys that it claimed.
    private mutating func drop(_ name: String) -> Set<IntentKey> {
        let keys = keysOfFile.removeValue(forKey: name) ?? []
        failing[name] = nil
        unread[name] = nil
        for key in keys { unclaim(key, from: name) }
        return keys
    }

    private mutating func claim(_ key: IntentKey, _ claim: Claim) {
        var all = (claims[key] ?? []).filter { $0.file != claim.file }
        all.append(claim)
        all.sort { $0.file < $1.file }
        claims[key] = all
    }

    private mutating func unclaim(_ key: IntentKey, from file: String) {
        claims[key]?.removeAll { $0.file == file }
    }

    /// Makes a key's entry what its first claim says, or withdraws it where there is none.
    private mutating func settle(_ key: IntentKey, now: Timestamp, uptime: Duration, into outcome: inout Outcome) {
        guard let winner = claims[key]?.first else {
            guard let old = entries[key] else { return }
            if cling(key, now: now, into: &outcome) {
                if entries[key].map(old.tellsTheSame) == false { outcome.changed.insert(key) }
                return
            }
            entries[key]?.isWithdrawn = true
            entries[key]?.staleness = nil
            guardian.withdrawn(key, at: uptime)
            return
        }
        clinging.remove(key)
        guardian.returned(key)
        reportDoubles(of: key, winner)
        let stale = failing[winner.file]
        guard let old = entries[key] else {
            let stored = StoredIntent(key: key, file: winner.file, generation: 1, createdAt: now, intent: winner.intent)
            entries[key] = Entry(stored: stored, fingerprints: winner.fingerprints)
            outcome.writes.append(.intent(stored))
            outcome.changed.insert(key)
            outcome.changed.formUnion(relatives(of: key, dependsOn: winner.intent.dependencies))
            hasDeparted(key)
            return
        }
        let others = graph.set(key, dependsOn: winner.intent.dependencies)
        outcome.changed.formUnion(others.filter { entries[$0] != nil })
        var stored = old.stored
        stored.file = winner.file
        if stored.intent.spec.isOtherWork(than: winner.intent.spec) { stored.generation += 1 }
        stored.intent = winner.intent
        var entry = Entry(stored: stored, fingerprints: winner.fingerprints)
        entry.staleness = stale
        entries[key] = entry
        guard !entry.tellsTheSame(as: old) else { return }
        if stored != old.stored { outcome.writes.append(.intent(stored)) }
        outcome.changed.insert(key)
    }

    /// Keeps a key that no file claims as it was where a file that does not parse names it; returns whether one does.
    ///
    /// It may have been moved there: who moves an intent and breaks its new file wants it no less than before.
    private mutating func cling(_ key: IntentKey, now: Timestamp, into outcome: inout Outcome) -> Bool {
        let name = entries[key]?.stored.intent.name ?? key.rawValue
        let file = unread.filter { $0.value.contains(name) }.keys.min()
        guard let file, let problem = failing[file] else {
            clinging.remove(key)
            return false
        }
        guardian.returned(key)
        entries[key]?.isWithdrawn = false
        let words = "\(problem); \(name) stands in no other file any more, and may stand there"
        entries[key]?.staleness = words
        if clinging.insert(key).inserted {
            outcome.events.append(Event(at: now, key: key, severity: .warning, reason: "LastGoodKept", message: words))
        }
        return true
    }

    /// Notes that nothing is held for a withdrawn intent any more.
    package mutating func hasDeparted(_ key: IntentKey) { _ = departing.set(key, dependsOn: []) }

    /// Who has to know that an intent has appeared or gone.
    private mutating func relatives(of key: IntentKey, dependsOn names: [IntentKey]) -> Set<IntentKey> {
        let others = graph.set(key, dependsOn: names).union(graph.dependents[key] ?? [])
        return others.filter { entries[$0] != nil }
    }

    /// The first file in path order has an intent; every other one is told so.
    private mutating func reportDoubles(of key: IntentKey, _ winner: Claim) {
        for claim in (claims[key] ?? []).dropFirst() {
            let message =
                "\(key.rawValue) is already defined in \(winner.file):\(winner.position.line); this one is ignored"
            let double = Diagnostic(file: claim.file, position: claim.position, message: message, severity: .error)
            if diagnostics[claim.file]?.contains(double) != true {
                diagnostics[claim.file, default: []].append(double)
            }
        }
    }
}

extension Intent {
    /// The name under which it is kept: `name`, or `namespace/name` where it has a namespace.
    package var key: String { namespace.map { "\($0)/\(name)" } ?? name }
}

extension IntentSpec {
    /// Whether this asks for something else than `other`; who only changes how an intent is kept asks for the same.
    fileprivate func isOtherWork(than other: IntentSpec) -> Bool { work != other.work }
}

extension [UInt8] {
    /// What stands in a text between blanks, quotes and other signs that no name holds.
    fileprivate var words: Set<String> {
        let parts = split { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                0x80...0xFF:
                false
            default: true
            }
        }
        return Set(parts.map { String(decoding: $0, as: UTF8.self) })
    }
}
