/// Turns the text of a file or a reply into nodes that know where they stand.
package enum DocumentParser {
    /// The documents of a file, in order.
    ///
    /// YAML documents without any content (`---` followed by nothing) are left out, and the others are numbered
    /// without them; an empty YAML file holds none. A JSON file holds exactly one. One broken document fails the whole
    /// file: half a file must never look like a whole one.
    /// - Throws: the first thing that is wrong, with its place.
    package static func parse(
        _ bytes: [UInt8],
        file: String,
        format: DocumentFormat,
        limits: DocumentLimits = .file
    ) throws(Diagnostic) -> [Document] {
        switch format {
        case .json:
            var reader = JSONReader(bytes, file: file, limits: limits)
            return [Document(file: file, index: 0, root: try reader.document())]
        case .yaml:
            let survey = try TextSurvey(bytes, file: file, limits: limits)
            return try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(Diagnostic) -> [Document] in
                let content = unsafe UnsafeBufferPointer(rebasing: buffer[survey.contentStart...])
                let columns = survey.isASCII ? nil : ByteColumns(bytes, start: survey.contentStart)
                let events = unsafe YAMLEventStream(content, columns: columns, file: file)
                var reader = YAMLTreeReader(events, file: file, limits: limits)
                return try reader.documents()
            }
        }
    }

    /// The value of a JSON text that came from no file, such as a platform's reply.
    /// - Throws: the first thing that is wrong, with its place; the text itself is not quoted.
    package static func json(_ bytes: [UInt8], limits: DocumentLimits = .reply) throws(Diagnostic) -> Node {
        var reader = JSONReader(bytes, file: "", limits: limits)
        return try reader.document()
    }
}
