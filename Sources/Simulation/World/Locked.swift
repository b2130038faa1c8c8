#if TSAN
import Glibc
#else
import Synchronization
#endif

#if TSAN
/// A value that one thread at a time touches, behind a pthread mutex, which ThreadSanitizer understands.
///
/// The mutex guards every access, hence `@unchecked Sendable`.
@safe
struct Locked<Value>: ~Copyable, @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let content: UnsafeMutablePointer<Value>

    /// Guards a value.
    init(_ value: consuming sending Value) {
        unsafe mutex = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(mutex, nil)
        unsafe content = .allocate(capacity: 1)
        unsafe content.initialize(to: value)
    }

    deinit {
        unsafe content.deinitialize(count: 1)
        unsafe content.deallocate()
        unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// Works on the value alone.
    borrowing func withLock<Result>(_ body: (inout sending Value) -> sending Result) -> sending Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return unsafe body(&content.pointee)
    }
}
#else
/// A value that one thread at a time touches.
struct Locked<Value>: ~Copyable, Sendable {
    private let mutex: Mutex<Value>

    /// Guards a value.
    init(_ value: consuming sending Value) { mutex = Mutex(value) }

    /// Works on the value alone.
    borrowing func withLock<Result>(_ body: (inout sending Value) -> sending Result) -> sending Result {
        mutex.withLock(body)
    }
}
#endif
