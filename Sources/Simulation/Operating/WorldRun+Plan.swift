package import Reconciling

extension WorldRun {
    /// What makes a run, beside its seed.
    package struct Plan: Sendable {
        /// Which face FlexAI has.
        package var variant: WorldVariant
        /// How long things happen.
        package var history = Duration.seconds(600)
        /// How long nothing happens afterwards; longer than every wait of the policy and every job's timeout.
        package var tail = Duration.seconds(1200)
        /// How much of the tail's end must pass without a change.
        package var stillness = Duration.seconds(150)
        /// The operator's times.
        package var policy: ReconcilePolicy
        /// Whether processes are killed.
        package var mortality = Mortality.mortal
        /// Whether anything goes wrong.
        package var faults = Faults.all
        /// What is broken on purpose, to see that the judge sees it.
        package var sabotage = Sabotage.none
        /// What the end is compared with.
        package var comparison = Comparison.withoutFaults
        /// Whether every effect is kept, for people.
        package var isTraced = true
        /// The lines of the history that are played, by their places; nil for all.
        package var kept: [Int]?

        /// A scene that is set by hand; nil where the seed draws the history.
        package var stage: WorldStage?
        /// Where processes are cut off, one after the other, whether they are mortal or not.
        package var crashes: [CrashPoint] = []

        /// Whether processes are killed.
        package enum Mortality: Sendable {
            /// They are.
            case mortal
            /// They are not.
            case immortal
        }

        /// Whether anything goes wrong.
        package enum Faults: Sendable {
            /// Whatever the seed draws.
            case all
            /// Nothing: people's wishes alone.
            case none
        }

        /// What the end is compared with.
        package enum Comparison: Sendable {
            /// The same wishes without faults.
            case withoutFaults
            /// Nothing.
            case nothing
        }

        /// What is broken on purpose.
        package enum Sabotage: Sendable, CaseIterable {
            /// Nothing is.
            case none
            /// The disk takes rows of new attempts and does not keep them.
            case disk
            /// The wire sends every paid call twice.
            case wire
            /// The disk forgets every allocation that is to end.
            case oblivion
        }

        /// A history of ten minutes with shortened waits.
        package init(_ variant: WorldVariant) {
            self.variant = variant
            policy = ReconcilePolicy()
            policy.tombstoneLooks = [.seconds(60), .seconds(180)]
            policy.provisioningTimeout = .seconds(120)
            guard variant == .lives else { return }
            policy.budgetMargin = .seconds(120)
            policy.windowGrace = .seconds(60)
            policy.scaling.up = .seconds(15)
            policy.scaling.down = .seconds(45)
        }
    }
}

extension WorldRun.Plan.Sabotage {
    /// What the disk really keeps of a change.
    var keep: @Sendable (LedgerChange) -> LedgerChange? {
        switch self {
        case .none, .wire: { $0 }
        case .disk: { if case .put(let row) = $0, row.phase == .open { nil } else { $0 } }
        case .oblivion: { if case .put(let row) = $0, row.phase == .ending { .forget(row.attempt) } else { $0 } }
        }
    }
}
