/// Which figure is measured, from the command line.
enum BenchCommand {
    /// How it is called.
    static let usage = """
        usage: bench reaction DIRECTORY FILES CHANGES
               bench decide ROUNDS
               bench placement PRICE-LIST
               bench loads HOSTS PERCENT
               bench cluster-reaction KUBECONFIG NAMESPACE INTENTS CHANGES
               bench cluster-create KUBECONFIG NAMESPACE INTENTS
               bench cluster-writes KUBECONFIG NAMESPACE INTENTS
               bench cluster-await KUBECONFIG NAMESPACE INTENTS
        """

    /// Runs with the words of the command line; returns the exit status.
    @concurrent
    static func start(_ words: [String]) async -> Int32 {
        do {
            guard try await measure(words) else {
                Report.complain(usage)
                return 1
            }
            return 0
        } catch {
            Report.complain("bench: \((error as? ReactionBench.Failure)?.text ?? String(describing: error))")
            return 1
        }
    }

    /// False where the words make no sense.
    private static func measure(_ words: [String]) async throws -> Bool {
        let numbers = words.suffix(from: min(words.count, 2)).compactMap { Int($0) }.filter { $0 > 0 }
        switch (words.first, words.count, numbers.count) {
        case ("decide", 2, _):
            guard let rounds = Int(words[1]), rounds > 0 else { return false }
            DecideBench.report(rounds: rounds)
        case ("placement", 2, 0): try PlacementBench(list: words[1]).report()
        case ("loads", 3, 1):
            guard let hosts = Int(words[1]), hosts > 0 else { return false }
            try await LoadServer(hosts: hosts, percent: numbers[0]).run()
        case ("reaction", 4, 2):
            let changes = try IntentFiles(directory: words[1]).changes(numbers[1])
            try await ReactionBench(intents: numbers[0], changes: changes).report()
        case ("cluster-reaction", 5, 2):
            let cluster = try ClusterBench(kubeconfig: words[1], namespace: words[2])
            defer { cluster.shutdown() }
            let changes = (1...numbers[1]).map { number in
                ReactionBench.Change(name: "bench-\(number)") { try await cluster.scale(number, to: 2) }
            }
            try await ReactionBench(intents: numbers[0], changes: changes).report()
        case ("cluster-create", 4, 1):
            let cluster = try ClusterBench(kubeconfig: words[1], namespace: words[2])
            defer { cluster.shutdown() }
            Report.tell(String(Int(try await cluster.create(numbers[0]))))
        case ("cluster-writes", 4, 1):
            let cluster = try ClusterBench(kubeconfig: words[1], namespace: words[2])
            defer { cluster.shutdown() }
            let creates = try await cluster.create(numbers[0])
            Report.tell("\(Int(creates)) \(Int(try await cluster.writeStatuses(numbers[0])))")
        case ("cluster-await", 4, 1):
            let cluster = try ClusterBench(kubeconfig: words[1], namespace: words[2])
            defer { cluster.shutdown() }
            await cluster.awaitRunning(numbers[0])
        default: return false
        }
        return true
    }
}
