/// Finds the word that somebody may have meant.
package enum Suggestion {
    /// Words longer than this, in bytes, get no suggestion: the work grows with the product of the lengths.
    package static let longestWord = 64

    /// The known word nearest to `word`, or nil where none is near.
    ///
    /// Distance is Damerau's and Levenshtein's (a letter added, dropped, changed, or two neighbours swapped), without
    /// regard to capitals, `_` and `-`. Words up to 4 letters may be 1 away, up to 8 letters 2, longer ones 3, and never
    /// so much that no letter is left in common. Of equally near words the first one wins.
    package static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        let wanted = folded(word)
        guard !wanted.isEmpty, word.utf8.count <= longestWord else { return nil }
        let reach = wanted.count <= 4 ? 1 : wanted.count <= 8 ? 2 : 3
        var best: (word: String, distance: Int)?
        for candidate in known where candidate != word && candidate.utf8.count <= longestWord {
            let letters = folded(candidate)
            guard abs(letters.count - wanted.count) <= reach else { continue }
            let distance = distance(wanted, letters)
            guard distance <= reach, distance < max(wanted.count, letters.count) else { continue }
            if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
        }
        return best?.word
    }

    /// The letters that count, capitals lowered.
    private static func folded(_ word: String) -> [UInt8] {
        word.lowercased().utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
    }

    /// The steps from one word to the other, in three rows of the usual table; no letter is touched twice.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [Int](repeating: row + 1, count: right.count + 1)
            for column in right.indices {
                let change = left[row] == right[column] ? 0 : 1
                var least = min(last[column] + change, last[column + 1] + 1, current[column] + 1)
                let isSwap = row > 0 && column > 0 && left[row] == right[column - 1] && left[row - 1] == right[column]
                if isSwap { least = min(least, beforeLast[column - 1] + 1) }
                current[column + 1] = least
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
