import Intents
import Reconciling

extension CrashHistory {
    /// Every history, the simple ones first.
    package static let all = growing + shrinking + changing + failing

    /// A moment at which everything before has come to rest.
    private static let later = Duration.seconds(30)
    /// A moment after that.
    private static let last = Duration.seconds(60)

    private static let growing = [
        CrashHistory("first-purchase", purchases: 1, [(.zero, .wish(.staged(1)))]),
        CrashHistory("two-slots", purchases: 2, [(.zero, .wish(.staged(2)))]),
        CrashHistory("scale-up", purchases: 2, [(.zero, .wish(.staged(1))), (later, .wish(.staged(2)))]),
    ]

    private static let shrinking = [
        CrashHistory("scale-down", purchases: 2, [(.zero, .wish(.staged(2))), (later, .wish(.staged(1)))]),
        CrashHistory("deletion", purchases: 1, [(.zero, .wish(.staged(1))), (later, .wish())]),
        CrashHistory(
            "deletion-while-creating",
            purchases: 1,
            [
                (.zero, .setWay(.seconds(6))), (.zero, .wish(.staged(1))), (.seconds(9), .wish()),
                (later, .setWay(.milliseconds(30))),
            ]
        ),
        CrashHistory(
            "cap-lowered",
            purchases: 2,
            [(.zero, .wish(.staged(2))), (later, .wish(.staged(2) { $0.capPercent = 60 }))]
        ),
    ]

    private static let changing = [
        CrashHistory(
            "replacement",
            purchases: 2,
            [(.zero, .wish(.staged(1))), (later, .wish(.staged(1) { $0.image = 1 }))]
        ),
        CrashHistory(
            "replacement-under-a-cap",
            purchases: 2,
            [
                (.zero, .wish(.staged(1) { $0.capPercent = 100 })),
                (
                    later,
                    .wish(
                        .staged(1) {
                            $0.capPercent = 100
                            $0.image = 1
                        }
                    )
                ),
            ]
        ),
        CrashHistory(
            "replacement-taken-back",
            purchases: 2,
            [
                (.zero, .wish(.staged(1))), (later, .wish(.staged(1) { $0.image = 1 })),
                (later + .seconds(4), .wish(.staged(1))),
            ]
        ) { $0.boot = .seconds(12) },
        CrashHistory(
            "release-and-resume",
            purchases: 2,
            [
                (.zero, .wish(.staged(1))), (later, .wish(.staged(1) { $0.suspension = .release })),
                (last, .wish(.staged(1))),
            ]
        ),
        CrashHistory(
            "stop-and-resume",
            purchases: 2,
            [
                (.zero, .wish(.staged(1))), (later, .wish(.staged(1) { $0.suspension = .stop })),
                (last, .wish(.staged(1))),
            ]
        ),
    ]

    private static let failing = [
        CrashHistory("lost-allocation", purchases: 2, [(.zero, .wish(.staged(1))), (later, .lose)]),
        CrashHistory("preempted-allocation", purchases: 2, [(.zero, .wish(.staged(1))), (later, .preempt)]),
        CrashHistory(
            "provisioning-timeout",
            purchases: 2,
            [(.zero, .befall(.stuck, .create, times: 1)), (.zero, .wish(.staged(1)))]
        ),
        CrashHistory(
            "unknown-create-made",
            purchases: 1,
            [(.zero, .befall(.droppedAfter, .create, times: 1)), (.zero, .wish(.staged(1)))]
        ),
        CrashHistory(
            "unknown-create-not-made",
            purchases: 1,
            [(.zero, .befall(.droppedBefore, .create, times: 1)), (.zero, .wish(.staged(1)))]
        ),
        CrashHistory(
            "refused-create",
            purchases: 1,
            [(.zero, .befall(.unavailable, .create, times: 2)), (.zero, .wish(.staged(1)))]
        ),
        CrashHistory(
            "failed-delete",
            purchases: 1,
            [
                (.zero, .befall(.internalError, .delete, times: 1)), (.zero, .wish(.staged(1))), (later, .wish()),
            ]
        ),
        CrashHistory(
            "delete-without-answer",
            purchases: 1,
            [
                (.zero, .befall(.droppedAfter, .delete, times: 1)), (.zero, .wish(.staged(1))), (later, .wish()),
            ]
        ),
    ]
}
