import Documents
import Reconciling

extension CustomResource {
    /// The ledger's rows.
    package static let allocation = CustomResource(
        resource: .allocations,
        shortName: "gpa",
        categories: [],
        meaning: "One attempt to buy for a slot of an Intent, and what came of it: a row of the operator's ledger.",
        columns: [
            Column(name: "Intent", path: ".spec.intent", meaning: "For which Intent."),
            Column(name: "Slot", path: ".spec.slot", meaning: "For which slot.", type: "integer"),
            Column(name: "Phase", path: ".status.phase", meaning: "Where it stands."),
            Column(name: "GPU", path: ".spec.gpu", meaning: "What was ordered."),
            Column(name: "Platform", path: ".spec.platform", meaning: "Who sells it."),
            Column(name: "ID", path: ".status.id", meaning: "The platform's name for it."),
            Column(name: "Cost/h", path: ".spec.hourlyCost", meaning: "What it costs in an hour, at its largest."),
            Column(name: "Age", path: ".metadata.creationTimestamp", meaning: "Since when it is there.", type: "date"),
            Column(
                name: "State",
                path: ".status.sighting.rawState",
                meaning: "What the platform last said of it.",
                isWide: true
            ),
            Column(name: "Address", path: ".status.sighting.address", meaning: "Where it is.", isWide: true),
            Column(name: "Attempt", path: ".spec.attempt", meaning: "The idempotency key.", isWide: true),
        ],
        spec: spec,
        status: status
    )

    /// The part that never changes.
    private static var spec: Node {
        SchemaNode.object(
            "What was ordered; never changed.",
            required: [
                "intent", "intentUID", "operator", "slot", "ordinal", "attempt", "platform", "offer", "gpu", "count",
                "hourlyCost", "shape", "reference", "openedAt",
            ],
            [
                "intent": key("The Intent's name."),
                "intentUID": key("The Intent's uid."),
                "operator": SchemaNode.text("The operator that made the attempt."),
                "slot": SchemaNode.count("The slot, from 0."),
                "ordinal": SchemaNode.count("The how-many-eth attempt of the Intent, from 1."),
                "attempt": key("The attempt's UUID, which is the idempotency key."),
                "platform": key("Who sells it."),
                "offer": SchemaNode.text("The offer."),
                "provider": SchemaNode.text("The federation's member that was asked."),
                "location": SchemaNode.text("The region."),
                "zone": SchemaNode.text("The zone."),
                "gpu": SchemaNode.text("The GPU's model."),
                "count": SchemaNode.count("How many GPUs it holds."),
                "hourlyCost": key("What it costs in an hour, at its largest."),
                "spot": SchemaNode.flag("Whether the platform may take it back."),
                "maxReplicas": SchemaNode.count("The most replicas that the platform was told."),
                "generation": SchemaNode.count("The generation of the Intent's work that it was bought for."),
                "holdsVolume": SchemaNode.flag("Whether it holds a persistent volume."),
                "shape": SchemaNode.text("The fingerprint of what would force a replacement."),
                "reference": SchemaNode.text("What the platform was told of us and may echo."),
                "openedAt": SchemaNode.moment("When the attempt was written down."),
                "replaces": SchemaNode.text("The attempt that this one is to replace."),
                "listedBefore": SchemaNode.list(
                    "What the platform listed before the call.",
                    of: SchemaNode.text("The platform's name for something.")
                ),
                "body": SchemaNode.text("The body of the call."),
            ],
            more: [("x-kubernetes-validations", [immutability])]
        )
    }

    /// A text that a rule compares, and that therefore is bounded.
    private static func key(_ meaning: String) -> Node {
        .mapping(["description": .string(meaning), "type": "string", "maxLength": 1024])
    }

    /// What the ledger stands on is not changed by hand.
    private static var immutability: Node {
        let fields = ["intent", "intentUID", "slot", "ordinal", "attempt", "platform", "hourlyCost"]
        return .mapping([
            "rule": .string(fields.map { "self.\($0) == oldSelf.\($0)" }.joined(separator: " && ")),
            "message": "an attempt is never changed; intentctl resolve says what became of it",
        ])
    }

    /// The part that changes.
    private static var status: Node {
        SchemaNode.object(
            "What became of it; nothing while the call is under way.",
            [
                "phase": SchemaNode.word("Where it stands.", of: AllocationRecord.Phase.self),
                "since": SchemaNode.moment("Since when."),
                "id": SchemaNode.text("The platform's name for it."),
                "sighting": sighting,
                "doubt": SchemaNode.object(
                    "Evidence on a purchase whose outcome is or was not known.",
                    [
                        "since": SchemaNode.moment("Since when it is unknown, or when it was last asked for again."),
                        "firstMissAt": SchemaNode.moment("When a list first did not show it."),
                        "sawLaterCreation": SchemaNode.flag("Whether a list showed something that is newer."),
                        "cause": SchemaNode.text("The error that left it unknown."),
                    ]
                ),
                "missingSince": SchemaNode.moment("When it was first missed, while it should live."),
                "parkedAt": SchemaNode.moment("When it was asked to stop although it is kept."),
                "ending": ending,
                "tombstone": SchemaNode.object(
                    "When it was confirmed gone.",
                    [
                        "at": SchemaNode.moment("When."),
                        "looks": SchemaNode.count("How many later looks have found it gone."),
                        "settled": SchemaNode.text("What was added to the Intent's account for it."),
                    ]
                ),
                "note": SchemaNode.text("Why it is where it is."),
            ]
        )
    }

    private static var sighting: Node {
        SchemaNode.object(
            "What the platform last said of it.",
            [
                "state": SchemaNode.text("What its state means."),
                "rawState": SchemaNode.text("The platform's word."),
                "since": SchemaNode.moment("Since when, as far as was seen."),
                "looks": SchemaNode.count("How many looks in a row have said so."),
                "address": SchemaNode.text("Where it can be reached."),
                "url": SchemaNode.text("Where the workload can be reached."),
                "hourlyCost": SchemaNode.text("What the platform says that it costs in an hour."),
                "message": SchemaNode.text("What else the platform said."),
            ]
        )
    }

    private static var ending: Node {
        SchemaNode.object(
            "How far its end has come.",
            [
                "reason": SchemaNode.word("Why it is to go.", of: Ending.Reason.self),
                "wantedAt": SchemaNode.moment("Since when."),
                "stopAskedAt": SchemaNode.moment("When it was asked to stop."),
                "deletedAt": SchemaNode.moment("When the platform took a DELETE."),
                "deleteFailedAt": SchemaNode.moment("When a DELETE last failed."),
                "goneAt": SchemaNode.moment("When the platform first said that it is gone."),
            ]
        )
    }
}
