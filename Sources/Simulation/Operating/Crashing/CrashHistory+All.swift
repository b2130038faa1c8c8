import Intents
import Reconciling

extension CrashHistory {
    /// Every history, the simple ones first.
    package static let all =
        growing + shrinking + changing + losing + failing + listingLittle + misrouting + many + keeping + configuring
        + releasing
        + puttingBack

    /// A moment at which everything before has come to rest.
    private static let later = Duration.seconds(50)
    /// A moment after that.
    private static let last = Duration.seconds(80)

    private static let growing = [
        CrashHistory("first-purchase") { [(.zero, $0.wish(1))] },
        CrashHistory("two-slots") { [(.zero, $0.wish(2))] },
        CrashHistory("scale-up") { [(.zero, $0.wish(1)), (later, $0.wish(2))] },
    ]

    private static let shrinking = [
        CrashHistory("scale-down") { [(.zero, $0.wish(2)), (later, $0.wish(1))] },
        CrashHistory("deletion") { [(.zero, $0.wish(1)), (later, $0.nothing)] },
        CrashHistory("deletion-while-creating") { face in
            [
                (.zero, face.befall(.late, .create)), (.zero, face.wish(1)),
                (.seconds(4), face.nothing),
            ]
        },
        CrashHistory("cap-lowered") { face in
            [(.zero, face.wish(2)), (later, face.wish(2) { $0.capPercent = 60 })]
        },
    ]

    private static let changing = [
        CrashHistory("replacement") { face in [(.zero, face.wish(1)), (later, face.wish(1) { $0.image = 1 })] },
        CrashHistory("replacement-under-a-cap") { face in
            [
                (.zero, face.wish(1) { $0.capPercent = 100 }),
                (
                    later,
                    face.wish(1) {
                        $0.capPercent = 100
                        $0.image = 1
                    }
                ),
            ]
        },
        CrashHistory("more-and-smaller-under-a-cap") { face in
            // Beside the old one there is room for one of the two that are missing.
            [
                (
                    .zero,
                    face.wish(1) {
                        $0.gpus = 2
                        $0.capPercent = 100
                    }
                ), (later, face.wish(3) { $0.capPercent = 100 }),
            ]
        },
        CrashHistory("replacement-taken-back", boot: .seconds(12)) { face in
            [
                (.zero, face.wish(1)), (later, face.wish(1) { $0.image = 1 }),
                (later + .seconds(4), face.wish(1)),
            ]
        },
        CrashHistory("release-and-resume") { face in
            [(.zero, face.wish(1)), (later, face.wish(1) { $0.suspension = .release }), (last, face.wish(1))]
        },
        CrashHistory("stop-and-resume") { face in
            [(.zero, face.wish(1)), (later, face.wish(1) { $0.suspension = .stop }), (last, face.wish(1))]
        },
    ]

    private static let losing = [
        CrashHistory("lost-allocation", strangers: .absent) { face in
            [(.zero, face.wish(1)), (later, .strike(face.platform, .lost))]
        },
        CrashHistory("preempted-allocation", strangers: .absent) { face in
            [(.zero, face.wish(1)), (later, .strike(face.platform, nil))]
        },
        CrashHistory("provisioning-timeout") { [(.zero, $0.befall(.stuck, .create)), (.zero, $0.wish(1))] },
    ]

    /// A platform lists a part of what it holds for so long that two listings agree.
    private static let listingLittle = [FaultKind.emptyListing, .partialListing].map { kind in
        CrashHistory(
            kind == .emptyListing ? "nothing-listed" : "half-listed",
            on: [.flexaiListing, .flexaiExclusive, .flexaiBoth, .flareNamed],
            strangers: .absent,
            size: .wide,
            purchases: 3,
            // Late enough for the first two to be known for long, whoever was cut off.
            spell: { (.seconds(300), .seconds(540), .fault($0.platform, kind, permille: 1000)) },
            { face in
                [
                    (.zero, face.wish(1, inFile: 1)), (.zero, face.wish(1, inFile: 2)),
                    (.seconds(302), face.befall(.droppedAfter, .create)),
                    (.seconds(302), face.wish(1, inFile: 3)),
                ]
            }
        )
    }

