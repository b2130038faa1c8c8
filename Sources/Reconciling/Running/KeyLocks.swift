import Intents

/// Lets one task at a time work on a key, whoever it is: a reconcile, or a person's request.
final class KeyLocks: Sendable {
    private let waiting = Locked<[IntentKey: [CheckedContinuation<Void, Never>]]>([:])

    /// Runs `body` while nobody else works on the key.
    func holding<Value: Sendable>(_ key: IntentKey, _ body: () async -> Value) async -> Value {
        await withCheckedContinuation { turn in
            let mine = waiting.withLock { waiting in
                guard waiting[key] != nil else {
                    waiting[key] = []
                    return true
                }
                waiting[key]?.append(turn)
                return false
            }
            if mine { turn.resume() }
        }
        let value = await body()
        let next: CheckedContinuation<Void, Never>? = waiting.withLock { waiting in
            guard var queue = waiting[key], !queue.isEmpty else {
                waiting[key] = nil
                return nil
            }
            let next = queue.removeFirst()
            waiting[key] = queue
            return next
        }
        next?.resume()
        return value
    }
}
