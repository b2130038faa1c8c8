import Documents

extension Form<String> {
    /// An entry of the environment, `KEY=value`; a message never shows what might be a value.
    static let variable = text(
        example: "THREADS=8",
        pattern: "^[-._a-zA-Z][-._a-zA-Z0-9]*="
    ) { (text) throws(UnitError) in
        guard let name = VariableName.of(entry: text) else {
            throw UnitError("this entry has no =", example: "THREADS=8")
        }
        guard VariableName.isValid(name) else { throw variableNameError(String(name), example: "THREADS=8") }
    }

    /// The name of an environment variable.
    static let variableName = text(
        example: "HF_TOKEN",
        pattern: "^[-._a-zA-Z][-._a-zA-Z0-9]*$",
        longest: IntentLimits.variableName
    ) { (text) throws(UnitError) in
        guard VariableName.isValid(text) else { throw variableNameError(text, example: "HF_TOKEN") }
    }

    private static func variableNameError(_ name: String, example: String) -> UnitError {
        let reason = "letters, digits, _, - and ., not starting with a digit"
        return UnitError("\(name.excerpt) is not the name of a variable: \(reason)", example: example)
    }

    /// A container image.
    static let image = text(example: "ghcr.io/example/app:1.0", pattern: #"^\S+$"#) { (text) throws(UnitError) in
        let isWhole = !text.isEmpty && !text.unicodeScalars.contains { $0.properties.isWhitespace }
        guard isWhole else {
            throw UnitError("\(text.excerpt) is not a container image", example: "ghcr.io/example/app:1.0")
        }
    }

    /// A place in the container's file system, from its root.
    static let mountPath = text(
        example: "/data",
        pattern: "^/",
        longest: IntentLimits.path
    ) { (text) throws(UnitError) in
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard text.hasPrefix("/"), !parts.contains(".."), !text.utf8.contains(0) else {
            throw UnitError("\(text.excerpt) is not a path from the root", example: "/data")
        }
        guard !text.utf8.contains(UInt8(ascii: ":")) else {
            throw UnitError("\(text.excerpt) is not a mount path: it holds a colon", example: "/data")
        }
    }

    /// A place in an object store; a message shows no more than its scheme, since such texts may hold keys.
    static let uri = text(example: "s3://bucket/folder/", pattern: #"^[a-z][a-z0-9+.-]*://\S+$"#) {
        (text) throws(UnitError) in
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let isWhole = parts.count == 2 && parts[1].hasPrefix("//") && parts[1].utf8.count > 2
        guard isWhole, !text.unicodeScalars.contains(where: { $0.properties.isWhitespace }) else {
            throw UnitError("this is not the place of an object store", example: "s3://bucket/folder/")
        }
    }

    /// A network of addresses.
    static let network = text(
        example: "10.0.0.0/8",
        pattern: "^[0-9a-fA-F.:]+/[0-9]{1,3}$"
    ) { (text) throws(UnitError) in
        _ = try NetworkRange(parsing: text)
    }

    /// A day of the calendar.
    static let day = parsed(
        schema: .text(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}", example: "2027-12-24"),
        expected: "text such as \"2027-12-24\"",
        parse: { (text) throws(UnitError) in try CalendarDay(parsing: text).text },
        write: { Node(.string($0)) }
    )

    /// A time zone of the IANA database.
    static let timeZone = text(
        example: "Europe/Berlin",
        pattern: "^[A-Za-z][A-Za-z0-9_+/-]*$"
    ) { (text) throws(UnitError) in
        guard !TimeZoneName.isKnown(text) else { return }
        let nearest = Suggestion.nearest(to: text, among: TimeZoneName.all.sorted())
        throw UnitError("\(text.excerpt) is not a time zone", example: nearest ?? "Europe/Berlin")
    }
}
