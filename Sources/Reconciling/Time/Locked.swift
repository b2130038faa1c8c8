#if TSAN
import Glibc

/// A value behind a lock that ThreadSanitizer can see through, which `Synchronization.Mutex` is not.
///
/// Sendable because every access to the value happens while the lock is held.
@safe
package struct Locked<Value>: ~Copyable, @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let value: UnsafeMutablePointer<Value>

    /// A lock around a first value.
    package init(_ initial: consuming sending Value) {
        unsafe lock = .allocate(capacity: 1)
        unsafe lock.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(lock, nil)
        unsafe value = .allocate(capacity: 1)
        unsafe value.initialize(to: initial)
    }

    deinit {
        unsafe pthread_mutex_destroy(lock)
        unsafe lock.deallocate()
        unsafe value.deinitialize(count: 1)
        unsafe value.deallocate()
    }

    /// Runs `body` with the value while nobody else can.
    package borrowing func withLock<Result, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        unsafe pthread_mutex_lock(lock)
        defer { unsafe pthread_mutex_unlock(lock) }
        return try unsafe body(&value.pointee)
    }
}
#else
import Synchronization

/// A value behind a lock; in builds for ThreadSanitizer another type of the same name stands here.
package struct Locked<Value>: ~Copyable, Sendable {
    private let mutex: Mutex<Value>

    /// A lock around a first value.
    package init(_ initial: consuming sending Value) { mutex = Mutex(initial) }

    /// Runs `body` with the value while nobody else can.
    package borrowing func withLock<Result, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        try mutex.withLock(body)
    }
}
#endif
