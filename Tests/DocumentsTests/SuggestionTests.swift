import Testing

@testable import Documents

/// The word that somebody may have meant.
@Suite struct SuggestionTests {
    static let fields = [
        "name", "replicas", "min_replicas", "max_replicas", "gpu", "gpuCount", "image", "ports", "env",
    ]

    @Test(arguments: [
        ("replica", "replicas"), ("replcias", "replicas"), ("Replicas", "replicas"), ("minReplicas", "min_replicas"),
        ("min-replicas", "min_replicas"), ("maxreplica", "max_replicas"), ("nmae", "name"), ("nam", "name"),
        ("gpus", "gpu"), ("gpu_count", "gpuCount"), ("imgae", "image"), ("port", "ports"), ("evn", "env"),
        ("en", "env"),
    ])
    func near(_ word: String, _ meant: String) {
        #expect(Suggestion.nearest(to: word, among: Self.fields) == meant)
    }

    @Test(arguments: ["", "x", "zone", "kubernetes", "_", "completelyOther", String(repeating: "name", count: 20)])
    func nothingNear(_ word: String) {
        #expect(Suggestion.nearest(to: word, among: Self.fields) == nil)
    }

    @Test func theFirstOfEquallyNearWordsWins() {
        #expect(Suggestion.nearest(to: "bat", among: ["cat", "hat"]) == "cat")
        #expect(Suggestion.nearest(to: "bat", among: ["hat", "cat"]) == "hat")
        #expect(Suggestion.nearest(to: "bath", among: ["cat", "bathe"]) == "bathe")
    }

    @Test func theWordItselfIsNoSuggestion() {
        #expect(Suggestion.nearest(to: "name", among: ["name"]) == nil)
        #expect(Suggestion.nearest(to: "name", among: [String]()) == nil)
    }

    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("", "ab", 2), ("ab", "ba", 1), ("abc", "acb", 1), ("abcd", "badc", 2),
        ("ca", "abc", 3),
        ("kitten", "sitting", 3), ("same", "same", 0), ("abc", "xyz", 3), ("abc", "ab", 1),
    ])
    func distances(_ left: String, _ right: String, _ steps: Int) {
        #expect(Suggestion.distance(Array(left.utf8), Array(right.utf8)) == steps)
        #expect(Suggestion.distance(Array(right.utf8), Array(left.utf8)) == steps)
    }

    /// A distance of 0 means equal, both ways cost the same, and one edit costs one.
    @Test func distanceBehavesForAllShortWords() {
        var words: [[UInt8]] = [[]]
        for _ in 0..<3 { words += words.flatMap { word in [1, 2].map { word + [$0] } } }
        let all = Array(Set(words))
        for left in all {
            for right in all {
                let steps = Suggestion.distance(left, right)
                #expect((steps == 0) == (left == right))
                #expect(steps == Suggestion.distance(right, left))
                #expect(steps >= abs(left.count - right.count) && steps <= max(left.count, right.count))
            }
        }
    }
}
