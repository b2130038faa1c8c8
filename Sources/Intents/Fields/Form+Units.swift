import Documents

extension Form<Quantity> {
    /// What a quantity looks like; the reader knows more precisely.
    private static let suffixed = #"^[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?(m|[kKMGTP]|[KMGTP]i)?$"#
    private static let plain = #"^[0-9]*\.?[0-9]+$"#

    /// A number with a suffix, more than none.
    static func amount(example: String) -> Form {
        unit(suffixed, example, Quantity.init(parsing:)) { Node(.string($0.text)) }
    }

    /// A number of cores, more than none; written without a suffix.
    static let cores = unit(suffixed, "4.5", Quantity.init(parsing:)) { Node(.string($0.plainText)) }

    /// A plain number as text, more than none.
    static func score(example: String) -> Form {
        unit(plain, example, { (text) throws(UnitError) in try Quantity(parsingNumber: text) }) {
            Node(.string($0.plainText))
        }
    }

    /// A fraction between 0 and 1, as text.
    static let fractionText = Form.parsed(
        schema: .numberOrText(pattern: plain, example: "0.95"),
        expected: "a fraction between 0 and 1",
        parse: { (text) throws(UnitError) in try Quantity(parsingFraction: text) },
        write: { Node(.string($0.plainText)) }
    )

    /// A fraction between 0 and 1, as a number.
    static let fraction = Form.parsed(
        schema: .number(0...1000),
        expected: "a fraction between 0 and 1",
        parse: { (text) throws(UnitError) in try Quantity(parsingFraction: text) },
        write: { $0.number }
    )

