/// What a decision about one intent has to know beyond the intent, its rows and the platforms.
package struct Surroundings: Hashable, Sendable {
    /// Its availability window; nil where it is always open.
    package var hours: OpeningHours?
    /// What it depends on, in the order of its file.
    package var dependencies: [Dependency] = []
    /// The intents that depend on it and still hold something, sorted.
    package var dependents: [Dependent] = []
    /// The names of a circle of dependencies that it is part of, from itself to itself; empty where there is none.
    package var circle: [IntentKey] = []
    /// What its load has come to; nil where nothing is measured for it.
    package var load: LoadTrend?

    /// An intent that stands alone.
    package init() {}
}

/// An intent on which another one depends.
package struct Dependency: Hashable, Sendable {
    /// How it stands.
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// There is no such intent.
        case missing
        /// It is on its way.
        case coming
        /// It will not get there without a person, or is held back by one.
        case stuck
        /// All of it runs, or its work is done.
        case ready
    }

    /// Its name.
    package var key: IntentKey
    /// How it stands.
    package var state: State

    /// A dependency in a state.
    package init(_ key: IntentKey, _ state: State) {
        self.key = key
        self.state = state
    }
}

/// An intent that depends on another one and holds something.
package struct Dependent: Hashable, Sendable {
    /// Its name.
    package var key: IntentKey
    /// Whether it was withdrawn too, and is on its way out.
    package var isLeaving: Bool

    /// A dependent.
    package init(_ key: IntentKey, isLeaving: Bool) {
        self.key = key
        self.isLeaving = isLeaving
    }
}
