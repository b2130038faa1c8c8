/// Header fields in the order in which they were written, looked up without regard to case.
///
/// Its description hides the values of fields that carry secrets (``Redaction``).
package struct HTTPHeaders: Sendable, Equatable {
    /// One field: a name as it was written, and its value without surrounding blanks.
    package struct Field: Sendable, Equatable {
        /// The name, in the case in which it was written.
        package let name: String
        /// The value, without line ends.
        package let value: String

        /// Makes a field; nothing is checked here.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Every field, in order; one name may stand there several times.
    package private(set) var fields: [Field]

    /// Makes headers of pairs of name and value.
    package init(_ pairs: [(name: String, value: String)] = []) {
        fields = pairs.map { Field(name: $0.name, value: $0.value) }
    }

    /// The first value under `name`, or nil.
    package subscript(name: String) -> String? {
        fields.first { $0.name.equalsIgnoringCase(name) }?.value
    }

    /// All values under `name`, in order.
    package func values(_ name: String) -> [String] {
        fields.filter { $0.name.equalsIgnoringCase(name) }.map(\.value)
    }

    /// Adds a field and keeps those of the same name.
    package mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Replaces every field of this name by one.
    package mutating func set(_ name: String, _ value: String) {
        fields.removeAll { $0.name.equalsIgnoringCase(name) }
        append(name, value)
    }

    /// The first field that cannot stand in an HTTP message, or nil: a name that is no token, a value with controls.
    var firstInvalid: Field? {
        fields.first { field in
            field.name.isEmpty || !field.name.utf8.allSatisfy(\.isTokenCharacter)
                || field.value.utf8.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }
        }
    }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    /// Makes headers of a literal; a name may stand there several times.
    package init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { (name: $0.0, value: $0.1) })
    }
}

extension HTTPHeaders: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The fields on one line, secrets hidden.
    package var description: String {
        fields.map { "\($0.name): \(Redaction.value($0.value, of: $0.name))" }.joined(separator: ", ")
    }

    /// The same as the description.
    package var debugDescription: String { description }

    /// A mirror without children, so that a dump shows no secret.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
    /// Whether both are the same when ASCII letters lose their case.
    func equalsIgnoringCase(_ other: String) -> Bool {
        utf8.count == other.utf8.count && zip(utf8, other.utf8).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
    }
}

extension UInt8 {
    /// The small letter for a capital one, anything else as it is.
    var asciiLowercased: UInt8 { 0x41...0x5A ~= self ? self | 0x20 : self }

    /// Whether this byte is an ASCII digit.
    var isDigit: Bool { 0x30...0x39 ~= self }

    /// Whether this byte is an ASCII letter or digit.
    var isAlphanumeric: Bool { isDigit || 0x61...0x7A ~= asciiLowercased }

    /// Whether this byte may stand in a header's name or a method (RFC 9110, 5.6.2).
    var isTokenCharacter: Bool {
        switch self {
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
        default: isAlphanumeric
        }
    }
}
