/// What one intent could be given of what is on sale, while others want some of it too.
package struct Claim: Hashable, Sendable {
    /// One way to give an intent all that it waits for.
    package struct Option: Hashable, Sendable {
        /// A part of an offer.
        package struct Use: Hashable, Sendable {
            /// The offer.
            package var offer: Offer.ID
            /// How many slots it fills: all of them where one allocation carries the whole intent.
            package var slots: Int
            /// How many of its free GPUs that takes.
            package var gpus: Int

            /// A part of an offer.
            package init(_ offer: Offer.ID, slots: Int, gpus: Int) {
                self.offer = offer
                self.slots = slots
                self.gpus = gpus
            }
        }

        /// What is taken, of one offer or of several.
        package var uses: [Use]
        /// What it costs in an hour, in millionths of a euro; an offer that is worse by the intent's objective costs as
        /// much more as it is worse.
        package var cost: Int64

        /// A way that takes parts of offers.
        package init(_ uses: [Use], cost: Int64) {
            self.uses = uses
            self.cost = cost
        }
    }

    /// Whose.
    package var name: String
    /// How important it is; more goes first.
    package var priority: Int
    /// The ways, best first.
    package var options: [Option]

    /// A claim from its parts.
    package init(name: String, priority: Int = 0, options: [Option]) {
        self.name = name
        self.priority = priority
        self.options = options
    }
}
