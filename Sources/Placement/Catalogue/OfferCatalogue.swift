/// Offers read from a price list, with everything that is wrong with it.
package struct OfferCatalogue: Sendable {
    /// Something wrong at a place of the file; the row there is skipped.
    package struct Problem: Hashable, Sendable {
        /// The line, from 1.
        package var line: Int
        /// The column, from 1, in bytes.
        package var column: Int
        /// The column's name; empty where the whole row is meant.
        package var field: String
        /// What is wrong and what would be right, without a full stop.
        package var message: String
    }

    /// Why a file is no price list at all.
    package struct Unreadable: Error, Hashable, Sendable {
        /// Where and why.
        package var problem: Problem
        /// What was wrong with the rows before.
        package var others: [Problem]
    }

    /// The largest price list, in bytes.
    package static let largestFile = 64 * 1024 * 1024
    /// The most rows.
    package static let mostRows = 200_000
    /// The most problems that are kept; further ones are counted only.
    package static let mostProblems = 100

    /// The platform that offers of price lists belong to: nothing can be bought there.
    package static let platform = PlatformName(rawValue: "catalogue")

    /// The columns that must be there.
    static let required = ["provider", "region", "gpu_model", "gpu_count", "price_per_hour_usd"]
    /// All columns that are read; others are passed over.
    static let columns =
        required + [
            "zone", "instance_type", "gpu_memory_gib", "vcpus", "memory_gib", "spot_price_per_hour_usd",
        ]

    /// One offer for each price: a row with a spot price is two.
    package private(set) var offers: [Offer] = []
    /// What is wrong, in the order of the file.
    package private(set) var problems: [Problem] = []
    /// How many rows were skipped.
    package private(set) var skipped = 0

    /// Reads a price list with the columns of `columns` in any order, prices in dollars.
    ///
    /// A price column may name another currency, as in `price_per_hour_eur`. Empty fields are unknown. A bad row is
    /// skipped; a file without a single good row, or without its columns, throws.
    package init(_ bytes: [UInt8]) throws(Unreadable) {
        guard bytes.count <= Self.largestFile else {
            throw Unreadable(at: 1, 1, "the file is larger than \(Self.largestFile) bytes")
        }
        var reader = CSVReader(bytes)
        guard case .fields(let names) = reader.next() else {
            throw Unreadable(at: 1, 1, "the first line must name the columns: \(Self.columns.joined(separator: ","))")
        }
        let header = try CatalogueHeader(names)
        var rows = 0
        while let record = reader.next() {
            rows += 1
            guard rows <= Self.mostRows else {
                throw Unreadable(at: 1, 1, "there are more than \(Self.mostRows) rows")
            }
            take(record, header)
        }
        guard !offers.isEmpty else {
            let problem = Problem(line: 1, column: 1, field: "", message: "not one of \(rows) rows is an offer")
            throw Unreadable(problem: problem, others: problems)
        }
    }

    /// Takes a record's offers, or notes what is wrong with it.
    private mutating func take(_ record: CSVReader.Record, _ header: CatalogueHeader) {
        do throws(Problem) {
            switch record {
            case .broken(let message, let line, let column):
                throw Problem(line: line, column: column, field: "", message: message)
            case .fields(let fields): offers += try CatalogueRow(fields, header).offers()
            }
        } catch {
            skipped += 1
            if problems.count < Self.mostProblems { problems.append(error) }
        }
    }
}

extension OfferCatalogue.Problem: Error {}

extension OfferCatalogue.Unreadable {
    /// A problem of the whole file.
    init(at line: Int, _ column: Int, _ message: String) {
        self.init(
            problem: OfferCatalogue.Problem(line: line, column: column, field: "", message: message),
            others: []
        )
    }
}
