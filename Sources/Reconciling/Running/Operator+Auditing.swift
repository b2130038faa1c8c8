import Placement

extension Operator {
    /// How often platforms are listed although nobody needs it.
    private static let auditing = Duration.seconds(3600)
    /// How soon again where that could not be done.
    private static let auditingAgain = Duration.seconds(60)

    /// Compares what platforms list with what the ledger knows, at the start and then every hour: a ledger may have been put
    /// back from an older copy, and what no row knows is billed all the same.
    func audit() async {
        await withDiscardingTaskGroup { group in
            for platform in parts.platforms.map(\.name).sorted() {
                guard let lookout = lookouts[platform] else { continue }
                group.addTask {
                    while !Task.isCancelled {
                        let pause = await lookout.audit() ? Self.auditing : Self.auditingAgain
                        let next = self.parts.time.uptime + pause
                        guard (try? await self.parts.time.sleep(until: next)) != nil else { return }
                    }
                }
            }
        }
    }
}
