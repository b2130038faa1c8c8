extension String {
    /// The most characters of somebody's text that a complaint shows.
    private static let longestShown = 60

    /// The text as a terminal may be given it: without control characters, and not longer than a line.
    var shown: String {
        let isCut = unicodeScalars.count > Self.longestShown
        var text = ""
        for scalar in unicodeScalars.prefix(Self.longestShown) {
            text.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
        }
        return isCut ? text + "…" : text
    }
}
