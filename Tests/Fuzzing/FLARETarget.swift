import FLARE
import Reconciling

/// FLARE's replies, in both dialects, and those about tokens.
enum FuzzTarget {
    static func run(_ bytes: [UInt8]) {
        var input = FuzzInput(bytes)
        let dialect: FLAREDialect = input.below(2) == 0 ? .seed : .head
        let reply = ReplyFuzzing.reply(&input)
        let configuration: FLAREConfiguration = {
            var configuration = FLAREConfiguration(baseURL: "https://api.test", token: ReplyFuzzing.secret)
            configuration.dialect = dialect
            return configuration
        }()
        ReplyFuzzing.judge(
            { transport in FLAREPlatform(configuration, transport: transport, now: { ReplyFuzzing.now }) },
            reply
        )
        Waiting.wait {
            let tokens = FLARETokens(
                configuration,
                transport: OneReply(reply: reply),
                now: { ReplyFuzzing.now }
            )
            do throws(PlatformError) {
                for token in try await tokens.list() { claim(!token.id.isEmpty, "a token without a name") }
                _ = try await tokens.own()
                let made = try await tokens.create(name: "new")
                claim(made.token != nil, "a token that is none")
                claim(!"\(made)".contains("flr_seed_secret"), "a token shows: \(made)")
            } catch {
                claim(!"\(error)".contains(ReplyFuzzing.secret.revealed()), "the secret shows: \(error)")
            }
        }
    }
}
