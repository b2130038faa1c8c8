import Intents
import Placement
import Reconciling
import Reporting

/// The answer of `describe`: what is it doing, why, since when, what comes next and when, and what does it cost.
struct IntentDescription {
    private let view: IntentView
    private let events: [Event]
    private let now: Timestamp
    private let colour: Colour
    private var lines: [String] = []

    /// The most events that are shown.
    static let mostEvents = 10

    /// The lines about an intent; `events` are its own, newest first.
    static func lines(
        _ view: IntentView,
        events: [Event],
        now: Timestamp,
        colour: Colour = .none,
        width: Int? = nil
    ) -> [String] {
        var description = Self(view: view, events: events, now: now, colour: colour)
        description.addHead()
        description.addPlacement()
        description.addSlots(width)
        description.addConstraints(width)
        description.addConditions(width)
        description.addHistory(width)
        description.addEvents(width)
        return description.lines
    }

    private init(view: IntentView, events: [Event], now: Timestamp, colour: Colour) {
        self.view = view
        self.events = events
        self.now = now
        self.colour = colour
    }

    private var status: IntentStatus { view.status }

    private mutating func addHead() {
        add("Name", view.name)
        if let stored = view.stored {
            add("File", stored.file)
            add("Generation", generation(stored.generation))
            if let priority = Self.priority(of: stored) { add("Priority", priority) }
        } else {
            add("File", "gone: the intent was withdrawn")
        }
        add("Phase", status.phase.rawValue + since, Phrases.paint(status.phase))
        if !status.headline.isEmpty { add("Why", status.headline) }
        add("Next", next)
        add("Slots", "\(status.readySlots) of \(status.wantedSlots) running")
        add("Costs", "\(status.cost.hourly.rateText), \(StatusTable.hundredths(view.total(at: now)).text) so far")
        if let url = status.url { add("URL", url) }
    }

    /// How important it is; nil where it is as important as any other.
    static func priority(of stored: StoredIntent) -> String? {
        stored.intent.priority == 0 ? nil : String(stored.intent.priority)
    }

    /// The generation, and whether the status speaks of an older one.
    private func generation(_ current: Int) -> String {
        guard status.observedGeneration != current else { return String(current) }
        return "\(current) (the status still speaks of \(status.observedGeneration))"
    }

    /// Since when the phase holds.
    private var since: String {
        guard let last = status.history.first, last.phase == status.phase else { return "" }
        return " since \(Phrases.moment(last.at, now: now))"
    }

    /// What comes next and when.
    private var next: String {
        if let retry = status.nextRetryAt {
            return retry > now ? "tried again at \(Phrases.moment(retry, now: now))" : "tried again now"
        }
        switch status.phase {
        case .pending: return "an offer is chosen at the next look"
        case .provisioning: return "runs as soon as the platform says so"
        case .running: return "nothing, while nothing changes"
        case .degraded: return "the missing slots are filled as soon as they can be"
        case .completed: return "nothing: the work is done"
        case .failed: return "nothing until the intent or the offers change"
        case .suspended: return suspended
        case .terminating: return "forgotten as soon as the platforms confirm that nothing is left"
        }
    }

    /// When a suspension ends.
    private var suspended: String {
        guard let until = view.stored?.intent.spec.suspend?.until else { return "nothing until it is resumed" }
        return "resumed at \(Phrases.moment(until, now: now))"
    }

    private mutating func addPlacement() {
        guard let placement = status.placement else { return add("Placement", "none") }
        let place = [placement.provider, placement.location].compactMap(\.self)
        let location = place.isEmpty ? "" : " (\(place.joined(separator: ", ")))"
        add("Placement", "\(placement.platform.rawValue): \(placement.offer)\(location)")
        add("", "\(Phrases.gpus(placement.count, placement.gpu)) a slot, \(placement.hourlyCost.rateText) in all")
        if !placement.because.isEmpty { add("", "because: \(placement.because)") }
    }

    private mutating func addSlots(_ width: Int?) {
        let columns = ["SLOT", "STATE", "PLATFORM", "ALLOCATION", "ATTEMPT", "ADDRESS", "SINCE", "NOTE"]
        let rows = status.slots.map { slot -> [TextTable.Cell] in
            [
                .init(String(slot.number)),
                .init(slot.state.rawValue, Phrases.paint(slot.state)),
                .init(slot.platform?.rawValue ?? "-"),
                .init(slot.allocation?.rawValue ?? "-"),
                .init(slot.attempt?.short ?? "-"),
                .init(slot.address ?? "-"),
                .init(slot.since.map { Phrases.span(now - $0) } ?? "-"),
                .init(slot.note),
            ]
        }
        add(section: "Slots", columns, rows, width)
    }

    private mutating func addConstraints(_ width: Int?) {
        let rows = status.constraints.map { constraint -> [TextTable.Cell] in
            let paint: Paint =
                switch constraint.verdict {
                case .enforced: .good
                case .forwarded: .moving
                case .unsupported: .doubtful
                }
            return [.init(constraint.name), .init(constraint.verdict.rawValue, paint), .init(constraint.why)]
        }
        add(section: "Constraints", ["FIELD", "VERDICT", "WHY"], rows, width)
    }

    private mutating func addConditions(_ width: Int?) {
        let rows = status.conditions.map { condition -> [TextTable.Cell] in
            [
                .init(condition.type), .init(condition.status.rawValue), .init(condition.reason),
                .init(Phrases.span(now - condition.lastTransition)), .init(condition.message),
            ]
        }
        add(section: "Conditions", ["TYPE", "STATUS", "REASON", "SINCE", "MESSAGE"], rows, width)
    }

    private mutating func addHistory(_ width: Int?) {
        let rows = status.history.map { transition -> [TextTable.Cell] in
            [
                .init(transition.at.text), .init(transition.phase.rawValue, Phrases.paint(transition.phase)),
                .init(transition.message),
            ]
        }
        add(section: "History", ["TIME", "PHASE", "MESSAGE"], rows, width)
    }

    private mutating func addEvents(_ width: Int?) {
        let table = EventList.table(Array(events.prefix(Self.mostEvents)), now: now, .one)
        add(section: "Events", table, width)
    }

    /// A section with a table, where there is anything to show.
    private mutating func add(section: String, _ titles: [String], _ rows: [[TextTable.Cell]], _ width: Int?) {
        add(section: section, TextTable(columns: titles.map { .init(title: $0) }, rows: rows), width)
    }

    private mutating func add(section: String, _ table: TextTable, _ width: Int?) {
        guard !table.rows.isEmpty else { return }
        lines += ["", Paint.strong(section + ":", colour)]
        lines += table.lines(width: width.map { max(20, $0 - 2) }, colour: colour).map { "  " + $0 }
    }

    /// A line with a name; a value that comes from elsewhere loses its control characters here.
    private mutating func add(_ name: String, _ value: String, _ paint: Paint? = nil) {
        let shown = Displayed.text(value)
        let painted = paint.map { $0(shown, colour) } ?? shown
        lines.append(Displayed.padded(name.isEmpty ? "" : name + ":", to: 12) + painted)
    }
}
