import Documents
import Intents
import Reconciling

extension CustomResource {
    /// What people wish for.
    package static let intent = CustomResource(
        resource: .intents,
        shortName: "gpi",
        categories: ["all"],
        meaning: "A GPU workload as it is wished for; the operator makes it so on a platform that sells GPUs.",
        columns: [
            Column(name: "Ready", path: condition("Ready", "status"), meaning: "Whether it runs as it is wished for."),
            Column(name: "Phase", path: ".status.phase", meaning: "Where it stands as a whole."),
            Column(name: "GPU", path: ".status.placement.gpu", meaning: "The GPU that was chosen."),
            Column(name: "Slots", path: ".status.slotsReady", meaning: "How many of the wanted slots run."),
            Column(name: "Cost/h", path: ".status.cost.hourly", meaning: "What it costs in an hour."),
            Column(name: "Age", path: ".metadata.creationTimestamp", meaning: "Since when it is there.", type: "date"),
            Column(
                name: "Platform",
                path: ".status.placement.platform",
                meaning: "Who sells it.",
                isWide: true
            ),
            Column(
                name: "Message",
                path: condition("Ready", "message"),
                meaning: "Why it stands where it stands.",
                isWide: true
            ),
        ],
        spec: StructuralSchema.spec,
        status: status
    )

    /// The path of a condition's field.
    private static func condition(_ type: String, _ field: String) -> String {
        ".status.conditions[?(@.type==\"\(type)\")].\(field)"
    }

    private static var status: Node {
        SchemaNode.object(
            "How it stands; written by the operator.",
            [
                "observedGeneration": SchemaNode.count("The generation of the object that this speaks of."),
                "phase": SchemaNode.word("Where it stands as a whole.", of: IntentStatus.Phase.self),
                "wantedSlots": SchemaNode.count("How many slots are wanted."),
                "slotsReady": SchemaNode.text("How many of them run, as `1/2`."),
                "conditions": conditions,
                "placement": placement,
                "slots": SchemaNode.list(
                    "The slots in order; a replacement shows two entries of one number.",
                    of: slot
                ),
                "cost": SchemaNode.object(
                    "What it costs.",
                    [
                        "hourly": SchemaNode.text("In an hour, with everything that is counted."),
                        "total": SchemaNode.text("So far."),
                        "asOf": SchemaNode.moment("When the total was reckoned."),
                        "reported": SchemaNode.text("What the platforms say, where it differs."),
                        "overrun": SchemaNode.text("What was billed for what should have ended."),
                    ]
                ),
                "url": SchemaNode.text("Where the workload can be reached."),
                "constraints": SchemaNode.list(
                    "What became of each wish.",
                    of: SchemaNode.object(
                        "A wish.",
                        [
                            "name": SchemaNode.text("Its field."),
                            "verdict": SchemaNode.text("Enforced, Forwarded or Unsupported."),
                            "why": SchemaNode.text("Why."),
                        ]
                    )
                ),
                "nextRetryAt": SchemaNode.moment("When something is tried again."),
                "lastError": SchemaNode.object(
                    "What went wrong last.",
                    [
                        "code": SchemaNode.text("A word of a bounded set."),
                        "message": SchemaNode.text("A sentence."),
                        "at": SchemaNode.moment("When."),
                    ]
                ),
                "history": SchemaNode.list(
                    "The last changes of the phase, newest first.",
                    of: SchemaNode.object(
                        "A change.",
                        [
                            "at": SchemaNode.moment("When."),
                            "phase": SchemaNode.text("What it became."),
                            "message": SchemaNode.text("Why."),
                        ]
                    )
                ),
                "availability": SchemaNode.object(
                    "How long it ran of the last 30 days.",
                    [
                        "measured": SchemaNode.text("The share of the time."),
                        "promised": SchemaNode.text("What was promised."),
                        "since": SchemaNode.moment("Since when it was measured."),
                        "interruptedSince": SchemaNode.moment("Since when it is interrupted."),
                    ]
                ),
                "approvals": SchemaNode.list(
                    "What waits for a person's word.",
                    of: SchemaNode.object(
                        "A question.",
                        [
                            "purpose": SchemaNode.word("What is to be allowed.", of: Approval.Purpose.self),
                            "generation": SchemaNode.count("The work that it speaks of."),
                            "upTo": SchemaNode.text("Up to how much an hour."),
                            "deviation": SchemaNode.text(
                                "How far from the wish: PRICE/RESOURCES/FIELDS, in thousandths."
                            ),
                            "why": SchemaNode.text("What for."),
                        ]
                    )
                ),
                "reconciledAt": SchemaNode.text("The last value of the annotation reconcile-at that was answered."),
                "account": account,
            ]
        )
    }

