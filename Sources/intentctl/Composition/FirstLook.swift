import Reconciling

/// Takes one complete look at a source and lets it go.
enum FirstLook {
    /// Hands reports on until the first complete look; returns why there was none, nil where there was one.
    static func take(
        _ source: any IntentSource,
        _ hand: @escaping @Sendable (SourceReport) -> Void
    ) async -> String? {
        let end = EndSignal()
        let trouble = Locked<String?>(nil)
        let listen: @Sendable (SourceReport) async -> Void = { report in
            if case .unavailable(let reason) = report {
                trouble.withLock { $0 = reason }
                end.give()
            }
            hand(report)
            if case .look = report { end.give() }
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // It ends by being cancelled after the look, or for a reason that it has reported.
                _ = try? await source.run(reporting: listen)
                end.give()
            }
            await end.wait()
            group.cancelAll()
        }
        return trouble.withLock { $0 }
    }
}
