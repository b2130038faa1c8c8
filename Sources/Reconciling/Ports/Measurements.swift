/// Where the loads of what runs are measured.
///
/// Promises of an implementation: one read answers for every intent at once, whatever their number; what is not measured
/// is missing and never zero; secrets never reach an error.
package protocol Measurements: Sendable {
    /// The loads as they are now.
    func read() async throws(MeasurementError) -> LoadReport
}

/// The loads of everything that is measured, at one moment.
package struct LoadReport: Hashable, Sendable {
    /// What a load belongs to.
    package enum Place: Hashable, Sendable {
        /// A host, by its name or address, without a port.
        case host(String)
        /// A slot of an intent, where the series say so.
        case slot(IntentKey, Int)
    }

    /// GPU loads in hundredths of a percent; nil where they are not measured at all.
    package var gpu: [Place: Int]?
    /// CPU loads in hundredths of a percent; nil where they are not measured at all.
    package var cpu: [Place: Int]?

    /// A report of loads.
    package init(gpu: [Place: Int]?, cpu: [Place: Int]?) {
        self.gpu = gpu
        self.cpu = cpu
    }
}

/// Why nothing could be measured.
package struct MeasurementError: Error, Hashable, Sendable {
    /// What happened and what to do, for people.
    package var message: String

    /// An error.
    package init(_ message: String) { self.message = message }
}
