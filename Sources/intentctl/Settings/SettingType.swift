import Documents
import Intents
import Placement

/// How values of one kind are read and shown.
struct SettingType<Value: Sendable>: Sendable {
    /// What stands for the value in help: `DURATION`.
    let placeholder: String
    /// Reads a value.
    let read: @Sendable (SettingInput) throws(SettingFault) -> Value
    /// Shows a value as it could be given; empty for none.
    let show: @Sendable (Value) -> String

    /// The same kind where there may be none.
    var optional: SettingType<Value?> {
        SettingType<Value?>(placeholder: placeholder) { input throws(SettingFault) in
            try read(input)
        } show: { value in
            value.map(show) ?? ""
        }
    }
}

extension SettingType<String> {
    /// Text that is not empty.
    static func text(_ placeholder: String) -> Self {
        Self(placeholder: placeholder) { input throws(SettingFault) in
            let text = try input.scalar()
            guard !text.isEmpty else { throw SettingFault("must not be empty") }
            guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
                throw SettingFault("must not hold control characters")
            }
            return text
        } show: {
            $0
        }
    }

    /// An `http` or `https` URL with a host, without user, query and fragment; a `/` at its end is dropped.
    ///
    /// A wrong one is never quoted: it may hold a password.
    static let url = Self(placeholder: "URL") { input throws(SettingFault) in
        var text = try input.scalar()
        while text.hasSuffix("/") { text.removeLast() }
        let scheme = ["https://", "http://"].first { text.hasPrefix($0) }
        guard let scheme else { throw SettingFault("must be a URL that begins with https:// or http://") }
        let rest = text.dropFirst(scheme.count)
        guard let first = rest.first, first != "/", first != ":" else { throw SettingFault("must name a host") }
        if rest.contains("@") {
            throw SettingFault("must not hold a user or a password; keys have settings of their own")
        }
        if rest.contains(where: { $0 == "?" || $0 == "#" }) {
            throw SettingFault("must not hold a query or a fragment")
        }
        guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw SettingFault("must not hold blanks or letters beyond ASCII")
        }
        return text
    } show: {
        $0
    }

    /// Three capital letters.
    static let currency = Self(placeholder: "CODE") { input throws(SettingFault) in
        let text = try input.scalar()
        guard isCurrency(text) else { throw SettingFault("must be a currency of three capital letters, such as EUR") }
        return text
    } show: {
        $0
    }

    /// A path that begins with `/` and, where it names one thing, holds `{id}`.
    static func path(naming: PathSubject) -> Self {
        Self(placeholder: "PATH") { input throws(SettingFault) in
            let text = try input.scalar()
            guard text.hasPrefix("/"), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw SettingFault("must be a path that begins with /")
            }
            guard text.contains("{id}") == (naming == .one) else {
                throw SettingFault(naming == .one ? "must hold {id}" : "must not hold {id}")
            }
            return text
        } show: {
            $0
        }
    }

    /// What a path leads to.
    enum PathSubject: Sendable {
        /// One thing, by its id.
        case one
        /// All of them.
        case all
    }
}

/// Whether a text is a currency's code.
private func isCurrency(_ text: String) -> Bool {
    text.utf8.count == 3 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
}

