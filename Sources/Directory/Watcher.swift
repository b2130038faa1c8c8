import Glibc

/// Watches directories with the system's `inotify` and owns its descriptor.
///
/// Events are hints: a look is the truth.
final class Watcher {
    private static let kinds = UInt32(
        IN_CREATE | IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE
            | IN_DELETE_SELF | IN_MOVE_SELF
    )
    private static let bufferSize = 64 * 1024

    private let descriptor: Int32
    /// What each watch is about; one directory may play several parts.
    private var places: [Int32: Set<WatchEvent.Place>] = [:]
    private var renewed: [Int32: Set<WatchEvent.Place>] = [:]

    /// A watcher of nothing; throws where the system gives no more.
    init() throws(SystemError) {
        descriptor = inotify_init1(O_CLOEXEC | O_NONBLOCK)
        if descriptor < 0 { throw SystemError() }
    }

    deinit { close(descriptor) }

    /// Starts to gather the watches of a new look.
    func beginLook() { renewed = [:] }

    /// Watches a directory from before it is read.
    func watch(_ path: String, as place: WatchEvent.Place) throws(SystemError) {
        let flags = Self.kinds | UInt32(IN_ONLYDIR) | UInt32(IN_MASK_ADD)
        let watch = unsafe inotify_add_watch(descriptor, path, flags)
        guard watch >= 0 else { throw SystemError() }
        renewed[watch, default: []].insert(place)
        places[watch, default: []].insert(place)
    }

    /// Ends the watches that the look did not renew.
    func endLook() {
        for watch in places.keys where renewed[watch] == nil { _ = inotify_rm_watch(descriptor, watch) }
        places = renewed
    }

    /// Waits until there is an event or the bell rings.
    func wait(for bell: Bell) { Self.wait(for: [descriptor, bell.descriptor]) }

    /// Waits until the bell rings, where nothing can be watched.
    static func waitOnly(for bell: Bell) { wait(for: [bell.descriptor]) }

    private static func wait(for descriptors: [Int32]) {
        var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        _ = unsafe poll(&polled, nfds_t(polled.count), -1)
    }

    /// Reads the events that are there, without waiting.
    func events() -> [WatchEvent] {
        var events: [WatchEvent] = []
        unsafe withUnsafeTemporaryAllocation(byteCount: Self.bufferSize, alignment: 8) { buffer in
            while true {
                let count = unsafe read(descriptor, buffer.baseAddress, Self.bufferSize)
                guard count > 0 else { return }
                unsafe take(UnsafeRawBufferPointer(rebasing: buffer[..<count]), into: &events)
            }
        }
        return events
    }

    private func take(_ bytes: UnsafeRawBufferPointer, into events: inout [WatchEvent]) {
        var start = 0
        let header = MemoryLayout<inotify_event>.size
        while start + header <= bytes.count {
            let watch = unsafe bytes.loadUnaligned(fromByteOffset: start, as: Int32.self)
            let mask = unsafe bytes.loadUnaligned(fromByteOffset: start + 4, as: UInt32.self)
            let length = unsafe Int(bytes.loadUnaligned(fromByteOffset: start + 12, as: UInt32.self))
            let text = unsafe bytes[(start + header)..<(start + header + length)].prefix { $0 != 0 }
            let name = length == 0 ? nil : unsafe String(validating: text, as: UTF8.self)
            let parts = places[watch]
            for part in parts ?? [] { events.append(WatchEvent(place: part, mask: mask, name: name)) }
            if parts == nil { events.append(WatchEvent(place: nil, mask: mask, name: name)) }
            if mask & UInt32(IN_IGNORED) != 0 { places[watch] = nil }
            start += header + length
        }
    }
}
