import Intents

/// What the platforms said of an intent's allocations in one reconcile, in the order in which they were looked at.
///
/// They are looked at in the order of their rows, so that who knows the place of a row finds its look without a hash.
package struct LookTable: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    private var attempts: [AttemptID] = []
    /// What was said, in the order of the looks.
    package private(set) var values: [Look] = []
    /// Whether one of them did not find what it looked for, or has not been believed yet.
    package private(set) var missesSomething = false

    /// A table of these looks; of two at one attempt the later counts.
    package init(dictionaryLiteral elements: (AttemptID, Look)...) {
        for (attempt, look) in elements { self[attempt] = look }
    }

    /// The look at an attempt; nil where it was not looked at.
    package subscript(attempt: AttemptID) -> Look? {
        get { place(of: attempt, notAfter: attempts.count - 1).map { values[$0] } }
        set {
            switch (place(of: attempt, notAfter: attempts.count - 1), newValue) {
            case (let place?, let look?):
                values[place] = look
                missesSomething = values.contains(where: \.isMiss)
            case (let place?, nil):
                attempts.remove(at: place)
                values.remove(at: place)
                missesSomething = values.contains(where: \.isMiss)
            case (nil, let look?): add(look, at: attempt)
            case (nil, nil): break
            }
        }
    }

    /// Adds a look at an attempt that has not been looked at yet.
    package mutating func add(_ look: Look, at attempt: AttemptID) {
        attempts.append(attempt)
        values.append(look)
        missesSomething = missesSomething || look.isMiss
    }

    /// The look at the attempt of a row; nil where it was not looked at.
    ///
    /// `row` is the row's place among those that were looked at one after the other: its look stands there or, where rows
    /// before it were not looked at, before.
    package func look(at attempt: AttemptID, row: Int) -> Look? {
        if let place = place(of: attempt, notAfter: min(row, attempts.count - 1)) { return values[place] }
        // Looks that were taken in another order.
        return row < attempts.count - 1 ? self[attempt] : nil
    }

    private func place(of attempt: AttemptID, notAfter last: Int) -> Int? {
        var place = last
        while place >= 0 {
            if attempts[place] == attempt { return place }
            place -= 1
        }
        return nil
    }
}

extension Look {
    fileprivate var isMiss: Bool {
        switch self {
        case .absent, .doubtful: true
        case .seen, .unreachable: false
        }
    }
}