extension SettingType<Int> {
    /// A whole number within limits.
    static func integer(_ range: ClosedRange<Int>) -> Self {
        Self(placeholder: "N") { input throws(SettingFault) in
            guard let number = Int(try input.scalar()), range.contains(number) else {
                throw SettingFault("must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        } show: {
            String($0)
        }
    }
}

extension SettingType<Bool> {
    /// `true` or `false`; as a flag it needs no value.
    static let truth = Self(placeholder: "true|false") { input throws(SettingFault) in
        switch try input.scalar().lowercased() {
        case "true", "1", "yes": return true
        case "false", "0", "no": return false
        default: throw SettingFault("must be true or false")
        }
    } show: {
        String($0)
    }
}

extension SettingType<Duration> {
    /// A span within limits, such as `10m`.
    static func duration(_ range: ClosedRange<Duration>) -> Self {
        Self(placeholder: "DURATION") { input throws(SettingFault) in
            try span(input.scalar(), within: range)
        } show: {
            $0.text
        }
    }
}

/// Reads a span within limits.
private func span(_ text: String, within range: ClosedRange<Duration>) throws(SettingFault) -> Duration {
    let duration: Duration
    do throws(UnitError) {
        duration = try Duration(parsing: text)
    } catch {
        throw SettingFault("must be a span of time such as 10m: \(error.problem)")
    }
    guard range.contains(duration) else {
        throw SettingFault("must be from \(range.lowerBound.text) to \(range.upperBound.text)")
    }
    return duration
}

extension SettingType where Value: RawRepresentable<String> & CaseIterable {
    /// One word of a closed set.
    static var word: Self {
        Self(placeholder: Value.allCases.map(\.rawValue).joined(separator: "|")) { input throws(SettingFault) in
            let text = try input.scalar()
            guard let value = Value(rawValue: text) else {
                let words = Value.allCases.map(\.rawValue)
                let nearest = Suggestion.nearest(to: text, among: words).map { "; did you mean \($0)?" } ?? ""
                throw SettingFault("must be one of \(words.joined(separator: ", "))\(nearest)")
            }
            return value
        } show: {
            $0.rawValue
        }
    }
}

extension SettingType<UnknownCreateSetting> {
    /// `halt`, or `retryAfter: DURATION` (in the environment `retryAfter=DURATION` too).
    static let unknownCreate = Self(placeholder: "halt|retryAfter: DURATION") { input throws(SettingFault) in
        let problem = SettingFault("must be halt or retryAfter: DURATION")
        var duration: String?
        if case .node(let node) = input, let members = node.mapping {
            guard members.count == 1, members[0].key == "retryAfter" else { throw problem }
            duration = try SettingInput.node(members[0].node).scalar()
        } else {
            let text = try input.scalar()
            if text == "halt" { return .halt }
            for prefix in ["retryAfter:", "retryAfter="] where text.hasPrefix(prefix) {
                duration = String(text.dropFirst(prefix.count).drop { $0 == " " })
            }
        }
        guard let duration else { throw problem }
        return .retryAfter(try span(duration, within: .seconds(60)...(.seconds(30 * 86_400))))
    } show: {
        switch $0 {
        case .halt: "halt"
        case .retryAfter(let duration): "retryAfter: \(duration.text)"
        }
    }
}

extension SettingType<SecretSource> {
    /// A secret itself; nothing of it is ever quoted.
    static let secret = Self(placeholder: "SECRET") { input throws(SettingFault) in
        let text = try input.scalar()
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw SettingFault("must be one word without blanks; it is not shown here")
        }
        return .value(SecretText(text))
    } show: { source in
        source.secret == nil ? "" : "‹redacted›"
    }

    /// A file that holds the secret.
    static let secretFile = Self(placeholder: "FILE") { input throws(SettingFault) in
        .file(try SettingType<String>.text("FILE").read(input))
    } show: { source in
        guard case .file(let path) = source else { return "" }
        return path
    }
}

extension SettingType<[String]> {
    /// A list of paths.
    static let paths = Self(placeholder: "PATH…") { input throws(SettingFault) in
        let paths = try input.list()
        guard !paths.isEmpty, !paths.contains("") else { throw SettingFault("must name a file or a directory") }
        return paths
    } show: {
        $0.joined(separator: ":")
    }
}

extension SettingType<ListenAddress> {
    /// An address with a port.
    static let address = Self(placeholder: "ADDR") { input throws(SettingFault) in
        guard let address = ListenAddress(parsing: try input.scalar()) else {
            throw SettingFault("must be an address and a port, such as 127.0.0.1:8080")
        }
        return address
    } show: {
        $0.text
    }
}

extension SettingType<[String: Money]> {
    /// Currencies and what one unit of each is worth in euros.
    static let exchangeRates = Self(placeholder: "{CODE: EUR}") { input throws(SettingFault) in
        var rates: [String: Money] = [:]
        for member in try input.mapping() {
            guard isCurrency(member.key), member.key != "EUR" else {
                throw SettingFault(
                    "\(member.key): must be another currency than EUR, such as USD",
                    at: member.keyPosition
                )
            }
            let text = try SettingInput.node(member.node).scalar()
            let rate: Money?
            do throws(UnitError) { rate = try Money(parsing: text.hasSuffix("EUR") ? text : text + " EUR") } catch {
                rate = nil
            }
            guard let rate, rate > .zero else {
                throw SettingFault(
                    "\(member.key): must be the euros that one is worth, such as 0.92",
                    at: member.node.position
                )
            }
            rates[member.key] = rate
        }
        return rates
    } show: { rates in
        rates.isEmpty
            ? ""
            : "{" + rates.keys.sorted().map { "\($0): \(rates[$0, default: .zero].text)" }.joined(separator: ", ") + "}"
    }
}

extension SettingType<Attributes> {
    /// Names of platforms and providers, each with what is known of it.
    static let attributes = Self(placeholder: "{NAME: {…}}") { input throws(SettingFault) in
        var attributes = Attributes()
        for member in try input.mapping() {
            let entry = try ProviderFactsReader.entry(member.node, member.key)
            attributes.book.entries[member.key.lowercased()] = entry
            attributes.members[member.key] = member.node
        }
        return attributes
    } show: { attributes in
        guard !attributes.members.isEmpty else { return "" }
        return DocumentPrinter.json(.mapping(attributes.members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
    }
}
