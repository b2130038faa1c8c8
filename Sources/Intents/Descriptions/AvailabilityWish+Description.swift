import Documents

extension AvailabilityWish: Described {
    static let description = ObjectDescription<AvailabilityWish>(
        "availability",
        "When the provider must be available",
        fields: [
            .optional("window_start", \.windowStart, .clock, "Start of the daily window"),
            .optional(
                "window_end",
                \.windowEnd,
                .clock,
                "End of the daily window; before the start means over midnight"
            ),
            .optional("timezone", \.timeZone, .timeZone, "An IANA time zone", documented: "UTC"),
            .standard("days_of_week", \.daysOfWeek, .list(of: .weekday), "Days of the week; nothing means all"),
            .standard("blackout_dates", \.blackoutDates, .list(of: .day), "Days without availability"),
            .standard("maintenance_windows", \.maintenanceWindows, .list(of: .object()), "Scheduled maintenance"),
        ],
        rules: rules
    )
}

extension AvailabilityWish.MaintenanceWindow: Described {
    static let description = ObjectDescription<AvailabilityWish.MaintenanceWindow>(
        "maintenance_window",
        "A span of maintenance that comes again",
        fields: [
            .required("start", \.start, .moment, "When it first starts"),
            .required("end", \.end, .moment, "When it first ends"),
            .standard("frequency", \.frequency, .word("a frequency"), "How often it comes again"),
        ],
        rules: rules
    )
}
