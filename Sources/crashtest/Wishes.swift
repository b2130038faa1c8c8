import Intents

/// The files of a round: what they ask for now, and what they asked for at every moment before.
struct Wishes {
    /// What was asked for from a moment on.
    private struct Entry {
        /// From when on.
        let at: Timestamp
        /// How many allocations; 0 for no file.
        let slots: Int
    }

    private let folder: String
    private var timeline: [String: [Entry]] = [:]

    /// The most files on FlexAI and on FLARE, and the most replicas on FlexAI.
    static let most = (flexai: 5, flare: 2, replicas: 3)

    /// No files yet.
    init(folder: String) { self.folder = folder }

    /// How many allocations each intent is to have; those without a file are left out.
    var wanted: [String: Int] { timeline.compactMapValues { $0.last?.slots }.filter { $0.value > 0 } }

    /// Changes one thing: a new file, another number of replicas, or a file less.
    mutating func change(_ dice: inout CrashDice) throws(CrashFailure) {
        let isFlexAI = !dice.oneIn(4)
        let name =
            isFlexAI ? "notebook-\(dice.number(1...Self.most.flexai))" : "model-\(dice.number(1...Self.most.flare))"
        let present = wanted[name] ?? 0
        let slots = present > 0 && dice.oneIn(4) ? 0 : isFlexAI ? dice.number(1...Self.most.replicas) : 1
        if slots == present { return }
        // Written down before it is done: nobody can act upon it earlier.
        timeline[name, default: []].append(Entry(at: .present, slots: slots))
        let path = "\(folder)/\(name).yaml"
        if slots == 0 {
            RoundFiles.remove(path)
        } else {
            try RoundFiles.replace(path, with: isFlexAI ? Self.notebook(name, slots) : Self.model(name))
        }
    }

    /// Whether a slot was asked for, or was not, at some moment between two.
    func was(_ place: SlotPlace, wanted: Bool, from start: Timestamp, to end: Timestamp) -> Bool {
        let entries = timeline[place.intent] ?? []
        let standing = entries.last { $0.at <= start }?.slots ?? 0
        if (place.slot < standing) == wanted { return true }
        return entries.contains { $0.at > start && $0.at <= end && (place.slot < $0.slots) == wanted }
    }

    private static func notebook(_ name: String, _ replicas: Int) -> String {
        """
        apiVersion: intent-operator.dev/v1alpha1
        kind: Intent
        metadata: {name: \(name)}
        spec:
          objective: Cost_Minimization
          workload:
            type: service
            name: \(name)
            image: jupyter/pytorch-notebook:latest
            resources: {cpu: "4", memory: 16Gi, gpu: {count: 1, memory: 16Gi}}
            scaling: {min_replicas: \(replicas), max_replicas: \(most.replicas)}
          constraints: {providers: [flexai]}

        """
    }

    private static func model(_ name: String) -> String {
        """
        intent:
          objective: Cost_Minimization
          workload:
            type: service
            name: \(name)
            image: "lmsysorg/sglang:latest"
            commands: ["serve"]
            resources: {cpu: "4", memory: 16Gi, gpu: {model: nvidia-a100, count: 1}}
            scaling: {min_replicas: 1, max_replicas: 1}
          constraints: {location: EU, providers: [flare]}

        """
    }
}
