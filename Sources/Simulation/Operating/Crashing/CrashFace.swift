import FLARE
import FlexAI
import Placement
import Reconciling

/// The platforms on which small histories are played: each as it behaves, with an operator that is configured for it.
package enum CrashFace: String, Hashable, Sendable, CaseIterable {
    /// FlexAI lists and echoes who bought.
    case flexaiListing = "flexai-listing"
    /// FlexAI lists without that; nobody else buys on the account.
    case flexaiExclusive = "flexai-exclusive"
    /// FlexAI cannot list, and honours idempotency keys.
    case flexaiKeys = "flexai-keys"
    /// FlexAI lists, echoes, and honours keys.
    case flexaiBoth = "flexai-both"
    /// FlexAI can do neither; unknown purchases wait for a person.
    case flexaiNeither = "flexai-neither"
    /// FLARE lists with names.
    case flareNamed = "flare-named"
    /// FLARE's listings have no names, but its answers about one intent do.
    case flareNameless = "flare-nameless"
    /// FLARE shows no names at all; unknown purchases wait for a person.
    case flareMute = "flare-mute"
    /// FLARE in its newer form, where what was bought is not seen at once.
    case flareHead = "flare-head"

    /// How long the platform takes to boot.
    private static let boot = Duration.seconds(5)
    /// How long it takes to delete.
    private static let delete = Duration.seconds(3)

    /// The platform.
    var platform: PlatformName { place == .flexai ? .flexai : .flare }

    /// Where its intents may live.
    var place: WorldWish.Place {
        switch self {
        case .flexaiListing, .flexaiExclusive, .flexaiKeys, .flexaiBoth, .flexaiNeither: .flexai
        case .flareNamed, .flareNameless, .flareMute, .flareHead: .flare
        }
    }

    /// Both platforms' behaviour; the one that is not played is the plainest.
    func faces(boot: Duration?) -> WorldFaces {
        let boot = boot ?? Self.boot
        var flare = FLARESettings()
        flare.startTime = boot
        flare.deleteTime = Self.delete
        flare.replies = self == .flareNameless ? .nested : .flat
        flare.listEntries = self == .flareNameless || self == .flareMute ? .nameless : .named
        if self == .flareHead {
            flare.dialect = .head
            flare.visibilityTime = .seconds(4)
        }
        return WorldFaces(
            variant,
            flexai: variant.platform(boot: boot, stop: .seconds(2), delete: Self.delete, loose: self == .flexaiKeys),
            flare: flare
        )
    }

    private var variant: WorldVariant {
        switch self {
        case .flexaiListing, .flareNamed, .flareNameless, .flareMute, .flareHead: .listing
        case .flexaiExclusive: .exclusive
        case .flexaiKeys: .keys
        case .flexaiBoth: .both
        case .flexaiNeither: .neither
        }
    }
}
