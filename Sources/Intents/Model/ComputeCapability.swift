/// A CUDA compute capability, compared as numbers: 8.9 is less than 9.0.
package struct ComputeCapability: Hashable, Comparable, Sendable {
    /// The number before the point.
    package var major: Int
    /// The number after the point.
    package var minor: Int

    /// A capability from its two numbers.
    package init(major: Int, minor: Int) {
        self.major = major
        self.minor = minor
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}
