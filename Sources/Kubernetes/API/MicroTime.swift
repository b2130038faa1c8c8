package import Intents

extension Timestamp {
    /// The moment with six digits behind the second, which Lease and Event insist on.
    package var microText: String {
        let seconds = Timestamp(milliseconds: milliseconds - remainder)
        let digits = String(1000 + remainder).dropFirst()
        return "\(seconds.text.dropLast()).\(digits)000Z"
    }

    /// Milliseconds behind the whole second, also before 1970.
    private var remainder: Int64 { ((milliseconds % 1000) + 1000) % 1000 }
}
