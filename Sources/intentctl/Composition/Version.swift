/// The version of this program, as the changelog numbers it.
enum Version {
    /// The number alone.
    static let text = "0.1.0"
}