    /// What stands before a platform loses its way to it, and says of everything that it is not there.
    private static let misrouting = [
        CrashHistory(
            "misrouted-while-running",
            on: [.flexaiListing, .flexaiNeither, .flexaiKeys, .flareNamed],
            strangers: .absent,
            purchases: 1,
            spell: { (later, later + .seconds(100), .fault($0.platform, .misrouted, permille: 1000)) },
            { [(.zero, $0.wish(1)), (later + .seconds(2), .ask(.reconcile(nil)))] }
        ),
        CrashHistory(
            "misrouted-while-going",
            on: [.flexaiListing, .flexaiNeither, .flareNamed],
            strangers: .absent,
            purchases: 1,
            spell: { (later, later + .seconds(60), .fault($0.platform, .misrouted, permille: 1000)) },
            { [(.zero, $0.wish(1)), (later + .seconds(2), $0.nothing)] }
        ),
    ]

    private static let many = [
        CrashHistory(
            "most-are-denied",
            on: [.flexaiListing, .flexaiExclusive, .flexaiKeys, .flexaiBoth],
            size: .wide,
            purchases: 3,
            spell: { (later, later + .seconds(25), .fault($0.platform, .wrongNotFound, permille: 1000)) },
            { face in [(.zero, face.wish(3))] }
        ),
        CrashHistory(
            "unknown-create-unlisted",
            on: [.flexaiListing, .flexaiExclusive, .flareNamed, .flareNameless],
            size: .wide,
            purchases: 1,
            spell: { (.seconds(1), .seconds(170), .fault($0.platform, .internalError, permille: 1000)) },
            { [(.zero, $0.befall(.droppedAfter, .create)), (.zero, $0.wish(1))] }
        ),
        CrashHistory(
            "paused-while-going",
            on: [.flexaiListing, .flexaiKeys],
            size: .wide,
            spell: { (later - .seconds(1), later + .seconds(60), .fault($0.platform, .internalError, permille: 1000)) },
            { face in
                [
                    (.zero, face.wish(2)), (later, face.wish(1)),
                    (later + .seconds(5), face.wish(1) { $0.isPaused = true }),
                    (later + .seconds(180), face.wish(1)),
                ]
            }
        ),
        CrashHistory("unknown-under-a-cap", on: [.flexaiNeither]) { face in
            [
                (.zero, face.befall(.droppedAfter, .create)),
                (
                    .zero,
                    face.wish(1) {
                        $0.gpus = 2
                        $0.capPercent = 100
                    }
                ), (later, face.wish(2) { $0.capPercent = 100 }),
            ]
        },
        CrashHistory("paused-while-waiting", on: [.flareNameless], size: .wide) { face in
            [
                (.zero, face.befall(.hungAfter, .create)), (.zero, face.wish(1, inFile: 1)),
                (.seconds(4), face.wish(1, inFile: 2)),
                (.seconds(12), face.wish(1, inFile: 2) { $0.isPaused = true }),
                (.seconds(150), face.wish(1, inFile: 2)),
            ]
        },
        CrashHistory("many-withdrawals", on: [.flexaiListing, .flareNamed], size: .wide) { face in
            (1...7).map { (.zero, face.wish(1, inFile: $0)) } + (1...4).map { (later, face.wish(0, inFile: $0)) }
                + (5...6).map { (later + .seconds(7), face.wish(0, inFile: $0)) }
                + (5...6).map { (last, face.wish(1, inFile: $0)) }
        },
    ]

    private static let keeping = [
        CrashHistory("closed-for-a-while", strangers: .absent) { face in
            let closure = WorldWish.Closure(
                from: WorldRun.prelude + later,
                until: WorldRun.prelude + later + .seconds(280)
            )
            return [
                (.zero, face.wish(1) { $0.closure = closure }),
                (later + .seconds(300), .ask(.reconcile(nil))),
            ]
        },
        CrashHistory(
            "finished-job-changed-and-back",
            on: [.flexaiListing, .flexaiKeys, .flareNamed],
            strangers: .absent,
            size: .wide
        ) { face in
            let job = face.wish(1) { $0.jobTimeout = .seconds(15) }
            let changed = face.wish(1) {
                $0.jobTimeout = .seconds(15)
                $0.image = 1
            }
            return [(.zero, job), (last, changed), (last + .seconds(5), job)]
        },
        CrashHistory("in-order", strangers: .absent, boot: .seconds(12), size: .wide) { face in
            [
                (.zero, face.wish(1, inFile: 2) { $0.dependsOn = ["intent-1"] }),
                (.seconds(20), face.wish(1, inFile: 1)),
                (last + .seconds(40), face.wish(0, inFile: 1)), (last + .seconds(40), face.wish(0, inFile: 2)),
            ]
        },
        CrashHistory(
            "more-and-less-by-load",
            on: [.flexaiListing, .flexaiKeys],
            strangers: .absent,
            size: .wide,
            purchases: 3
        ) { face in
            [
                (.zero, face.wish(1) { $0.mostReplicas = 3 }), (later, .load(intent: "intent-1", percent: 100)),
                (last + .seconds(60), .load(intent: "intent-1", percent: 0)),
            ]
        },
    ]

