/// Where a platform's allocations are bought: at which address, and on whose bill.
package struct PlatformAccount: Hashable, Sendable {
    /// The base URL of the platform, or a fixed word where that changes with every start.
    package var address: String
    /// Who pays: an organization, or the user of a token; nil where nobody says.
    package var holder: String?

    /// An account from its parts.
    package init(address: String, holder: String? = nil) {
        self.address = address
        self.holder = holder
    }

    /// Whether nothing that both say differs.
    package func mayBe(_ other: Self) -> Bool {
        address == other.address && (holder == nil || other.holder == nil || holder == other.holder)
    }

    /// The account in words, for people.
    package var words: String { holder.map { "\($0) at \(address)" } ?? address }
}