    private static var conditions: Node {
        .mapping([
            "description": "Ready, Reconciling and Stalled always, others while they hold; by the rules of kstatus.",
            "type": "array",
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": ["type"],
            "items": SchemaNode.object(
                "An aspect that holds or does not.",
                required: ["type", "status"],
                [
                    "type": SchemaNode.text("Its name."),
                    "status": .mapping([
                        "description": "Whether it holds.",
                        "type": "string",
                        "enum": .list(Condition.Status.allCases.map { .string($0.rawValue) }),
                    ]),
                    "reason": SchemaNode.text("Why, in one word."),
                    "message": SchemaNode.text("Why, in a sentence."),
                    "lastTransitionTime": SchemaNode.moment("Since when."),
                    "observedGeneration": SchemaNode.count("The generation of the object that it speaks of."),
                ]
            ),
        ])
    }

    private static var placement: Node {
        SchemaNode.object(
            "Where it was put and why.",
            [
                "platform": SchemaNode.text("Who sells it."),
                "provider": SchemaNode.text("The federation's member, where there is one."),
                "offer": SchemaNode.text("The offer."),
                "gpu": SchemaNode.text("The GPU's model."),
                "count": SchemaNode.count("How many GPUs one slot holds."),
                "location": SchemaNode.text("Where it is."),
                "hourlyCost": SchemaNode.text("What the whole intent costs in an hour."),
                "because": SchemaNode.text("Why it was chosen."),
            ]
        )
    }

    private static var slot: Node {
        SchemaNode.object(
            "A slot, and what fills it.",
            [
                "number": SchemaNode.count("Its number, from 0."),
                "platform": SchemaNode.text("Who sold what fills it."),
                "allocation": SchemaNode.text("The platform's name for it."),
                "state": SchemaNode.word("Where it stands.", of: SlotStatus.State.self),
                "address": SchemaNode.text("Where it can be reached."),
                "attempt": SchemaNode.text("The attempt that fills it."),
                "since": SchemaNode.moment("Since when it stands there."),
                "generation": SchemaNode.count("The generation of the work that it was bought for."),
                "note": SchemaNode.text("Why."),
            ]
        )
    }

    /// What the operator keeps of the intent; people look at `cost`.
    private static var account: Node {
        SchemaNode.object(
            "The operator's account of the intent.",
            [
                "spent": SchemaNode.text("What allocations that are gone have cost."),
                "attempts": SchemaNode.count("How many attempts were ever made."),
                "workBeganAt": SchemaNode.moment("When the first allocation of a job ran."),
                "finish": SchemaNode.object(
                    "How the work ended.",
                    [
                        "outcome": SchemaNode.text("How."),
                        "generation": SchemaNode.count("The work that ended."),
                        "at": SchemaNode.moment("When."),
                        "message": SchemaNode.text("Why."),
                    ]
                ),
                "memory": SchemaNode.text("What else must outlast a crash, as JSON; the operator's own."),
                "includes": SchemaNode.list(
                    "The tombstones that spent counts, by their ordinals.",
                    of: SchemaNode.count("An ordinal.")
                ),
            ]
        )
    }
}
