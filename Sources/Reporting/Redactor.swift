/// Masks secrets in text: the values that it was told at the start, and whatever has the look of a credential.
package struct Redactor: Sendable {
    /// What stands where a secret stood.
    package static let mask = "‹redacted›"
    /// Values shorter than this, in UTF-8 bytes, are too common in ordinary text to be masked wherever they stand.
    package static let shortestSecret = 4

    /// The known values, longest first, so that one that holds another is masked whole.
    private let secrets: [[UInt8]]

    /// A redactor that knows these values beside the patterns.
    package init(secrets: [String] = []) {
        let known = Set(secrets.map { Array($0.utf8) }.filter { $0.count >= Self.shortestSecret })
        self.secrets = known.sorted { ($1.count, $0.description) < ($0.count, $1.description) }
    }

    /// The text with every secret masked.
    ///
    /// Patterns: what follows `Bearer` or `Basic`, tokens that begin with `flr_`, values of names that end in
    /// `api_key`, `token`, `secret` or `password` (after `=`, or after `:` where they look like no word of a
    /// sentence), and a URL's user information.
    package func redacting(_ text: String) -> String {
        // The patterns need one of these; most names and values have none.
        guard !secrets.isEmpty || text.utf8.contains(where: SecretScanner.canBegin(with:)) else { return text }
        var scanner = SecretScanner(maskingKnown(Array(text.utf8)))
        scanner.scan()
        return String(decoding: scanner.output, as: UTF8.self)
    }

    /// Masks the known values, before any pattern can take a piece of one.
    private func maskingKnown(_ bytes: [UInt8]) -> [UInt8] {
        guard !secrets.isEmpty else { return bytes }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if let secret = secrets.first(where: { $0[0] == byte && bytes[index...].starts(with: $0) }) {
                output += Self.mask.utf8
                index += secret.count
            } else {
                output.append(bytes[index])
                index += 1
            }
        }
        return output
    }

    /// The record with every secret masked, in its sentence, its names and its values.
    package func redacting(_ record: LogRecord) -> LogRecord {
        var record = record
        record.message = redacting(record.message)
        record.fields = record.fields.map { field in
            guard case .text(let text) = field.value else { return field }
            let isSecretByName = SecretScanner.namesSecret(Array(field.name.utf8)) && !text.isEmpty
            return LogRecord.Field(redacting(field.name), .text(isSecretByName ? Self.mask : redacting(text)))
        }
        return record
    }
}
