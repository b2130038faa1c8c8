/// Suspends a service that does nothing (`idle`).
package struct IdlePolicy: Hashable, Sendable {
    /// The load in percent, in thousandths, under which a slot does nothing.
    package var below = Quantity(thousandths: 5000)
    /// For how long every slot must have done nothing.
    package var period = Duration.seconds(1800)

    /// Under 5 % for half an hour.
    package init() {}
}
