/// The facts at fixed places of an SQLite file's first bytes.
///
/// Source: the "Database Header" of SQLite's file format.
struct DatabaseHeader {
    /// How many bytes it takes.
    static let length = 100
    private static let magic = Array("SQLite format 3\0".utf8)

    /// Whose file it is.
    let applicationID: Int32
    /// Its version, as of the last time when the journal was copied into it.
    let userVersion: Int32

    /// The header of a file's first bytes; nil where they are too few or no database's.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.length, bytes.starts(with: Self.magic) else { return nil }
        userVersion = Self.number(in: bytes, at: 60)
        applicationID = Self.number(in: bytes, at: 68)
    }

    private static func number(in bytes: [UInt8], at place: Int) -> Int32 {
        Int32(bitPattern: bytes[place..<(place + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    }
}
