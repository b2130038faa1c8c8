import Testing

/// A condition that did not come true in time, with what was seen last.
struct TooLate: Error, CustomStringConvertible {
    let description: String
}

/// Waits until a condition holds: the only place in which these tests let time pass.
///
/// - Parameters:
///   - what: what is waited for, as the end of "waited in vain until …".
///   - limit: how long at most; generous, since a busy machine is slow and a good run never needs it.
///   - seen: what to show where it never held.
///   - holds: the condition.
/// - Throws: ``TooLate``, or whatever the condition throws.
func until(
    _ what: String,
    within limit: Duration = .seconds(60),
    seen: () -> String = { "" },
    _ holds: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + limit
    while try await !holds() {
        guard clock.now < end else {
            throw TooLate(description: "waited \(limit) in vain until \(what)\n\(seen())")
        }
        try await clock.sleep(until: clock.now + .milliseconds(20))
    }
}