    /// A percentage, as text with its sign.
    static let percentageText = Form.parsed(
        schema: .numberOrText(pattern: #"^[0-9]*\.?[0-9]+ ?%?$"#, example: "99.9%"),
        expected: "text such as \"99.9%\"",
        parse: { (text) throws(UnitError) in try Quantity(parsingPercentage: text) },
        write: { Node(.string($0.percentageText)) }
    )

    /// A percentage, as a number.
    static let percentage = Form.parsed(
        schema: .number(0...100_000),
        expected: "a percentage",
        parse: { (text) throws(UnitError) in try Quantity(parsingPercentage: text) },
        write: { $0.number }
    )

    /// A power usage effectiveness: nothing uses less than its computers do.
    static let powerUsage = Form.parsed(
        schema: .number(1000...Int64.max),
        expected: "a number such as 1.4",
        parse: { (text) throws(UnitError) in
            let number = try Quantity(parsingNumber: text)
            guard number.thousandths >= 1000 else {
                throw UnitError("\(text) is not a power usage effectiveness: 1 is the best there is", example: "1.4")
            }
            return number
        },
        write: { $0.number }
    )

    /// A bandwidth, more than none.
    static let bandwidth = unit(
        #"^[0-9]*\.?[0-9]+ ?[kKMGT]?(bps|bit/s|b/s)$"#,
        "10Gbps",
        Quantity.init(parsingBandwidth:)
    ) {
        Node(.string($0.bandwidthText))
    }

    /// An emission of CO2.
    static let carbon = Form.parsed(
        schema: .text(pattern: #"^[0-9]*\.?[0-9]+ ?(mg|g|kg|t) ?CO2e?/h(our)?$"#, example: "50g CO2/h"),
        expected: "text such as \"50g CO2/h\"",
        parse: Quantity.init(parsingCarbon:),
        write: { Node(.string($0.carbonText)) }
    )

    /// A form that refuses nothing at all.
    private static func unit(
        _ pattern: String,
        _ example: String,
        _ parse: @escaping @Sendable (String) throws(UnitError) -> Quantity,
        write: @escaping @Sendable (Quantity) -> Node
    ) -> Form {
        parsed(
            schema: .numberOrText(pattern: pattern, example: example),
            expected: "text such as \(example.excerpt)",
            parse: { (text) throws(UnitError) in
                let quantity = try parse(text)
                guard quantity.thousandths > 0 else {
                    throw UnitError("\(text.excerpt) asks for nothing: leave the field out", example: example)
                }
                return quantity
            },
            write: write
        )
    }
}

extension Quantity {
    /// The amount as a plain number of a document.
    fileprivate var number: Node {
        if thousandths % 1000 == 0 { return Node(.integer(thousandths / 1000)) }
        return Node(.number(Double(thousandths) / 1000, text: plainText))
    }
}

extension Form<Money> {
    /// The most an hour may cost.
    static let hourlyCap = cap(Money.init(parsingRate:), #"^[0-9]*\.?[0-9]+ ?EUR( ?/ ?h(our)?)?$"#)

    /// The most that everything may cost.
    static let totalCap = cap(Money.init(parsing:), #"^[0-9]*\.?[0-9]+ ?EUR$"#)

    private static func cap(
        _ parse: @escaping @Sendable (String) throws(UnitError) -> Money,
        _ pattern: String
    ) -> Form {
        parsed(
            schema: .text(pattern: pattern, example: "10 EUR"),
            expected: "text such as \"10 EUR\"",
            parse: { (text) throws(UnitError) in
                let money = try parse(text)
                guard money > .zero else { throw UnitError("\(text.excerpt) buys nothing", example: "10 EUR") }
                return money
            },
            write: { Node(.string($0.text)) }
        )
    }
}

extension Form<Duration> {
    /// A span, more than none.
    static func span(example: String) -> Form {
        parsed(
            schema: .text(
                pattern: #"^[0-9]*\.?[0-9]+ ?(y|w|d|h|m|s|ms)( ?[0-9]*\.?[0-9]+ ?(w|d|h|m|s|ms))*$"#,
                example: example
            ),
            expected: "text such as \(example.excerpt)",
            parse: { (text) throws(UnitError) in
                let span = try Duration(parsing: text)
                guard span > .zero else { throw UnitError("\(text.excerpt) is no time at all", example: example) }
                return span
            },
            write: { Node(.string($0.text)) }
        )
    }
}

extension Form<Int> {
    /// A latency written as a span, in whole milliseconds.
    static let latency = parsed(
        schema: .text(pattern: #"^[0-9]*\.?[0-9]+ ?m?s$"#, example: "50ms"),
        expected: "text such as \"50ms\"",
        parse: { (text) throws(UnitError) in
            let span = try Duration(parsing: text)
            guard span > .zero, let milliseconds = Int(exactly: span.milliseconds), milliseconds <= IntentLimits.latency
            else {
                throw UnitError("\(text.excerpt) is not a latency (1ms–\(IntentLimits.latency)ms)", example: "50ms")
            }
            return milliseconds
        },
        write: { Node(.string("\($0)ms")) }
    )

    /// A time of day, in minutes after midnight.
    static let clock = parsed(
        schema: .text(pattern: "^([01]?[0-9]|2[0-3]):[0-5][0-9]$", example: "09:00"),
        expected: "text such as \"09:00\"",
        parse: { (text) throws(UnitError) in try ClockTime(parsing: text).minutes },
        write: { Node(.string(ClockTime(minutes: $0).text)) }
    )

    /// A day of the week, 1 (Monday) to 7.
    static let weekday: Form = {
        let word = Form<Weekday>.word("a day of the week")
        return Form(
            schema: word.schema,
            decode: { node, findings in word.decode(node, &findings)?.number },
            encode: { number, completeness in Weekday(number: number).flatMap { word.encode($0, completeness) } }
        )
    }()
}

extension Form<Timestamp> {
    /// A moment with a zone.
    static let moment = parsed(
        schema: .text(
            pattern:
                #"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)$"#,
            example: "2027-01-04T07:00:00Z"
        ),
        expected: "text such as \"2027-01-04T07:00:00Z\"",
        parse: Timestamp.init(parsing:),
        write: { Node(.string($0.text)) }
    )
}

extension Form<ComputeCapability?> {
    /// A compute capability, or `any`.
    static let capabilityOrAny = parsed(
        schema: .numberOrText(pattern: #"^([1-9][0-9]?(\.[0-9]{1,2})?|any)$"#, example: "8.0"),
        expected: "text such as \"8.0\"",
        parse: { (text) throws(UnitError) in text == "any" ? nil : try ComputeCapability(parsing: text) },
        write: { $0.map { Node(.string($0.text)) } }
    )
}
