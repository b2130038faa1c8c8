/// One filter of a FLUIDOS selector, with its data.
package enum FluidosFilter: Hashable, Sendable {
    /// A text that must be equal.
    case text(String)
    /// A number of thousandths that must be equal.
    case number(Int64)
    /// Numbers of thousandths; an end that is nil is open.
    case numbers(least: Int64?, most: Int64?)
    /// Quantities as Kubernetes writes them; an end that is nil is open.
    case resources(least: String?, most: String?)
    /// A truth that must be equal.
    case truth(Bool)

    /// FLUIDOS's names for kinds of filters.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Texts that are equal.
        case string = "StringFilter"
        /// Texts within a range.
        case stringRange = "StringRangeSelector"
        /// Numbers that are equal.
        case number = "NumberMatchFilter"
        /// Numbers within a range.
        case numberRange = "NumberRangeFilter"
        /// Quantities that are equal.
        case resource = "ResourceMatchSelector"
        /// Quantities within a range.
        case resourceRange = "ResourceRangeSelector"
        /// Truths.
        case boolean = "BooleanFilter"
    }

    /// FLUIDOS's name for the filter.
    package var kind: Kind {
        switch self {
        case .text: .string
        case .number: .number
        case .numbers: .numberRange
        case .resources: .resourceRange
        case .truth: .boolean
        }
    }
}
