import Testing

@testable import Directory

/// What has to be read of a listing, and what is new.
@Suite struct KnownFilesTests {
    private let second: Int64 = 1_000_000_000
    private let now: Int64 = 1_800_000_000_000_000_000

    private func signature(age: Int64, size: Int64 = 1, inode: UInt64 = 1) -> FileSignature {
        FileSignature(size: size, modified: now - age, changed: now - age, inode: inode, device: 1)
    }

    private func listing(_ files: [String: FileSignature]) -> Listing {
        var listing = Listing()
        listing.files = files
        return listing
    }

    @Test func unknownFilesAreReadInOrder() {
        var known = KnownFiles()
        let old = signature(age: second)
        let plan = known.plan(for: listing(["b": old, "a": old, "c": old]), writing: [], now: now)
        #expect(plan == KnownFiles.Plan(read: ["a", "b", "c"]))
    }

    @Test func knownFilesAreReadAgainOnlyWhenTheirSignatureChanges() {
        let old = signature(age: second)
        var changes: [FileSignature] = Array(repeating: old, count: 5)
        changes[0].size += 1
        changes[1].modified -= 1
        changes[2].changed -= 1
        changes[3].inode += 1
        changes[4].device += 1
        for change in changes {
            var known = KnownFiles()
            #expect({ known.took("a", old, digest: 7, now: now) }())
            #expect({ known.plan(for: listing(["a": old]), writing: [], now: now) }().read.isEmpty)
            #expect({ known.plan(for: listing(["a": change]), writing: [], now: now) }().read == ["a"])
        }
    }

    @Test(
        "a file that has just changed is left to settle",
        arguments: [
            (0, false, false), (49_999_999, false, false), (50_000_000, false, true), (-1, false, true),
            (50_000_000, true, false), (29_999_999_999, true, false), (30_000_000_000, true, true), (-1, true, true),
        ] as [(Int64, Bool, Bool)]
    )
    func settles(age: Int64, isBeingWritten: Bool, isRead: Bool) {
        var known = KnownFiles()
        let writing: Set<String> = isBeingWritten ? ["a"] : []
        let plan = known.plan(for: listing(["a": signature(age: age)]), writing: writing, now: now)
        #expect(plan.read == (isRead ? ["a"] : []))
        #expect(plan.unsettled == (isRead ? [] : ["a"]))
    }

    @Test func aSignatureFromRightAfterAChangeIsNotTrusted() {
        var known = KnownFiles()
        let fresh = signature(age: 10_000_000)
        #expect({ known.took("a", fresh, digest: 7, now: now) }())
        let later = now + second
        #expect({ known.plan(for: listing(["a": fresh]), writing: [], now: later) }().read == ["a"])
        #expect(!{ known.took("a", fresh, digest: 7, now: later) }(), "the content is the same")
        #expect({ known.plan(for: listing(["a": fresh]), writing: [], now: later) }().read.isEmpty)
    }

    @Test func aSignatureFromTheFutureIsNeverTrusted() {
        var known = KnownFiles()
        let future = signature(age: -3600 * second)
        #expect({ known.took("a", future, digest: 7, now: now) }())
        #expect({ known.plan(for: listing(["a": future]), writing: [], now: now + second) }().read == ["a"])
        #expect(
            { known.took("a", future, digest: 8, now: now + second) }(),
            "the content is new although nothing else is"
        )
    }

    @Test func whatIsNotListedIsForgotten() {
        var known = KnownFiles()
        let old = signature(age: second)
        #expect({ known.took("a", old, digest: 7, now: now) }())
        #expect({ known.plan(for: listing([:]), writing: [], now: now) }().read.isEmpty)
        #expect({ known.plan(for: listing(["a": old]), writing: [], now: now) }().read == ["a"])
        #expect({ known.took("a", old, digest: 7, now: now) }(), "a file that came back is new")
    }

    @Test func forgettingMakesTheNextLookRead() {
        var known = KnownFiles()
        let old = signature(age: second)
        #expect({ known.took("a", old, digest: 7, now: now) }())
        known.forget("a")
        #expect({ known.plan(for: listing(["a": old]), writing: [], now: now) }().read == ["a"])
    }

    @Test func extremeTimesDoNotTrap() {
        for extreme in [Int64.min, Int64.max] {
            var known = KnownFiles()
            var strange = signature(age: 0)
            strange.modified = extreme
            strange.changed = extreme
            for now in [Int64.min, 0, Int64.max] {
                _ = known.plan(for: listing(["a": strange]), writing: ["a"], now: now)
                #expect({ known.took("a", strange, digest: now.hashValue, now: now) }())
            }
        }
    }
}
