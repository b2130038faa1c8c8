import Documents

extension Form<Bool> {
    /// True or false.
    static let flag = Form(
        schema: .flag,
        decode: { node, findings in
            if let truth = node.bool { return truth }
            let advice = node.string.map { ["true", "false"].contains($0) ? "; write it without quotes" : "" } ?? ""
            findings.error(at: node.position, "expected true or false, found \(node.kind)\(advice)")
            return nil
        },
        encode: { value, _ in Node(.bool(value)) }
    )
}

extension Form<Int> {
    /// A whole number within limits; `noun` says with its article what it is, such as `a port`.
    static func integer(_ limits: ClosedRange<Int>, _ noun: String, advice: String = "") -> Form {
        Form(
            schema: .integer(limits),
            decode: { node, findings in
                guard let number = node.wholeNumber else {
                    if case .number(_, let text) = node.value {
                        findings.error(at: node.position, "\(text) is not a whole number")
                        return nil
                    }
                    let isQuoted = node.string.flatMap(Int64.init) != nil
                    let hint = isQuoted ? "; write it without quotes" : ""
                    findings.error(at: node.position, "expected a whole number, found \(node.kind)\(hint)")
                    return nil
                }
                guard let value = Int(exactly: number), limits.contains(value) else {
                    let end = advice.isEmpty ? "" : "; \(advice)"
                    findings.error(at: node.position, "\(number) is not \(noun) (\(Self.text(limits)))\(end)")
                    return nil
                }
                return value
            },
            encode: { value, _ in Node(.integer(Int64(value))) }
        )
    }

    /// The limits for a message; the largest number there is, is no limit.
    private static func text(_ limits: ClosedRange<Int>) -> String {
        limits.upperBound == .max ? "\(limits.lowerBound) or more" : "\(limits.lowerBound)–\(limits.upperBound)"
    }
}

extension Form<String> {
    /// Text that a function finds nothing wrong with.
    static func text(
        example: String,
        pattern: String? = #"\S"#,
        longest: Int = IntentLimits.text,
        check: @escaping @Sendable (String) throws(UnitError) -> Void
    ) -> Form {
        parsed(
            schema: .text(pattern: pattern, example: example, longest: longest),
            expected: "text such as \(example.excerpt)",
            parse: { (text) throws(UnitError) in
                try check(text)
                return text
            },
            write: { Node(.string($0)) }
        )
    }

    /// Any text but none at all.
    static func text(_ noun: String, example: String) -> Form {
        text(example: example) { (text) throws(UnitError) in
            let isBlank = text.utf8.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            if isBlank { throw UnitError("\(text.excerpt) is not \(noun)", example: example) }
        }
    }

    /// Text for people, which may be empty.
    static let remark = text(example: "looking into it", pattern: nil) { (_) throws(UnitError) in }

    /// One label of a name (RFC 1123).
    static func label(_ noun: String, example: String) -> Form {
        text(
            example: example,
            pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",
            longest: DNSName.longestLabel
        ) { (text) throws(UnitError) in
            if !DNSName.isLabel(text) {
                let reason = "up to 63 lower-case letters, digits and -, a letter or digit at both ends"
                let problem = "\(text.excerpt) is not \(noun): \(reason)"
                throw UnitError(problem, example: DNSName.label(from: text) ?? example)
            }
        }
    }

    /// Labels with dots between them (RFC 1123).
    static func subdomain(_ noun: String, example: String) -> Form {
        let label = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"
        return text(
            example: example,
            pattern: "^\(label)(\\.\(label))*$",
            longest: DNSName.longestSubdomain
        ) { (text) throws(UnitError) in
            if !DNSName.isSubdomain(text) {
                let reason = "up to 253 lower-case letters, digits, - and ., a letter or digit at both ends"
                let problem = "\(text.excerpt) is not \(noun): \(reason)"
                throw UnitError(problem, example: DNSName.subdomain(from: text) ?? example)
            }
        }
    }
}

extension Form<[String: String]> {
    /// A mapping of any keys to text, written in the order of the keys.
    static let texts = Form(
        schema: .texts,
        decode: { node, findings in
            guard let members = node.mapping else {
                findings.mismatch(node, expected: "a mapping")
                return nil
            }
            var texts: [String: String] = [:]
            for member in members {
                if let text = member.node.scalarText {
                    texts[member.key] = text
                } else {
                    findings.enter(.key(member.key))
                    findings.mismatch(member.node, expected: "text")
                    findings.leave()
                }
            }
            return texts
        },
        encode: { texts, _ in
            let members = texts.sorted { $0.key < $1.key }.map { Node.Member($0.key, Node(.string($0.value))) }
            return Node(.mapping(members))
        }
    )
}

extension Node {
    /// The number, where it is whole, also when it was written `2.0`.
    var wholeNumber: Int64? {
        switch value {
        case .integer(let integer): integer
        case .number(_, let text): Self.wholeNumber(text)
        default: nil
        }
    }

    private static func wholeNumber(_ text: String) -> Int64? {
        guard case .number(let number, let rest) = DecimalNumber.scan(text[...]), rest.isEmpty,
            case .count(let count) = number.scaled(by: 1, rounding: .refused)
        else { return nil }
        return count
    }
}
