import Reconciling

/// `resolve`: says what became of a purchase that nobody can tell.
struct ResolveCommand: Command {
    private let name: String
    private let slot: Int
    private let adopted: AllocationID?

    init(_ line: ParsedLine) throws(UsageError) {
        name = line.arguments[0]
        guard let slot = line.value(.slot).flatMap({ Int($0) }), slot >= 0 else {
            throw UsageError("--slot N is missing or is no number from 0", in: line.command)
        }
        self.slot = slot
        let id = line.value(.adopt)
        guard (id != nil) != line.isOn(.abandon) else {
            throw UsageError("say one of --adopt ID and --abandon", in: line.command)
        }
        if let id, id.isEmpty { throw UsageError("--adopt needs the platform's id", in: line.command) }
        adopted = id.map(AllocationID.init(rawValue:))
    }

    func run(_ context: CommandContext) async throws(CommandError) -> ExitCode {
        let key = try await context.view(name).key
        return try await context.request(
            adopted.map { .adopt(key, slot: slot, $0) } ?? .abandon(key, slot: slot)
        )
    }
}
