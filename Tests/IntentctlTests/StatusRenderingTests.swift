import Documents
import Intents
import Placement
import Reconciling
import Reporting
import Testing

@testable import intentctl

/// What `get` and `describe` show.
@Suite struct StatusRenderingTests {
    private let views = [
        Samples.view("chat"),
        Samples.view("train", .degraded) { status in
            status.placement = nil
            status.nextRetryAt = Samples.now + .seconds(42)
            status.lastError = ErrorStatus(code: "TIMEOUT", message: "no reply", at: Samples.now)
        },
    ]

    @Test("The table")
    func table() {
        #expect(
            StatusTable.table(views, now: Samples.now).lines() == [
                "NAME   PHASE     SLOTS  PLATFORM  GPU        COST/H    SO FAR    AGE  MESSAGE",
                "chat   Running     1/2  flexai    2x H100  8.50 EUR  9.50 EUR  2h 5m",
                "train  Degraded    1/2  -         -        8.50 EUR  9.50 EUR  2h 5m  TIMEOUT: no reply",
            ]
        )
    }

    @Test("The wide table")
    func wide() {
        let lines = StatusTable.table(views, .wide, now: Samples.now).lines()
        #expect(lines[0].contains("PROVIDER  LOCATION  OFFER        ADDRESS   RETRY  MESSAGE"))
        #expect(lines[1].hasSuffix("-         EU        nvidia-h100  10.0.0.1  -"))
        #expect(lines[2].hasSuffix("-         -         -            10.0.0.1  42s    TIMEOUT: no reply"))
    }

    @Test("The table on a terminal of 50 cells keeps what matters most")
    func narrow() {
        #expect(
            StatusTable.table(views, now: Samples.now).lines(width: 50) == [
                "NAME   PHASE     SLOTS    COST/H  MESSAGE",
                "chat   Running     1/2  8.50 EUR",
                "train  Degraded    1/2  8.50 EUR  TIMEOUT: no rep…",
            ]
        )
    }

    @Test("The list is the one of Kubernetes, and its statuses read back")
    func list() throws {
        let node = IntentView.list(views, at: Samples.now)
        #expect(node["apiVersion"]?.string == "v1")
        #expect(node["kind"]?.string == "List")
        let items = try #require(node["items"]?.sequence)
        #expect(items.count == 2)
        let first = try #require(items.first)
        #expect(first["apiVersion"]?.string == "intent-operator.dev/v1alpha1")
        #expect(first["kind"]?.string == "Intent")
        #expect(first["metadata"]?["name"]?.string == "chat")
        #expect(first["metadata"]?["generation"]?.integer == 2)
        #expect(first["metadata"]?["creationTimestamp"]?.string == "2027-01-15T05:55:00Z")
        #expect(first["spec"]?["workload"]?["name"]?.string == "chat")
        var status = try IntentStatus(node: try #require(first["status"]))
        #expect(status.cost.total == Money(micros: 9_500_000))
        #expect(status.cost.asOf == Samples.now)
        status.cost = views[0].status.cost
        #expect(status == views[0].status)
    }

    @Test("A cost grows at its rate from the moment that it was reckoned, and never shrinks")
    func cost() {
        let view = Samples.view("a")
        #expect(view.total(at: Samples.now) == Money(micros: 9_500_000))
        #expect(view.total(at: Samples.now - .seconds(7200)) == Money(micros: 1_000_000))
        #expect(Samples.view("a") { $0.cost.asOf = nil }.total(at: Samples.now) == Money(micros: 1_000_000))
    }

    @Test("The description answers what, why, since when, what next and how much")
    func description() {
        let events = [
            Event(at: Samples.now - .seconds(5), key: nil, severity: .warning, reason: "Late", message: "slow")
        ]
        let view = Samples.view("train", .provisioning) { status in
            status.constraints = [ConstraintVerdict(name: "constraints.location", verdict: .enforced, why: "in the EU")]
        }
        let text = IntentDescription.lines(view, events: events, now: Samples.now).joined(separator: "\n")
        #expect(
            text == """
                Name:       train
                File:       intents/train.yaml
                Generation: 2
                Phase:      Provisioning since 2027-01-15T07:58:30Z (1m 30s ago)
                Why:        1 of 2 slots run
                Next:       runs as soon as the platform says so
                Slots:      1 of 2 running
                Costs:      8.50 EUR/hour, 9.50 EUR so far
                Placement:  flexai: nvidia-h100 (EU)
                            2x H100 a slot, 8.50 EUR/hour in all
                            because: lowest cost of 3 offers

                Slots:
                  SLOT  STATE         PLATFORM  ALLOCATION  ATTEMPT   ADDRESS   SINCE  NOTE
                  0     Running       flexai    i-7         0b0e0f00  10.0.0.1  2h
                  1     Provisioning  -         -           -         -         -

                Constraints:
                  FIELD                 VERDICT   WHY
                  constraints.location  Enforced  in the EU

                Conditions:
                  TYPE   STATUS  REASON  SINCE   MESSAGE
                  Ready  False   Slots   1m 30s  1 of 2 slots run

                History:
                  TIME                  PHASE         MESSAGE
                  2027-01-15T07:58:30Z  Provisioning  slot 0 runs

                Events:
                  TIME                  AGE  KIND     REASON  MESSAGE
                  2027-01-15T07:59:55Z   5s  Warning  Late    slow
                """
        )
    }

    @Test("Every phase says what comes next", arguments: IntentStatus.Phase.allCases)
    func next(_ phase: IntentStatus.Phase) {
        func next(_ view: IntentView) -> String? {
            IntentDescription.lines(view, events: [], now: Samples.now).first { $0.hasPrefix("Next:") }
        }
        #expect((next(Samples.view("a", phase)) ?? "").count > 14)
        let waiting = Samples.view("a", phase) { $0.nextRetryAt = Samples.now + .seconds(60) }
        #expect(next(waiting) == "Next:       tried again at 2027-01-15T08:01:00Z (in 1m)")
        var suspended = Samples.view("a", .suspended)
        suspended.stored?.intent.spec.suspend = Suspension()
        suspended.stored?.intent.spec.suspend?.until = Samples.now + .seconds(3600)
        #expect(next(suspended) == "Next:       resumed at 2027-01-15T09:00:00Z (in 1h)")
    }

    @Test("A status that is behind, and a name that would clear the screen")
    func oddities() {
        var view = Samples.view("a\u{1B}[2J")
        view.stored?.generation = 3
        let lines = IntentDescription.lines(view, events: [], now: Samples.now, colour: .ansi)
        #expect(lines.contains("Generation: 3 (the status still speaks of 2)"))
        #expect(!lines.contains { $0.contains("\u{1B}[2J") })
    }

    @Test("The headline is the sentence that matters most")
    func headlines() {
        func condition(_ type: String, _ status: Condition.Status, _ message: String) -> Condition {
            Condition(type: type, status: status, reason: "R", message: message, lastTransition: Samples.now)
        }
        func headline(_ phase: IntentStatus.Phase, _ conditions: [Condition], error: Bool = false) -> String {
            var status = IntentStatus(observedGeneration: 1, wantedSlots: 1)
            status.phase = phase
            status.conditions = conditions
            if error { status.lastError = ErrorStatus(code: "E", message: "m", at: Samples.now) }
            return status.headline
        }
        let ready = condition("Ready", .no, "not ready")
        let stalled = condition("Stalled", .yes, "no offer")
        #expect(headline(.failed, [ready, stalled], error: true) == "no offer")
        #expect(headline(.pending, [ready], error: true) == "E: m")
        #expect(headline(.pending, [ready, condition("Reconciling", .yes, "busy")]) == "not ready")
        #expect(headline(.pending, [condition("Reconciling", .yes, "busy")]) == "busy")
        #expect(
            headline(.running, [condition("Ready", .yes, "runs"), condition("Overrun", .yes, "too dear")]) == "too dear"
        )
        #expect(headline(.running, [condition("Overrun", .no, "no")]) == "")
        #expect(headline(.pending, []) == "")
    }

    @Test(
        "Spans in their two largest units",
        arguments: [
            (0, "0s"), (5, "5s"), (59, "59s"), (60, "1m"), (90, "1m 30s"), (630, "10m"), (3600, "1h"), (7500, "2h 5m"),
            (86_400, "1d"), (100_000, "1d 3h"), (-5, "0s"),
        ]
    )
    func spans(_ seconds: Int, _ expected: String) {
        #expect(Phrases.span(.seconds(seconds)) == expected)
    }

    @Test("A line of progress")
    func progress() {
        #expect(ProgressLine.text([]) == "0 of 0 settled; 0.00 EUR/hour")
        let statuses = (views + [Samples.view("x")]).map(\.status)
        #expect(ProgressLine.text(statuses) == "2 of 3 settled: 2 Running, 1 Degraded; 25.50 EUR/hour")
    }
}
