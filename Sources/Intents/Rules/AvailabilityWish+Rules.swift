import Documents

extension AvailabilityWish {
    /// What must hold between times.
    static let rules: [Rule<AvailabilityWish>] = [
        Rule(
            reads: ["window_start", "window_end"],
            server: .holds(
                "has(self.window_start) == has(self.window_end) && "
                    + "(!has(self.window_start) || self.window_start != self.window_end)",
                message: "a window needs window_start and window_end, and they must differ",
                field: "window_start"
            )
        ) { availability, node, findings in
            switch (availability.windowStart, availability.windowEnd) {
            case (.some, nil):
                let position = node["window_start"]?.position ?? node.position
                findings.error(at: position, "a window that starts needs window_end", .key("window_start"))
            case (nil, .some):
                let position = node["window_end"]?.position ?? node.position
                findings.error(at: position, "a window that ends needs window_start", .key("window_end"))
            case (let start?, let end?) where start == end:
                let position = node["window_end"]?.position ?? node.position
                let message = "the window ends when it starts; leave both out where it is always open"
                findings.error(at: position, message, .key("window_end"))
            default: break
            }
        },
        Rule(
            reads: ["days_of_week"],
            server: .distinctWords(list: "days_of_week")
        ) { availability, node, findings in
            let days = availability.daysOfWeek.map { Weekday(number: $0)?.rawValue ?? "" }
            for (index, day) in days.enumerated() where days[..<index].contains(day) {
                let position = node["days_of_week"]?.entry(index)?.position ?? node.position
                findings.error(at: position, "\(day) stands here twice", .key("days_of_week"), .index(index))
            }
        },
    ]
}

extension AvailabilityWish.MaintenanceWindow {
    /// What must hold between the ends of a window.
    static let rules: [Rule<AvailabilityWish.MaintenanceWindow>] = [
        // Moments without seconds are no timestamps to an API server, so the operator alone compares them.
        Rule(reads: ["start", "end"]) { window, node, findings in
            guard window.end <= window.start else { return }
            let position = node["end"]?.position ?? node.position
            findings.error(at: position, "\(window.end.text) is not after start (\(window.start.text))", .key("end"))
        }
    ]
}
