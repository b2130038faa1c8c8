/// Keys that are due, in the order in which what was promised of them would break: a heap.
struct UrgentKeys: Sendable {
    private var heap: [(key: IntentKey, before: Duration)] = []

    /// No keys.
    init() {}

    /// Adds a key; one that is added twice comes out twice.
    mutating func push(_ key: IntentKey, before moment: Duration) {
        heap.append((key, moment))
        var index = heap.count - 1
        while index > 0, isEarlier(index, (index - 1) / 2) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// Takes out the key whose promise breaks first; nil where there is none.
    mutating func pop() -> (key: IntentKey, before: Duration)? {
        guard let first = heap.first else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count && isEarlier(child, least) {
                least = child
            }
            guard least != index else { return first }
            heap.swapAt(index, least)
            index = least
        }
    }

    private func isEarlier(_ left: Int, _ right: Int) -> Bool {
        (heap[left].before, heap[left].key) < (heap[right].before, heap[right].key)
    }
}
