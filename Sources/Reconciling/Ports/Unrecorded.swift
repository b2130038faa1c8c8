package import Placement

/// An allocation that is this operator's while no row of the ledger knows it: it bears its name, or no name at all on an
/// account on which nobody else buys.
///
/// So it is with what was bought after the copy was made from which a ledger was put back, or what came to be after its
/// attempt had been written off.
package struct Unrecorded: Hashable, Sendable {
    /// Where it lives.
    package var platform: PlatformName
    /// The slot for which it was bought, and by which try; nil where it bears no name.
    package var reference: OwnReference?
    /// What the platform lists of it.
    package var observation: Observation

    /// An unrecorded allocation from its parts.
    package init(platform: PlatformName, reference: OwnReference?, observation: Observation) {
        self.platform = platform
        self.reference = reference
        self.observation = observation
    }
}
