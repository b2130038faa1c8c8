import Intents
import Placement
import Reconciling

/// Asks the platforms for commands that only look.
struct PlatformSession {
    let settings: Settings
    let time: SystemTimekeeper

    /// The operator's name where none matters: nothing is bought.
    private static let nobody = "asking"

    /// What the platforms list and no row of the ledger owns.
    func orphans(besides snapshot: LedgerSnapshot) async throws(CommandError) -> [Orphan] {
        let operatorID = snapshot.operatorID.isEmpty ? Self.nobody : snapshot.operatorID
        return try await asking(operatorID: operatorID) { platforms throws(CommandError) in
            var orphans: [Orphan] = []
            for platform in platforms {
                let owned = Set(
                    snapshot.records.filter { $0.purchase.platform == platform.name }.compactMap(\.id)
                )
                do throws(PlatformError) {
                    guard let all = try await platform.list() else { continue }
                    orphans += all.filter { !owned.contains($0.id) }.map {
                        let isOwn = $0.reference.map(platform.isOwn) ?? false
                        return Orphan(platform: platform.name, observation: $0, isOwn: isOwn)
                    }
                } catch {
                    throw CommandError("\(platform.name.rawValue): \(error.message)")
                }
            }
            return orphans
        }
    }

    /// What is on sale now, completed from the catalogue and the configuration.
    func market() async throws(CommandError) -> Market {
        try await asking(operatorID: Self.nobody) { platforms throws(CommandError) in
            var offers: [Offer] = []
            for platform in platforms {
                do throws(PlatformError) {
                    offers += try await platform.offers()
                } catch {
                    throw CommandError("\(platform.name.rawValue): \(error.message)")
                }
            }
            return Market(offers: offers, policy: PlacementPolicy(settings))
        }
    }

    /// Lends the platforms to `body` and shuts their clients down afterwards.
    private func asking<Value: Sendable>(
        operatorID: String,
        _ body: ([any Platform]) async throws(CommandError) -> Value
    ) async throws(CommandError) -> Value {
        let assembly: PlatformAssembly
        do throws(SettingsError) {
            assembly = try PlatformAssembly(settings, operatorID: operatorID, time: time)
        } catch {
            throw CommandError(error.problems.joined(separator: "; "))
        }
        defer { assembly.shutdown() }
        guard !assembly.platforms.isEmpty else {
            throw CommandError("no platform is named: set FLEXAI_API_URL or FLARE_API_URL")
        }
        return try await body(assembly.platforms)
    }
}
