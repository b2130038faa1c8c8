import FLARE
import FlexAI
import Intents
import Placement
import Reconciling

/// How both platforms behave towards one run's operator, and how it is configured for them.
struct WorldFaces: Sendable {
    /// FlexAI's face.
    let variant: WorldVariant
    /// FlexAI's side.
    let flexai: FlexAISettings
    /// FLARE's side.
    let flare: FLARESettings
    /// What FLARE's operator was told of its listings.
    let listedNames: FLAREConfiguration.ListedNames

    /// The longest time after which a purchase is seen under its id; less than the grace that FLARE is given.
    private static let longestInvisibility: Int64 = 40_000
    /// How late listings are at most, as the operator is told.
    private static let listingDelay = Duration.seconds(90)

    /// Faces as the dice fall; FlexAI's are those of the variant.
    init(_ variant: WorldVariant, dice: inout Dice) {
        func span(_ most: Int64) -> Duration {
            Bool.random(using: &dice) ? .zero : .milliseconds(Int64.random(in: 0...most, using: &dice))
        }
        self.variant = variant
        let isLoose = Bool.random(using: &dice)
        flexai = variant.platform(boot: span(60_000), stop: span(20_000), delete: span(40_000), loose: isLoose)
        var flare = FLARESettings()
        flare.dialect = Bool.random(using: &dice) ? .seed : .head
        flare.replies = Bool.random(using: &dice) ? .flat : .nested
        flare.listEntries = Int.random(in: 0..<3, using: &dice) == 0 ? .nameless : .named
        flare.verification = Bool.random(using: &dice) ? .offered : .absent
        flare.startTime = span(40_000)
        flare.deleteTime = span(40_000)
        flare.visibilityTime = span(Self.longestInvisibility)
        if Int.random(in: 0..<3, using: &dice) == 0 { flare.jobRuntime = .seconds(60) + span(120_000) }
        if Int.random(in: 0..<4, using: &dice) == 0 { flare.jobEnding = .failed }
        self.flare = flare
        let isTold = Bool.random(using: &dice)
        listedNames = !isTold ? .observed : flare.listEntries == .named ? .shown : .missing
    }

    /// Faces that are chosen; FLARE's operator finds out by itself what listings show.
    init(_ variant: WorldVariant, flexai: FlexAISettings, flare: FLARESettings) {
        self.variant = variant
        self.flexai = flexai
        self.flare = flare
        listedNames = .observed
    }

    /// Whether nothing but a person can find out what became of an unknown purchase.
    ///
    /// Where FLARE's list has no names and its details only show a workload's URL, nothing can tell a stranger's.
    func needsPerson(on platform: PlatformName) -> Bool {
        switch platform {
        case .flexai: variant.needsPerson
        default: flare.listEntries == .nameless && flare.replies == .flat
        }
    }

    /// The operator's side of FlexAI.
    func flexaiConfiguration(operatorID: String, _ settings: [WorldSetting] = []) -> FlexAIConfiguration {
        let isElsewhere = settings.contains(.elsewhere(.flexai))
        var configuration = variant.configuration(isElsewhere ? elsewhere.flexai : flexai, operatorID: operatorID)
        if settings.contains(.keysIgnored) { configuration.idempotencyKeys = .ignored }
        if settings.contains(.unbounded) { configuration.listingDelayBound = nil }
        return configuration
    }

    /// Another account of both platforms, where nothing is sold.
    ///
    /// A FLARE that does not say whose a token is, or not always, has another address for it.
    var elsewhere: (flexai: FlexAISettings, flare: FLARESettings) {
        var (flexai, flare) = (flexai, flare)
        flexai.organization = "another-organization"
        flare.user = "another-user"
        return (flexai, flare)
    }

    /// The operator's side of FLARE; `alwaysSays` tells whether no release of it changes what it says of tokens.
    func flareConfiguration(_ settings: [WorldSetting] = [], alwaysSays: Bool = true) -> FLAREConfiguration {
        var configuration = FLAREConfiguration(
            baseURL: "https://flare.example",
            token: PlatformSecret(flare.token)
        )
        if settings.contains(.elsewhere(.flare)), flare.verification == .absent || !alwaysSays {
            configuration.baseURL = "https://another.example"
        }
        configuration.dialect = flare.dialect == .seed ? .seed : .head
        configuration.listedNames = listedNames
        if !settings.contains(.unbounded) { configuration.listingDelayBound = Self.listingDelay }
        return configuration
    }
}
