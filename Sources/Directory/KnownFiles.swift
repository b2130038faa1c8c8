/// Compares what is there with what was read before, and says what has to be read.
struct KnownFiles: Sendable {
    /// How long a file must have stood still before a look reads it, and before its signature is trusted, in nanoseconds.
    ///
    /// File systems stamp changes with a clock that stands still for some milliseconds, so a change that quickly follows
    /// another may leave the signature as it was.
    static let settling: Int64 = 50_000_000
    /// How long a file that a writer keeps open is left to its writer, in nanoseconds since its last change.
    static let writersPatience: Int64 = 30_000_000_000

    /// What is remembered of a file.
    private struct Entry {
        /// Its signature when it was read.
        var signature: FileSignature
        /// A hash of its content.
        var digest: Int
        /// Whether an equal signature proves that the content is the same.
        var isTrusted: Bool
    }

    /// What a look has to do.
    struct Plan: Equatable {
        /// The files to read, sorted.
        var read: [String] = []
        /// The files that are being written, sorted: they are to be read later.
        var unsettled: [String] = []
    }

    private var entries: [String: Entry] = [:]

    /// Nothing known.
    init() {}

    /// What has to be read of a listing; forgets what is not on it.
    ///
    /// `now` is the time by which files are stamped, `writing` the names that somebody is writing.
    mutating func plan(for listing: Listing, writing: Set<String>, now: Int64) -> Plan {
        var plan = Plan()
        for (name, signature) in listing.files where !isKnown(name, signature) {
            if isUnsettled(signature, isBeingWritten: writing.contains(name), now: now) {
                plan.unsettled.append(name)
            } else {
                plan.read.append(name)
            }
        }
        entries = entries.filter { listing.files[$0.key] != nil }
        plan.read.sort()
        plan.unsettled.sort()
        return plan
    }

    private func isKnown(_ name: String, _ signature: FileSignature) -> Bool {
        guard let entry = entries[name] else { return false }
        return entry.isTrusted && entry.signature == signature
    }

    private func isUnsettled(_ signature: FileSignature, isBeingWritten: Bool, now: Int64) -> Bool {
        let (age, overflow) = now.subtractingReportingOverflow(signature.modified)
        if overflow || age < 0 { return false }
        return age < Self.settling || (isBeingWritten && age < Self.writersPatience)
    }

    /// Remembers a file that was read and says whether its content is new.
    ///
    /// `signature` was taken before the first byte, at `now`.
    mutating func took(_ name: String, _ signature: FileSignature, digest: Int, now: Int64) -> Bool {
        let isNew = entries[name]?.digest != digest
        let (age, overflow) = now.subtractingReportingOverflow(max(signature.modified, signature.changed))
        entries[name] = Entry(signature: signature, digest: digest, isTrusted: !overflow && age >= Self.settling)
        return isNew
    }

    /// Forgets a file, so that the next look reads it.
    mutating func forget(_ name: String) { entries[name] = nil }
}
