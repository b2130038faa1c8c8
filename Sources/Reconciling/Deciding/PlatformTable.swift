package import Placement

/// What is known of each platform: a handful, found by name faster than by a hash.
package struct PlatformTable: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// The names of the platforms, in the order in which they were added.
    package private(set) var keys: [PlatformName] = []
    /// What is known of them, in the same order.
    package private(set) var values: [PlatformSituation] = []

    /// A table of these platforms; of two entries with one name the later counts.
    package init(dictionaryLiteral elements: (PlatformName, PlatformSituation)...) {
        for (name, situation) in elements { self[name] = situation }
    }

    /// What is known of a platform; nil where it is not configured.
    package subscript(name: PlatformName) -> PlatformSituation? {
        get { place(of: name).map { values[$0] } }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let situation?): values[place] = situation
            case (let place?, nil):
                keys.remove(at: place)
                values.remove(at: place)
            case (nil, let situation?):
                keys.append(name)
                values.append(situation)
            case (nil, nil): break
            }
        }
    }

    /// How a platform behaves; nil where it is not configured.
    package func traits(of name: PlatformName) -> PlatformTraits? { place(of: name).map { values[$0].traits } }

    private func place(of name: PlatformName) -> Int? { keys.firstIndex(of: name) }
}
