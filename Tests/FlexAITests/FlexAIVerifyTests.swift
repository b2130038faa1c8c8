import FlexAI
import Intents
import Placement
import Reconciling
import Testing

/// What FlexAI is asked before the first purchase, and how it says that it behaves.
@Suite struct FlexAIVerifyTests {
    @Test func aPlatformThatListsNeedsNoWarning() async throws {
        let (platform, _) = Fixtures.platform([Fixtures.types: [.json(200, "[]")], Fixtures.list: [.json(200, "[]")]])
        #expect(try await platform.verify() == [])
    }

    @Test func neitherKeysNorListingIsAWarning() async throws {
        let script: [String: [ScriptedTransport.Turn]] = [
            Fixtures.types: [.json(200, "[]")], Fixtures.list: [.json(405, "{}")],
        ]
        #expect(try await Fixtures.platform(script).platform.verify().count == 1)
        var configuration = Fixtures.configuration()
        configuration.idempotencyKeys = .honoured(lifetime: FlexAIConfiguration.usualKeyLifetime)
        #expect(try await Fixtures.platform(script, configuration).platform.verify() == [])
    }

    @Test func theAccountIsTheConfiguredOne() async throws {
        let (platform, transport) = Fixtures.platform([:])
        #expect(platform.account == PlatformAccount(address: "https://api.test", holder: "org-7"))
        #expect(try await platform.holder() == nil)
        #expect(transport.sent.isEmpty)
        var configuration = Fixtures.configuration()
        configuration.accountAddress = "elsewhere"
        #expect(Fixtures.platform([:], configuration).platform.account.address == "elsewhere")
    }

    @Test func anotherCurrencyIsAWarning() async throws {
        var configuration = Fixtures.configuration()
        configuration.currency = "USD"
        let (platform, _) = Fixtures.platform(
            [Fixtures.types: [.json(200, "[]")], Fixtures.list: [.json(200, "[]")]],
            configuration
        )
        let warnings = try await platform.verify()
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("USD") == true)
    }

    @Test(arguments: [401, 403])
    func aRefusedKeyPausesThePlatform(status: Int) async {
        let (platform, _) = Fixtures.platform([Fixtures.types: [.json(status, #"{"detail":"Invalid API key"}"#)]])
        let problem = await failure { () async throws(PlatformError) in _ = try await platform.verify() }
        #expect(problem?.consequence == .pausePlatform)
        #expect(problem?.message == "Invalid API key")
    }

    @Test func aBrokenConfigurationPausesThePlatformWithoutACall() async {
        var configuration = Fixtures.configuration()
        configuration.apiKey = PlatformSecret("\n")
        let (platform, transport) = Fixtures.platform([:], configuration)
        let problem = await failure { () async throws(PlatformError) in _ = try await platform.verify() }
        #expect(problem?.consequence == .pausePlatform)
        #expect(transport.sent.isEmpty)
    }

    @Test func theTraitsFollowTheConfiguration() {
        let usual = Fixtures.platform([:]).platform.traits
        #expect(usual.carries == .slot)
        #expect(usual.visibilityGrace == .seconds(30))
        #expect(usual.stopsBeforeDelete)
        #expect(!usual.failedDeleteHidesAllocation)
        #expect(usual.idempotencyKeys == .ignored)
        #expect(usual.onUnknownCreate == .halt)
        var configuration = Fixtures.configuration()
        configuration.idempotencyKeys = .honoured(lifetime: .seconds(60))
        configuration.onUnknownCreate = .retryAfter(.seconds(600))
        configuration.exclusiveAccount = true
        configuration.listingDelayBound = .seconds(20)
        let traits = Fixtures.platform([:], configuration).platform.traits
        #expect(traits.idempotencyKeys == .honoured(lifetime: .seconds(60)))
        #expect(traits.onUnknownCreate == .retryAfter(.seconds(600)))
        #expect(traits.exclusiveAccount)
        #expect(traits.listingDelayBound == .seconds(20))
        #expect(Fixtures.platform([:]).platform.name == .flexai)
    }

    @Test(arguments: [
        ("ftp://api.test", true), ("api.test", true), ("https://", true), ("https://user:pass@api.test", true),
        ("https://api.test?x=1", true), ("https://api.test/ü", true), ("https://api.test", false),
        ("http://127.0.0.1:8080/gateway//", false), (" HTTPS://api.test/ ", false),
    ])
    func theBaseAddressIsLookedAt(url: String, isBroken: Bool) {
        var configuration = Fixtures.configuration()
        configuration.baseURL = url
        #expect(configuration.problems.isEmpty != isBroken, "\(configuration.problems)")
    }

    @Test func pathsAndNamesAreLookedAt() {
        let broken: [(inout FlexAIConfiguration) -> Void] = [
            { $0.paths.status = "/v1/instances" }, { $0.paths.create = "/v1/{id}" },
            { $0.paths.stop = "no-slash/{id}" },
            { $0.paths.list = "/a b" }, { $0.organizationID = "" }, { $0.organizationID = "a\r\nb" },
            { $0.operatorID = "" },
            { $0.userIDTemplate = "fixed" },
        ]
        for change in broken {
            var configuration = Fixtures.configuration()
            change(&configuration)
            #expect(configuration.problems.count == 1)
        }
    }
}
