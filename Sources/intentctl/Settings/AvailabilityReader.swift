import Documents
import Intents

/// Reads when a provider is available, written as an intent writes `constraints.availability`.
enum AvailabilityReader {
    private static let keys = [
        "window_start", "window_end", "timezone", "days_of_week", "blackout_dates", "maintenance_windows",
    ]

    /// The windows of a mapping.
    static func wish(_ node: Node) throws(SettingFault) -> AvailabilityWish {
        guard let members = node.mapping else {
            throw SettingFault("must be a mapping, not \(node.kind)", at: node.position)
        }
        var wish = AvailabilityWish()
        for member in members {
            do throws(UnitError) {
                try take(member, into: &wish)
            } catch {
                throw SettingFault("\(member.key): \(error.description)", at: member.node.position)
            }
        }
        guard (wish.windowStart == nil) == (wish.windowEnd == nil) else {
            throw SettingFault("a window needs window_start and window_end", at: node.position)
        }
        return wish
    }

    private static func take(_ member: Node.Member, into wish: inout AvailabilityWish) throws(UnitError) {
        switch member.key {
        case "window_start": wish.windowStart = try ClockTime(parsing: text(member.node)).minutes
        case "window_end": wish.windowEnd = try ClockTime(parsing: text(member.node)).minutes
        case "timezone":
            let name = try text(member.node)
            guard TimeZoneName.isKnown(name) else {
                throw UnitError("\(name) is no time zone", example: "Europe/Berlin")
            }
            wish.timeZone = name
        case "days_of_week":
            for node in try list(member.node) {
                guard let day = Weekday(rawValue: try text(node)) else {
                    throw UnitError("a day of the week has three letters", example: "Mon")
                }
                wish.daysOfWeek.append(day.number)
            }
        case "blackout_dates":
            for node in try list(member.node) { wish.blackoutDates.append(try CalendarDay(parsing: text(node)).text) }
        case "maintenance_windows":
            for node in try list(member.node) { wish.maintenanceWindows.append(try maintenance(node)) }
        default: throw UnitError("there is no such key", example: keys.joined(separator: ", "))
        }
    }

    private static func maintenance(_ node: Node) throws(UnitError) -> AvailabilityWish.MaintenanceWindow {
        var window = AvailabilityWish.MaintenanceWindow()
        guard let members = node.mapping, let start = node["start"], let end = node["end"] else {
            throw UnitError("maintenance needs start and end", example: "{start: 2027-01-04T01:00:00Z, end: …}")
        }
        window.start = try Timestamp(parsing: text(start))
        window.end = try Timestamp(parsing: text(end))
        guard window.end > window.start else { throw UnitError("end is not after start", example: "an hour later") }
        for member in members where !["start", "end"].contains(member.key) {
            guard member.key == "frequency",
                let frequency = AvailabilityWish.MaintenanceWindow.Frequency(rawValue: try text(member.node))
            else { throw UnitError("maintenance has start, end and frequency", example: "weekly or monthly") }
            window.frequency = frequency
        }
        return window
    }

    private static func text(_ node: Node) throws(UnitError) -> String {
        guard let text = node.string else {
            throw UnitError("text is expected, not \(node.kind)", example: "\"09:00\"")
        }
        return text
    }

    private static func list(_ node: Node) throws(UnitError) -> [Node] {
        guard let nodes = node.sequence else { throw UnitError("a list is expected, not \(node.kind)", example: "[…]") }
        return nodes
    }
}