    private static let configuring = [
        CrashHistory(
            "left-out-while-replacing",
            on: [.flexaiListing, .flexaiKeys, .flareNamed, .flareNameless],
            boot: .seconds(20),
            purchases: 2,
            spell: { (later, later + .seconds(30), .setting(.without($0.platform))) },
            { face in [(.zero, face.wish(1)), (later - .seconds(4), face.wish(1) { $0.image = 1 })] }
        ),
        CrashHistory(
            "another-account",
            on: [.flexaiListing, .flexaiNeither, .flareNamed, .flareHead],
            size: .wide,
            spell: { (later, later + .seconds(90), .setting(.elsewhere($0.platform))) },
            { face in
                [
                    (.zero, face.befall(.droppedAfter, .create)), (.zero, face.wish(2)),
                    (later + .seconds(30), face.nothing),
                ]
            }
        ),
    ]

    /// A second purchase, or two, while something lasts: the answer to the first of them is lost.
    private static func growth(to slots: Int) -> @Sendable (CrashFace) -> [Line] {
        { face in
            [
                (.zero, face.wish(1)), (later + .seconds(4), face.befall(.droppedAfter, .create)),
                (later + .seconds(4), face.wish(slots)),
            ]
        }
    }

    private static let releasing = [
        CrashHistory(
            "unsure-disk",
            on: [.flexaiListing, .flexaiKeys, .flexaiNeither, .flareNamed],
            spell: { _ in (later, later + .seconds(15), .unsure) },
            { face in [(.zero, face.wish(1)), (later + .seconds(2), face.wish(2))] }
        ),
        CrashHistory(
            "back-while-unsure",
            on: [.flexaiListing, .flareNamed],
            strangers: .absent,
            // Who begins anew in between goes on with what was decided, and buys anew.
            size: .wide,
            spell: { _ in (later, later + .seconds(15), .unsure) },
            { face in
                [(.zero, face.wish(1)), (later + .seconds(2), face.nothing), (later + .seconds(6), face.wish(1))]
            }
        ),
        CrashHistory(
            "listing-taken-away",
            on: [.flexaiListing, .flexaiExclusive, .flexaiBoth],
            spell: { _ in (later, later + .seconds(60), .release(.flexaiListing)) },
            growth(to: 2)
        ),
        CrashHistory(
            "names-forgotten",
            on: [.flexaiListing, .flexaiBoth],
            spell: { _ in (later, later + .seconds(60), .release(.flexaiForgetsNames)) },
            growth(to: 2)
        ),
        CrashHistory(
            "names-hidden",
            on: [.flexaiListing, .flexaiBoth],
            spell: { _ in (later, later + .seconds(60), .release(.flexaiNames)) },
            growth(to: 2)
        ),
        CrashHistory(
            "flare-names-hidden",
            on: [.flareNamed, .flareHead],
            spell: { _ in (later, later + .seconds(60), .release(.flareNames)) },
            growth(to: 3)
        ),
        CrashHistory(
            "flare-renewed",
            on: [.flareNamed, .flareNameless],
            spell: { _ in (later, later + .seconds(60), .release(.flareWords)) },
            { face in
                [(.zero, face.wish(1)), (later + .seconds(4), face.wish(1) { $0.image = 1 })]
            }
        ),
    ]

