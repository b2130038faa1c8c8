import Intents

/// `constraints.compliance.certifications`: every one of them must be held; `ISO 27001` and `iso27001` are one.
struct CertificationRule: StatedRule {
    /// What must be held, as the file writes it.
    let wanted: [String]
    let unstated: Unstated

    static func asked(by question: Question) -> Self? {
        let wanted = question.spec.constraints.compliance.certifications
        return wanted.isEmpty ? nil : Self(wanted: wanted, unstated: question.policy.unstated(.compliance))
    }

    var name: String { "constraints.compliance.certifications" }
    var wish: String { wanted.joined(separator: ", ") }
    var scope: RuleScope { .facts }
    var silence: String { "state its certifications" }

    func stated(by offer: Offer) -> [String]? { offer.facts.certifications }
    func grants(_ stated: [String]) -> Bool { missing(from: stated).isEmpty }
    func objection(_ stated: [String]) -> String { "it does not hold " + missing(from: stated).joined(separator: ", ") }

    /// Those wanted that are not among those held.
    private func missing(from held: [String]) -> [String] {
        wanted.filter { wanted in !held.contains { Self.isSame(wanted, $0) } }
    }

    /// Whether two names have the same letters and digits, in whatever case.
    static func isSame(_ left: String, _ right: String) -> Bool {
        var (one, other) = (left.utf8.makeIterator(), right.utf8.makeIterator())
        while true {
            let (mine, yours) = (letter(from: &one), letter(from: &other))
            if mine == foreign || yours == foreign { return name(left) == name(right) }
            if mine != yours { return false }
            if mine == nil { return true }
        }
    }

    /// What stands for a letter that is not ASCII, of which one byte tells too little.
    private static let foreign: UInt8 = 0xFF

    /// The next letter or digit, in lower case; nil at the end.
    private static func letter(from bytes: inout String.UTF8View.Iterator) -> UInt8? {
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): return byte
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): return byte | 0x20
            case 0x80...: return foreign
            default: continue
            }
        }
        return nil
    }

    /// A name's letters and digits, in lower case.
    private static func name(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
}
