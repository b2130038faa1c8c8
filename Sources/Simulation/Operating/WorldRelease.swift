/// Something that a new release of a platform does otherwise, until it is taken back.
enum WorldRelease: String, Hashable, Sendable, CaseIterable {
    /// FlexAI cannot list any more; where it could not, it can.
    case flexaiListing
    /// FlexAI keeps `user_id` to itself; where it did, it echoes it.
    case flexaiNames
    /// FlexAI forgets the `user_id` of what is bought, for good, and goes on to echo those of what was.
    case flexaiForgetsNames
    /// FlexAI answers in its other way.
    case flexaiWords
    /// FlexAI honours idempotency keys where it is not known to.
    case flexaiKeys
    /// FLARE speaks the other version of its API.
    case flareWords
    /// FLARE's replies have the other shape.
    case flareReplies
    /// FLARE's listing lacks names; where it did, it has them.
    case flareNames
    /// FLARE does not tell of a token's rights; where it did not, it does.
    case flareVerification
}

extension WorldFaces {
    /// How both platforms behave with these releases.
    func with(_ releases: [WorldRelease]) -> (flexai: FlexAISettings, flare: FLARESettings) {
        var (flexai, flare) = (flexai, flare)
        for release in WorldRelease.allCases where releases.contains(release) {
            switch release {
            case .flexaiListing: flexai.listing = flexai.listing == .offered ? .absent(status: 405) : .offered
            case .flexaiNames: flexai.userIDs = flexai.userIDs == .echoed ? .kept : .echoed
            case .flexaiForgetsNames: flexai.keepsUserIDs = false
            case .flexaiWords: flexai.dialect = flexai.dialect == .loose ? .documented : .loose
            case .flexaiKeys:
                if flexai.idempotencyKeys == .ignored { flexai.idempotencyKeys = .honoured(lifetime: .seconds(86_400)) }
            case .flareWords: flare.dialect = flare.dialect == .seed ? .head : .seed
            case .flareReplies: flare.replies = flare.replies == .flat ? .nested : .flat
            case .flareNames: flare.listEntries = flare.listEntries == .named ? .nameless : .named
            case .flareVerification: flare.verification = flare.verification == .offered ? .absent : .offered
            }
        }
        return (flexai, flare)
    }
}
