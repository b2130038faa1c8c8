import Reconciling

/// What was last reported of each Intent's object, as far as it can change what is wished for.
struct IntentSights: Sendable {
    /// What can change what is wished for.
    private struct Sight: Hashable, Sendable {
        var uid: String
        var generation: Int
        var isDeleting: Bool
        var labels: [String: String]
        var wishes: [String: String]

        init(_ metadata: ObjectMetadata) {
            uid = metadata.uid
            generation = metadata.generation
            isDeleting = metadata.isDeleting
            labels = metadata.labels
            wishes = metadata.annotations.filter { OwnAnnotation.wishes.contains($0.key) }
        }
    }

    private var sights: [ObjectName: Sight] = [:]

    /// Every name that was reported, as its file's name.
    var names: Set<String> { Set(sights.keys.map(\.description)) }

    /// Whether this was reported already.
    func knows(_ metadata: ObjectMetadata) -> Bool { sights[metadata.name] == Sight(metadata) }

    /// Notes that this is being reported; false where it was already.
    mutating func see(_ metadata: ObjectMetadata) -> Bool {
        let sight = Sight(metadata)
        return sights.updateValue(sight, forKey: metadata.name) != sight
    }

    /// Forgets an object that is gone.
    mutating func forget(_ object: Reflection.Identity) {
        if sights[object.name]?.uid == object.uid { sights[object.name] = nil }
    }

    /// Forgets everything that is not among these.
    mutating func keep(only present: [ObjectMetadata]) {
        let names = Set(present.map(\.name))
        sights = sights.filter { names.contains($0.key) }
    }
}
