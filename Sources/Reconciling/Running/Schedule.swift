/// Which key is to be reconciled when, and how urgently: time and duplicates, nothing else.
///
/// A key stands here at most once; the earlier time and the greater urgency win. A key that is being reconciled and is
/// added again is due again when it is done.
package struct Schedule: Sendable {
    /// How urgent a key is, most urgent first.
    package enum Priority: Int, Comparable, Hashable, Sendable, CaseIterable {
        /// A person changed or asked something.
        case change
        /// Something failed, or is on its way.
        case retry
        /// A look now and then.
        case poll

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    private struct Entry {
        var ready: Priority?
        var due: (at: Duration, priority: Priority)?
        var isRunning = false
        /// Distinguishes this delay from older ones of the key that are still in the heap.
        var ticket = 0
    }

    private struct Delay {
        let at: Duration
        let ticket: Int
        let key: IntentKey
    }

    private var entries: [IntentKey: Entry] = [:]
    private var ready: [Queue] = Priority.allCases.map { _ in Queue() }
    private var heap: [Delay] = []
    private var tickets = 0
    /// By when what is interrupted should have been looked at.
    private var promises: [IntentKey: Duration] = [:]
    private var urgent = UrgentKeys()

    /// A schedule on which nothing stands.
    package init() {}

    /// Puts a key on the schedule for now.
    package mutating func add(_ key: IntentKey, priority: Priority) {
        var entry = entries[key] ?? Entry()
        entry.due = nil
        if let standing = entry.ready, standing <= priority {
            entries[key] = entry
            return
        }
        entry.ready = priority
        entries[key] = entry
        if !entry.isRunning { push(key, priority) }
    }

    /// Notes by when a key should have been looked at; nil takes the promise back.
    package mutating func promise(_ key: IntentKey, before moment: Duration?) {
        guard promises[key] != moment else { return }
        promises[key] = moment
        if let moment, let entry = entries[key], let priority = entry.ready, priority != .change, !entry.isRunning {
            urgent.push(key, before: moment)
        }
    }

    /// Makes a key ready; one that was promised something also stands among those, most urgent first.
    private mutating func push(_ key: IntentKey, _ priority: Priority) {
        ready[priority.rawValue].push(key)
        if priority != .change, let moment = promises[key] { urgent.push(key, before: moment) }
    }

    /// Puts a key on the schedule for later, unless it stands there earlier.
    package mutating func add(_ key: IntentKey, at moment: Duration, priority: Priority) {
        var entry = entries[key] ?? Entry()
        guard entry.ready == nil else { return }
        if let due = entry.due, due.at <= moment { return }
        tickets += 1
        entry.due = (moment, priority)
        entry.ticket = tickets
        entries[key] = entry
        push(Delay(at: moment, ticket: tickets, key: key))
    }

    /// Takes a key off the schedule; one that is being reconciled stays until it is done.
    package mutating func remove(_ key: IntentKey) {
        guard var entry = entries[key] else { return }
        entry.ready = nil
        entry.due = nil
        entries[key] = entry.isRunning ? entry : nil
    }

    /// The next key that is due, most urgent first; it counts as running until `done`.
    package mutating func next(at moment: Duration) -> IntentKey? {
        promote(at: moment)
        for priority in Priority.allCases {
            if priority == .retry, let key = nextUrgent() { return key }
            while let key = ready[priority.rawValue].pop() {
                guard var entry = entries[key], entry.ready == priority, !entry.isRunning else { continue }
                entry.ready = nil
                entry.isRunning = true
                entries[key] = entry
                return key
            }
        }
        return nil
    }

    /// The key that is due and closest to breaking what was promised of it.
    private mutating func nextUrgent() -> IntentKey? {
        while let (key, moment) = urgent.pop() {
            // What was handed out another way, or is promised something else by now, stands here in vain.
            guard promises[key] == moment, var entry = entries[key], entry.ready != nil, !entry.isRunning else {
                continue
            }
            entry.ready = nil
            entry.isRunning = true
            entries[key] = entry
            return key
        }
        return nil
    }

    /// Notes that a key's reconcile has ended.
    package mutating func done(_ key: IntentKey) {
        guard var entry = entries[key] else { return }
        entry.isRunning = false
        if let priority = entry.ready { push(key, priority) }
        entries[key] = entry.ready == nil && entry.due == nil ? nil : entry
    }

    /// When the next delayed key is due; nil where none is delayed.
    package mutating func nextDue() -> Duration? {
        while let first = heap.first {
            if let entry = entries[first.key], entry.ticket == first.ticket, entry.due != nil { return first.at }
            pop()
        }
        return nil
    }

    /// Whether something is due now or being reconciled.
    package var isBusy: Bool { entries.values.contains { $0.ready != nil || $0.isRunning } }

    /// How many keys stand here.
    package var count: Int { entries.count }

    /// Makes ready what is due.
    package mutating func promote(at moment: Duration) {
        while let due = nextDue(), due <= moment, let first = heap.first {
            pop()
            guard var entry = entries[first.key], let delay = entry.due else { continue }
            entry.due = nil
            entry.ready = delay.priority
            entries[first.key] = entry
            if !entry.isRunning { push(first.key, delay.priority) }
        }
    }

    private func isEarlier(_ left: Delay, _ right: Delay) -> Bool { (left.at, left.ticket) < (right.at, right.ticket) }

    private mutating func push(_ delay: Delay) {
        heap.append(delay)
        var index = heap.count - 1
        while index > 0, isEarlier(heap[index], heap[(index - 1) / 2]) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private mutating func pop() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count && isEarlier(heap[child], heap[least])
            {
                least = child
            }
            guard least != index else { return }
            heap.swapAt(index, least)
            index = least
        }
    }

    /// First in, first out, without moving what stands in it.
    private struct Queue {
        private var keys: [IntentKey] = []
        private var head = 0

        mutating func push(_ key: IntentKey) { keys.append(key) }

        mutating func pop() -> IntentKey? {
            guard head < keys.count else { return nil }
            defer {
                head += 1
                if head > 1024, head * 2 > keys.count {
                    keys.removeFirst(head)
                    head = 0
                }
            }
            return keys[head]
        }
    }
}
