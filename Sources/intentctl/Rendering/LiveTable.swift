/// A table that is drawn over itself on a terminal: only what has changed is written, so that nothing flickers.
///
/// It knows what stands on the screen and returns the bytes that turn it into the next frame. `finish` leaves the last
/// frame standing and gives the cursor back; it must be written however the command ends.
struct LiveTable: Sendable {
    /// The lines on the screen; the cursor stands at the start of the line below them.
    private var shown: [String] = []
    private var size: (width: Int, height: Int) = (0, 0)
    private var hidesCursor = false

    /// A table that has not been drawn.
    init() {}

    /// What to write so that these lines are on the screen, none wider than the terminal.
    ///
    /// One line of the height is kept for the cursor; what does not fit is counted in the last line.
    mutating func frame(_ lines: [String], width: Int, height: Int) -> String {
        let next = Self.fitted(lines, height: height).map { Self.cut($0, to: width) }
        let isResized = size != (width, height) && !shown.isEmpty
        guard next != shown || isResized || !hidesCursor else { return "" }
        var output = hidesCursor ? "" : "\u{1B}[?25l"
        hidesCursor = true
        output += Self.up(shown.count)
        // After a change of width the terminal may have wrapped lines, so that nothing is known of them.
        if isResized { output += "\u{1B}[J" }
        for (index, line) in next.enumerated() {
            let isStanding = !isResized && index < shown.count && shown[index] == line
            output += isStanding ? "\n" : "\r" + line + "\u{1B}[K\n"
        }
        if next.count < shown.count { output += "\r\u{1B}[J" }
        shown = next
        size = (width, height)
        return output
    }

    /// What to write at the end.
    mutating func finish() -> String {
        guard hidesCursor else { return "" }
        hidesCursor = false
        return "\r\u{1B}[?25h"
    }

    private static func up(_ count: Int) -> String { count == 0 ? "" : "\u{1B}[\(count)A\r" }

    /// The lines that fit above the cursor's.
    private static func fitted(_ lines: [String], height: Int) -> [String] {
        let room = max(1, height - 1)
        guard lines.count > room else { return lines }
        return lines.prefix(room - 1) + ["… \(lines.count - room + 1) more"]
    }

    /// A line cut to so many cells; colours take none and are ended where they are cut.
    private static func cut(_ line: String, to width: Int) -> String {
        guard line.contains("\u{1B}") else { return Displayed.cut(line, to: width) }
        var result = ""
        var used = 0
        var isSequence = false
        for character in line {
            if character == "\u{1B}" { isSequence = true }
            if isSequence {
                result.append(character)
                if character.isLetter { isSequence = false }
                continue
            }
            used += Displayed.width(of: character)
            guard used <= width else { return result + "\u{1B}[0m" }
            result.append(character)
        }
        return result
    }
}
