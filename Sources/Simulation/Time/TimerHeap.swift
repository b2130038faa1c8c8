/// Sleepers of virtual time, soonest first; those of one instant in the order in which they lay down.
struct TimerHeap {
    /// A sleeper.
    struct Timer {
        let deadline: VirtualClock.Instant
        let id: UInt64

        /// Whether this one wakes first.
        func precedes(_ other: Timer) -> Bool { (deadline, id) < (other.deadline, other.id) }
    }

    private var heap: [Timer] = []

    /// The first to wake; nil where nobody sleeps.
    var first: Timer? { heap.first }

    /// Adds a sleeper.
    mutating func insert(_ timer: Timer) {
        heap.append(timer)
        var child = heap.count - 1
        while child > 0, case let parent = (child - 1) / 2, heap[child].precedes(heap[parent]) {
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the first to wake; nil where nobody sleeps.
    mutating func removeFirst() -> Timer? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while case var child = 2 * parent + 1, child < heap.count {
            if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
            guard heap[child].precedes(heap[parent]) else { break }
            heap.swapAt(child, parent)
            parent = child
        }
        return first
    }

    /// Forgets everybody.
    mutating func removeAll() { heap.removeAll() }
}
