/// The name of an API that sells compute.
package struct PlatformName: RawRepresentable, Hashable, Comparable, Sendable {
    /// The name as configuration, status and `constraints.providers` write it.
    package let rawValue: String

    /// A platform by its name.
    package init(rawValue: String) { self.rawValue = rawValue }

    /// FlexAI, which sells instances: one for each slot.
    package static let flexai = PlatformName(rawValue: "flexai")
    /// FLARE, which sells allocations: one carries a whole intent.
    package static let flare = PlatformName(rawValue: "flare")

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