    /// The ledger is put back from a copy that does not know what has been bought since.
    private static let puttingBack = [
        CrashHistory("ledger-put-back", on: [.flexaiListing, .flexaiBoth], size: .wide, purchases: 2) { face in
            [
                (.zero, face.wish(1)), (later, .copyLedger), (later + .seconds(2), face.wish(2)),
                (last, .putBackLedger),
            ]
        },
        CrashHistory("ledger-lost", on: [.flexaiListing, .flexaiBoth], size: .wide, purchases: 2) { face in
            [(.zero, face.wish(2)), (later, .putBackLedger)]
        },
        CrashHistory(
            "ledger-put-back-after-replacement",
            on: [.flexaiListing, .flexaiBoth],
            size: .wide,
            purchases: 2
        ) { face in
            [
                (.zero, face.wish(1)), (later, .copyLedger), (later + .seconds(2), face.wish(1) { $0.image = 1 }),
                (last + .seconds(20), .putBackLedger),
            ]
        },
        CrashHistory(
            "ledger-put-back-in-an-outage",
            on: [.flexaiListing, .flexaiBoth],
            size: .wide,
            purchases: 2,
            spell: { (last, last + .seconds(40), .fault($0.platform, .internalError, permille: 1000)) },
            { face in
                [
                    (.zero, face.wish(1)), (later, .copyLedger), (later + .seconds(2), face.wish(2)),
                    (last - .seconds(2), .putBackLedger),
                ]
            }
        ),
        CrashHistory(
            "ledger-put-back-with-an-unknown",
            on: [.flexaiListing, .flexaiBoth],
            size: .wide,
            purchases: 2
        ) { face in
            [
                (.zero, face.wish(1)), (later, .copyLedger), (later + .seconds(2), face.befall(.droppedAfter, .create)),
                (later + .seconds(2), face.wish(2)), (later + .seconds(6), .putBackLedger),
            ]
        },
        CrashHistory(
            "ledger-put-back-amid-a-replacement",
            on: [.flexaiListing, .flexaiBoth],
            boot: .seconds(12),
            size: .wide,
            purchases: 2
        ) { face in
            [
                (.zero, face.wish(1)), (later, .copyLedger), (later + .seconds(2), face.wish(1) { $0.image = 1 }),
                (later + .seconds(10), .putBackLedger),
            ]
        },
        CrashHistory(
            "ledger-put-back-after-a-withdrawal",
            on: [.flexaiListing, .flexaiBoth, .flareNamed],
            size: .wide,
            purchases: 1
        ) { face in
            [(.zero, face.wish(1)), (later, .copyLedger), (later + .seconds(2), face.nothing), (last, .putBackLedger)]
        },
        CrashHistory(
            "ledger-put-back-after-a-loss",
            on: [.flexaiListing, .flexaiBoth],
            strangers: .absent,
            size: .wide,
            purchases: 2
        ) { face in
            [
                (.zero, face.wish(1)), (later, .copyLedger), (later + .seconds(2), .strike(face.platform, .lost)),
                (last + .seconds(20), .putBackLedger),
            ]
        },
        CrashHistory(
            "ledger-put-back-and-sold-out",
            on: [.flexaiListing, .flexaiBoth],
            size: .wide,
            purchases: 1,
            spell: { face in (later, last + .seconds(60), .soldOut(face.platform, ware: WorldWish.Chip.all[3].model)) },
            { face in [(.zero, face.wish(1)), (later + .seconds(5), .putBackLedger)] }
        ),
    ]

    private static let failing = [
        CrashHistory("unknown-create-made") { [(.zero, $0.befall(.droppedAfter, .create)), (.zero, $0.wish(1))] },
        CrashHistory("unknown-create-not-made") {
            [(.zero, $0.befall(.droppedBefore, .create)), (.zero, $0.wish(1))]
        },
        CrashHistory("refused-create") {
            [(.zero, $0.befall(.tooManyRequests, .create, times: 2)), (.zero, $0.wish(1))]
        },
        CrashHistory("failed-delete") { face in
            [(.zero, face.befall(.internalError, .delete)), (.zero, face.wish(1)), (later, face.nothing)]
        },
        CrashHistory("delete-without-answer") { face in
            [(.zero, face.befall(.droppedAfter, .delete)), (.zero, face.wish(1)), (later, face.nothing)]
        },
        CrashHistory(
            "delete-on-its-way",
            on: [.flareNamed, .flareHead],
            strangers: .absent,
            // Who is cut off leaves a DELETE that arrives in here, when the next process has had its own accepted.
            spell: { (later + .seconds(14), later + .seconds(28), .fault($0.platform, .deleteBroken, permille: 1000)) },
            { face in [(.zero, face.wish(1)), (later, face.nothing)] }
        ),
        CrashHistory("delete-that-hides") { face in
            [(.zero, face.befall(.deleteBroken, .delete)), (.zero, face.wish(1)), (later, face.nothing)]
        },
    ]
}
