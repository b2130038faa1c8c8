/// A key that stands twice in one mapping.
struct DuplicateKey {
    private let key: String
    private let first: Position
    private let second: Position

    /// Mappings up to this size are compared pair by pair, which is cheaper than hashing.
    private static let smallMapping = 12

    /// The first repeated key of a mapping, or nil where all differ.
    ///
    /// Keys are compared as Swift compares text, as `Node`'s subscript does: by canonical equivalence.
    init?(in members: [Node.Member]) {
        guard let (first, second) = Self.pair(in: members) else { return nil }
        key = members[second].key
        self.first = members[first].keyPosition
        self.second = members[second].keyPosition
    }

    /// The complaint, at the second place.
    func diagnostic(file: String) -> Diagnostic {
        let message = "the key \"\(key.shown)\" already stands on line \(first.line); each key may stand once"
        return Diagnostic(file: file, position: second, message: message)
    }

    private static func pair(in members: [Node.Member]) -> (Int, Int)? {
        guard members.count > 1 else { return nil }
        if members.count <= smallMapping {
            for second in 1..<members.count {
                for first in 0..<second where members[first].key == members[second].key { return (first, second) }
            }
            return nil
        }
        var places: [String: Int] = [:]
        places.reserveCapacity(members.count)
        for (index, member) in members.enumerated() {
            if let first = places.updateValue(index, forKey: member.key) { return (first, index) }
        }
        return nil
    }
}
