package import Reconciling

/// A part of a fleet: the keys whose hash falls to it.
package struct Shard: Hashable, Sendable, CustomStringConvertible {
    /// Which one, from 0.
    package let index: Int
    /// Of how many.
    package let count: Int

    /// The whole fleet.
    package static let whole = Shard()

    private init() { (index, count) = (0, 1) }

    /// Reads `i/n`, such as `0/3`; nil where it is none.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]), (1...1000).contains(count),
            (0..<count).contains(index)
        else { return nil }
        self.index = index
        self.count = count
    }

    /// Whether a key falls to it; the same on every machine (FNV-1a, 64 bits).
    package func holds(_ key: IntentKey) -> Bool {
        guard count > 1 else { return true }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key.rawValue.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        // The low bits of this hash follow the text's last bytes too closely.
        hash ^= hash >> 32
        return hash % UInt64(count) == UInt64(index)
    }

    /// The Lease's name: the operator's own, with the shard where there are several.
    package func leaseName(_ base: String) -> String { count == 1 ? base : "\(base)-\(index)-of-\(count)" }

    /// `i/n`.
    package var description: String { "\(index)/\(count)" }
}
