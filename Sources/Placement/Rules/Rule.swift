import Intents

/// One wish of an intent, ready to be held against offers.
///
/// A rule lives in one file: how the wish is read, when an offer grants it, and the words for when it does not.
protocol Rule: Sendable {
    /// The rule for what a question wishes; nil where it wishes nothing of the kind.
    static func asked(by question: Question) -> Self?

    /// The field's path under `spec`.
    var name: String { get }
    /// What is wished for, in words.
    var wish: String { get }
    /// The code of a refusal for which this wish alone is to blame.
    var code: RefusalCode { get }
    /// The part of an offer that the rule looks at: it says the same of all offers that are alike there.
    var scope: RuleScope { get }

    /// Whether an offer grants the wish.
    func fits(_ listing: Listing) -> Bool
    /// Puts a bit to the mask of each class whose first offer does not grant the wish.
    ///
    /// A requirement so that each rule has a loop of its own, without a call through its type for every class.
    func mark(_ bit: UInt64, in masks: inout [UInt64], of classes: [Listing])
    /// Why an offer that does not grant it does not: a clause without a full stop.
    func reason(_ listing: Listing) -> String
    /// Who sees to the wish on a platform, and for an offer chosen there; nil where it is no wish of the intent.
    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict?
}

extension Rule {
    var code: RefusalCode { .insufficientResources }

    func verdict(on platform: PlatformName, offer: Offer?) -> ConstraintVerdict? {
        enforced("only offers that grant it are chosen")
    }

    func mark(_ bit: UInt64, in masks: inout [UInt64], of classes: [Listing]) {
        for index in classes.indices where !fits(classes[index]) { masks[index] |= bit }
    }

    /// A verdict that the operator sees to the wish.
    func enforced(_ why: String) -> ConstraintVerdict {
        ConstraintVerdict(name: name, verdict: .enforced, why: why)
    }

    /// The verdict on a wish that this offer says nothing about.
    func unstated(on platform: PlatformName) -> ConstraintVerdict {
        platform == .flare
            ? ConstraintVerdict(name: name, verdict: .forwarded, why: "the offer does not state it; FLARE is told")
            : ConstraintVerdict(name: name, verdict: .unsupported, why: "the offer does not state it")
    }

    /// Why an offer does not fit, in words; nil where it does.
    func rejects(_ listing: Listing) -> String? { fits(listing) ? nil : reason(listing) }
}
