/// An amount with a Kubernetes-style suffix: "32Gi" of memory, "4.5" cores, a clock of "1.5G".
package struct Quantity: Hashable, Comparable, Sendable {
    /// Thousandths of the unit: of a byte, a core or a hertz.
    package var thousandths: Int64

    /// An amount counted in thousandths of its unit.
    package init(thousandths: Int64) { self.thousandths = thousandths }

    /// A whole number of gibibytes.
    package static func gibibytes(_ count: Int64) -> Self { Quantity(thousandths: count * 1_073_741_824_000) }

    /// A whole number of units.
    package static func units(_ count: Int64) -> Self { Quantity(thousandths: count * 1000) }

    package static func < (left: Self, right: Self) -> Bool { left.thousandths < right.thousandths }
}
