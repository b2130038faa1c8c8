import Intents
import Placement
import Reconciling

extension PlanRow {
    /// What a decision would do, a row for each step.
    static func rows(of key: IntentKey, _ decision: Decision, _ records: [AllocationRecord]) -> [PlanRow] {
        var hourly = records.reduce(Money.zero) { $1.phase == .tombstone ? $0 : $0 + $1.purchase.hourly }
        let rows = decision.steps.map { step in
            let row = row(of: key, step, decision, records, hourly)
            hourly = row.hourlyAfter
            return row
        }
        guard rows.isEmpty else { return rows }
        guard !decision.isOver else { return [] }
        let stalled = decision.status.conditions.first { $0.type == "Stalled" && $0.status == .yes }
        let why = (stalled ?? decision.status.conditions.first { $0.type == "Ready" })?.message ?? ""
        let nothing = PlanRow(
            key: key,
            verb: .nothing,
            slot: nil,
            platform: decision.status.placement?.platform,
            what: decision.status.phase.rawValue,
            hourlyBefore: hourly,
            hourlyAfter: hourly,
            why: why
        )
        return [nothing]
    }

    private static func row(
        of key: IntentKey,
        _ step: Step,
        _ decision: Decision,
        _ records: [AllocationRecord],
        _ hourly: Money
    ) -> PlanRow {
        switch step {
        case .provision(let slot, let candidate, let replaced):
            let offer = candidate.offer
            let place = [offer.provider, offer.location].compactMap(\.self).joined(separator: " ")
            return PlanRow(
                key: key,
                verb: replaced == nil ? .provision : .replace,
                slot: slot,
                platform: offer.platform,
                what: "\(offer.model) (\(offer.id.name))" + (place.isEmpty ? "" : " in \(place)"),
                hourlyBefore: hourly,
                hourlyAfter: hourly + candidate.hourlyPerAllocation - ended(replaced, records),
                why: candidate.because
            )
        case .repeatCreate(let attempt), .adopt(let attempt, _):
            var verb = Verb.provision
            if case .adopt = step { verb = .adopt }
            return known(
                key,
                verb,
                attempt,
                records,
                hourly,
                hourly,
                "settles a purchase whose outcome is unknown"
            )
        case .takeBack(let found, let slot, let purchase, _, let replaced):
            return PlanRow(
                key: key,
                verb: .adopt,
                slot: slot,
                platform: found.platform,
                what: found.observation.id.rawValue,
                hourlyBefore: hourly,
                hourlyAfter: hourly + purchase.hourly - ended(replaced, records),
                why: "bears the slot's name, and the ledger does not know it: it is taken back, and nothing is bought"
            )
        case .stop(let attempt):
            let reason = ending(of: attempt, decision)
            return known(
                key,
                reason == nil ? .stop : .delete,
                attempt,
                records,
                hourly,
                after(attempt, records, hourly),
                reason
            )
        case .delete(let attempt):
            let reason = ending(of: attempt, decision)
            return known(key, .delete, attempt, records, hourly, after(attempt, records, hourly), reason)
        }
    }

    /// What an hour costs of what is replaced.
    private static func ended(_ attempt: AttemptID?, _ records: [AllocationRecord]) -> Money {
        records.first { $0.attempt == attempt }?.purchase.hourly ?? .zero
    }

    private static func after(_ attempt: AttemptID, _ records: [AllocationRecord], _ hourly: Money) -> Money {
        hourly - (records.first { $0.attempt == attempt }?.purchase.hourly ?? .zero)
    }

    /// Why an allocation is to go; nil where it is to be kept.
    private static func ending(of attempt: AttemptID, _ decision: Decision) -> String? {
        for case .put(let record) in decision.changes where record.attempt == attempt {
            if let ending = record.ending { return record.note.isEmpty ? ending.reason.rawValue : record.note }
        }
        return nil
    }

    private static func known(
        _ key: IntentKey,
        _ verb: Verb,
        _ attempt: AttemptID,
        _ records: [AllocationRecord],
        _ before: Money,
        _ after: Money,
        _ why: String?
    ) -> PlanRow {
        let record = records.first { $0.attempt == attempt }
        return PlanRow(
            key: key,
            verb: verb,
            slot: record?.slot,
            platform: record?.purchase.platform,
            what: record?.id?.rawValue ?? attempt.short,
            hourlyBefore: before,
            hourlyAfter: after,
            why: why ?? record?.note ?? ""
        )
    }
}
