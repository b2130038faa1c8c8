/// What tasks ask of the thread that owns the transfers; calls are named by their numbers.
enum CurlOrder: Sendable {
    case start(CurlCall)
    case cancel(UInt64)
    case resume(UInt64)
    case stop
}

/// Orders on their way to the thread that owns the transfers, which is woken when the first one lies there.
final class CurlMailbox: Sendable {
    /// What is guarded: the orders and the numbers.
    private struct State {
        var orders: [CurlOrder] = []
        var isOpen = true
        var lastNumber: UInt64 = 0
    }

    private let state = Locked(State())
    private let multi: CurlMulti

    init(multi: CurlMulti) { self.multi = multi }

    /// Whether nothing lies there.
    var isEmpty: Bool { state.withLock { $0.orders.isEmpty } }

    /// A number for a call, never given twice.
    func number() -> UInt64 {
        state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
    }

    /// Leaves an order; false when nobody will take it any more.
    @discardableResult
    func post(_ order: CurlOrder) -> Bool {
        let (accepted, wakes) = state.withLock { state in
            guard state.isOpen else { return (false, false) }
            state.orders.append(order)
            return (true, state.orders.count == 1)
        }
        if wakes { multi.wake() }
        return accepted
    }

    /// Takes all orders.
    func take() -> [CurlOrder] {
        state.withLock { state in
            defer { state.orders = [] }
            return state.orders
        }
    }

    /// Takes all orders and refuses later ones.
    func close() -> [CurlOrder] {
        state.withLock { state in
            state.isOpen = false
            defer { state.orders = [] }
            return state.orders
        }
    }
}
