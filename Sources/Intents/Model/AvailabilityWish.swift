/// When a provider must be available (`constraints.availability`).
package struct AvailabilityWish: Hashable, Sendable {
    /// Start of the daily window, in minutes after midnight.
    package var windowStart: Int?
    /// End of the daily window, in minutes after midnight; before the start means over midnight.
    package var windowEnd: Int?
    /// An IANA time zone; UTC where the file says nothing.
    package var timeZone: String?
    /// Days of the week, 1 (Monday) to 7 (Sunday); empty means all.
    package var daysOfWeek: [Int] = []
    /// Days without availability, as `YYYY-MM-DD`.
    package var blackoutDates: [String] = []
    /// Scheduled maintenance.
    package var maintenanceWindows: [MaintenanceWindow] = []

    /// Always.
    package init() {}

    /// A span of maintenance that comes again (`maintenance_windows[]`).
    package struct MaintenanceWindow: Hashable, Sendable {
        /// How often it comes again.
        package enum Frequency: String, Hashable, Sendable, CaseIterable {
            /// Every week.
            case weekly
            /// Every month.
            case monthly
        }

        /// When it first starts.
        package var start = Timestamp(milliseconds: 0)
        /// When it first ends.
        package var end = Timestamp(milliseconds: 0)
        /// How often it comes again.
        package var frequency = Frequency.weekly

        /// A window that has still to be filled in.
        package init() {}
    }
}
