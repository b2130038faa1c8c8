/// Why a text is no address that a request can go to; it never repeats the text.
package enum HTTPURLError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Nothing was written.
    case empty
    /// A blank, a control or a character beyond ASCII, at this byte.
    case character(at: Int)
    /// No `http://` or `https://` at the front.
    case scheme
    /// No host, or one that is neither a name nor an address.
    case host
    /// A port that is no number from 1 to 65535.
    case port
    /// A user or a password before the host.
    case userInformation
    /// A `#` and what follows.
    case fragment
    /// A `?` in a base address.
    case query

    /// What is wrong and what to write instead.
    package var description: String {
        switch self {
        case .empty: "the address is empty; write http:// or https:// and a host"
        case .character(let place):
            "byte \(place + 1) of the address is not printable ASCII; percent-encode it, and write the host in ASCII"
        case .scheme: "the address must begin with http:// or https://"
        case .host: "the address has no valid host; write a name, an IPv4 address, or an IPv6 address in brackets"
        case .port: "the address's port must be a number from 1 to 65535"
        case .userInformation: "the address carries a user or a password; give credentials in their own setting"
        case .fragment: "the address has a fragment (#), which a server never sees; leave it out"
        case .query: "a base address cannot have a query (?); leave it out"
        }
    }
}
