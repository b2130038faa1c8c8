/// Cuts lines out of a stream of bytes, holding one line at a time.
package struct LineSplitter: Sendable {
    /// A line is longer than allowed.
    package struct TooLong: Error, Hashable, Sendable {
        /// The limit, in bytes.
        package let limit: Int
    }

    private let limit: Int
    private var rest: [UInt8] = []

    /// A splitter that refuses lines of more than `limit` bytes.
    package init(limit: Int) { self.limit = limit }

    /// Whether a line has begun and not ended.
    package var isInsideLine: Bool { !rest.isEmpty }

    /// Takes the next bytes and gives the lines that they complete, without their ends; empty lines are left out.
    package mutating func feed(_ chunk: [UInt8]) throws(TooLong) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = 0
        while let end = chunk[start...].firstIndex(of: UInt8(ascii: "\n")) {
            var line = rest
            line += chunk[start..<end]
            rest = []
            start = end + 1
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            guard line.count <= limit else { throw TooLong(limit: limit) }
            if !line.isEmpty { lines.append(line) }
        }
        rest += chunk[start...]
        guard rest.count <= limit else { throw TooLong(limit: limit) }
        return lines
    }
}
