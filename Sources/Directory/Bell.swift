import Glibc

/// Wakes a thread that waits in `poll`, from anywhere.
final class Bell: Sendable {
    /// What becomes readable when it rings.
    let descriptor: Int32
    private let rope: Int32

    /// A silent bell; throws where the system gives no more descriptors.
    init() throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw SystemError() }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        descriptor = ends[0]
        rope = ends[1]
    }

    deinit {
        close(descriptor)
        close(rope)
    }

    /// Rings; ringing more often before it is heard makes no difference.
    func ring() {
        var byte: UInt8 = 1
        _ = unsafe write(rope, &byte, 1)
    }

    /// Makes it silent again.
    func hush() {
        var byte: UInt8 = 0
        while unsafe read(descriptor, &byte, 1) == 1 {}
    }
}
