import Testing

@testable import Directory

/// Which listings look like an unmounted volume.
@Suite struct LastGoodLookTests {
    private let file = FileSignature(size: 1, modified: 0, changed: 0, inode: 9, device: 1)

    private func listing(
        _ files: [String],
        _ directories: [String: (UInt64, UInt64)],
        empty: Set<String> = []
    ) -> Listing {
        var listing = Listing()
        for name in files { listing.files[name] = file }
        listing.directories = directories.mapValues { DirectoryIdentity(device: $0.0, inode: $0.1) }
        listing.emptyRoots = empty
        return listing
    }

    /// A case: what is found where `in` (device 1, inode 2) held a file.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var device: UInt64
        var inode: UInt64
        var isEmpty: Bool
        var isDoubted: Bool
    }

    @Test(arguments: [
        Case(testDescription: "the same, full", device: 1, inode: 2, isEmpty: false, isDoubted: false),
        Case(testDescription: "the same, emptied by a person", device: 1, inode: 2, isEmpty: true, isDoubted: false),
        Case(testDescription: "another file system, empty", device: 5, inode: 2, isEmpty: true, isDoubted: true),
        Case(testDescription: "another directory, empty", device: 1, inode: 3, isEmpty: true, isDoubted: true),
        Case(testDescription: "another file system, full", device: 5, inode: 2, isEmpty: false, isDoubted: false),
        Case(testDescription: "another directory, full", device: 1, inode: 3, isEmpty: false, isDoubted: false),
    ])
    func judges(_ one: Case) {
        let found = listing(
            one.isEmpty ? [] : ["in/b.yaml"],
            ["in": (one.device, one.inode)],
            empty: one.isEmpty ? ["in"] : []
        )
        var seen = LastGoodLook(lastKnown: [:])
        seen.remember(listing(["in/a.yaml"], ["in": (1, 2)]), roots: ["in"])
        #expect((seen.doubt(found) != nil) == one.isDoubted)
        let told = LastGoodLook(lastKnown: ["in": DirectoryIdentity(device: 1, inode: 2)])
        #expect((told.doubt(found) != nil) == one.isDoubted, "what an earlier process told counts alike")
        #expect(LastGoodLook(lastKnown: [:]).doubt(found) == nil, "where nothing is known, nothing is doubted")
    }

    @Test func aDirectoryThatWasEmptyMayBeReplacedByAnEmptyOne() {
        var seen = LastGoodLook(lastKnown: [:])
        seen.remember(listing([], ["in": (1, 2)], empty: ["in"]), roots: ["in"])
        #expect(seen.doubt(listing([], ["in": (1, 3)], empty: ["in"])) == nil)
    }

    @Test func aVolumeBelowIsMissedWhenItsMountPointIsEmpty() {
        var seen = LastGoodLook(lastKnown: [:])
        seen.remember(listing(["in/a.yaml", "in/v/b.yaml"], ["in": (1, 2), "in/v": (7, 2)]), roots: ["in"])
        #expect(seen.doubt(listing(["in/a.yaml"], ["in": (1, 2), "in/v": (1, 8)])) != nil)
        #expect(seen.doubt(listing(["in/a.yaml", "in/v/c.yaml"], ["in": (1, 2), "in/v": (1, 8)])) == nil)
        #expect(seen.doubt(listing(["in/a.yaml"], ["in": (1, 2), "in/v": (7, 9)])) == nil, "replaced, not unmounted")
        #expect(seen.doubt(listing(["in/a.yaml"], ["in": (1, 2)])) == nil, "removed, not unmounted")
    }

    @Test func onlyTheGivenDirectoriesAreTold() {
        var seen = LastGoodLook(lastKnown: [:])
        seen.remember(listing(["in/v/b.yaml"], ["in": (1, 2), "in/v": (7, 2)]), roots: ["in", "a.yaml"])
        #expect(seen.roots == ["in": DirectoryIdentity(device: 1, inode: 2)])
    }
}
