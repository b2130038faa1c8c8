import Glibc

/// An error number of the operating system.
struct SystemError: Error, Hashable, Sendable {
    /// The value of `errno`.
    let number: Int32

    /// An error by its number; the calling thread's present one where none is given.
    init(_ number: Int32 = errno) { self.number = number }

    /// The system's words for it.
    var words: String {
        guard let text = unsafe strerror(number) else { return "error \(number)" }
        return unsafe String(cString: text)
    }
}
