import FlexAI
import Reconciling

/// FlexAI's replies: no reply crashes, shows a secret, or is taken for what it does not say.
enum FuzzTarget {
    static func run(_ bytes: [UInt8]) {
        var input = FuzzInput(bytes)
        let reply = ReplyFuzzing.reply(&input)
        ReplyFuzzing.judge(
            { transport in
                let configuration = FlexAIConfiguration(
                    baseURL: "https://api.test/",
                    apiKey: ReplyFuzzing.secret,
                    organizationID: "org",
                    operatorID: "operator"
                )
                return FlexAIPlatform(configuration, transport: transport, now: { ReplyFuzzing.now })
            },
            reply
        )
    }
}
