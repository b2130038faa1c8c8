import Intents

/// What happens to a purchase whose outcome neither key nor list can tell.
enum UnknownCreateSetting: Hashable, Sendable {
    /// The slot waits for a person.
    case halt
    /// After this long it counts as not created.
    case retryAfter(Duration)
}

/// The platform FlexAI.
struct FlexAISettings: Hashable, Sendable {
    /// Whether a platform does something with idempotency keys.
    enum IdempotencyKeys: String, CaseIterable, Hashable, Sendable {
        /// A repeated create with one key is one purchase.
        case honoured
        /// It may be another one.
        case ignored
    }

    /// Whether bare instances may carry workloads that FlexAI cannot start.
    enum BareInstances: String, CaseIterable, Hashable, Sendable {
        /// They may.
        case allowed
        /// They may not.
        case forbidden
    }

    /// What a create says where the intent is silent.
    struct Defaults: Hashable, Sendable {
        /// Cores.
        var cpuCores = 8
        /// Memory in GB.
        var ramGB = 32
        /// The environment that is set up.
        var environment = "jupyter"
    }

    /// The calls' paths behind the base URL; `{id}` stands for the instance.
    struct Paths: Hashable, Sendable {
        /// What is on sale.
        var gpuTypes = "/v1/compute/gpu-types"
        /// Buying.
        var create = "/v1/compute/instances"
        /// Everything that lives.
        var list = "/v1/compute/instances"
        /// One instance.
        var status = "/v1/compute/instances/{id}"
        /// Stopping one.
        var stop = "/v1/compute/instances/{id}/stop"
        /// Deleting one.
        var delete = "/v1/compute/instances/{id}"
    }

    /// The base URL; nil means that FlexAI is not used.
    var url: String?
    /// The key.
    var apiKey = SecretSource.none
    /// The organization that is billed.
    var organization: String?
    /// The currency of its prices.
    var currency = "EUR"
    /// Where its machines stand; nil means that nobody knows.
    var location: String?
    /// Whether it honours idempotency keys.
    var idempotencyKeys = IdempotencyKeys.ignored
    /// How long it remembers a key.
    var keyLifetime = Duration.seconds(86_400)
    /// What happens to purchases that nothing can tell of.
    var onUnknownCreate = UnknownCreateSetting.halt
    /// Whether nobody else buys on the account.
    var exclusiveAccount = false
    /// How late its list can be at most; nil means that nobody knows.
    var listingDelayBound: Duration?
    /// Whether bare instances may carry any workload.
    var bareInstances = BareInstances.forbidden
    /// What a create says where the intent is silent.
    var defaults = Defaults()
    /// The calls' paths.
    var paths = Paths()
    /// A file with the certificates that its own is checked against; nil means the system's.
    var certificateAuthority: String?
}

/// The platform FLARE.
struct FLARESettings: Hashable, Sendable {
    /// Which spelling of the fields it understands.
    enum Dialect: String, CaseIterable, Hashable, Sendable {
        /// The one of the reference.
        case seed
        /// The one of newer servers.
        case head
    }

    /// The base URL; nil means that FLARE is not used.
    var url: String?
    /// The token.
    var token = SecretSource.none
    /// Which spelling it understands.
    var dialect = Dialect.seed
    /// What happens to purchases that nothing can tell of.
    var onUnknownCreate = UnknownCreateSetting.halt
    /// Whether nobody else buys with the account.
    var exclusiveAccount = false
    /// How late its list can be at most; nil means that nobody knows.
    var listingDelayBound: Duration?
    /// A file with the certificates that its own is checked against; nil means the system's.
    var certificateAuthority: String?
}

/// An address to listen on, written `127.0.0.1:8080`, `[::1]:8080` or `:8080`.
struct ListenAddress: Hashable, Sendable {
    /// The address or host; empty means every address.
    var host: String
    /// The port; 0 lets the system choose.
    var port: UInt16

    /// An address from its parts.
    init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads an address, or nil where the text is none.
    init?(parsing text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { return nil }
        } else if host.contains(where: { $0 == ":" || $0 == "[" || $0 == "]" || $0 == "/" || $0.isWhitespace }) {
            return nil
        }
        self.init(host: String(host), port: port)
    }

    /// The address as it is written.
    var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
