import Intents

/// What is going to happen to allocations by itself, soonest first; things due at one moment keep their order.
struct Agenda: Sendable {
    /// What is due.
    enum Event: Sendable {
        /// It has finished booting.
        case booted
        /// It has come to rest after a stop.
        case stopped
        /// Its work is over, well or not.
        case workEnded(SimulatedPhase)
        /// Its deletion is done.
        case gone
    }

    /// An event with its time and its allocation.
    struct Entry: Sendable {
        let at: Timestamp
        let order: Int
        let serial: Int
        let event: Event

        /// Whether this comes first.
        func precedes(_ other: Entry) -> Bool { (at, order) < (other.at, other.order) }
    }

    /// A binary heap: each entry precedes those at twice its place plus one and plus two.
    private var heap: [Entry] = []
    private var lastOrder = 0

    /// When the next thing is due; nil where nothing is.
    var next: Timestamp? { heap.first?.at }

    /// Notes an event.
    mutating func add(_ event: Event, of serial: Int, at moment: Timestamp) {
        lastOrder += 1
        heap.append(Entry(at: moment, order: lastOrder, serial: serial, event: event))
        var child = heap.count - 1
        while child > 0, case let parent = (child - 1) / 2, heap[child].precedes(heap[parent]) {
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the first thing that is due at `now`; nil where nothing is.
    mutating func takeDue(_ now: Timestamp) -> Entry? {
        guard let first = heap.first, first.at <= now else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { return first }
            if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
            guard heap[child].precedes(heap[parent]) else { return first }
            heap.swapAt(child, parent)
            parent = child
        }
    }
}
