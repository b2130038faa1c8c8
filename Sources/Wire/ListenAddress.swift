import Glibc

/// Where a server listens: `127.0.0.1:8080`, `[::1]:0`, `localhost:8080`, or `:8080` for every address.
package struct ListenAddress: Sendable, Equatable {
    /// Why a text is no such address, or why nobody can listen there.
    package struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
        /// What is wrong and what to do.
        package let description: String
    }

    /// An address in numbers without brackets, or nil for every address.
    package let host: String?
    /// 0 for any free one.
    package let port: UInt16

    /// Reads an address; names other than `localhost` are not looked up.
    package init(_ text: String) throws(Failure) {
        guard let colon = text.lastIndex(of: ":") else { throw Self.malformed(text) }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit), let port = UInt16(digits) else {
            throw Self.malformed(text)
        }
        self.port = port
        let host = String(text[..<colon])
        if host.isEmpty {
            self.host = nil
        } else if host == "localhost" {
            self.host = "127.0.0.1"
        } else if host.first == "[", host.last == "]" {
            self.host = String(host.dropFirst().dropLast())
            guard Self.isAddress(self.host ?? "", AF_INET6) else { throw Self.malformed(text) }
        } else {
            self.host = host
            guard Self.isAddress(host, AF_INET) else { throw Self.malformed(text) }
        }
    }

    private static func malformed(_ text: String) -> Failure {
        Failure(description: "cannot listen on \"\(text)\"; write HOST:PORT, [IPv6]:PORT or :PORT, with a numeric host")
    }

    private static func isAddress(_ text: String, _ family: Int32) -> Bool {
        var buffer = in6_addr()
        return unsafe inet_pton(family, text, &buffer) == 1
    }

    /// A listening socket and its port.
    func listen() throws(Failure) -> (descriptor: Int32, port: Int) {
        if let host { return try listen(host, isOpenToBoth: false) }
        // One IPv6 socket serves both families, where the machine has IPv6.
        do throws(Failure) {
            return try listen("::", isOpenToBoth: true)
        } catch {
            return try listen("0.0.0.0", isOpenToBoth: false)
        }
    }

    private func listen(_ host: String, isOpenToBoth: Bool) throws(Failure) -> (descriptor: Int32, port: Int) {
        var storage = sockaddr_storage()
        let family = host.contains(":") ? AF_INET6 : AF_INET
        var size = fill(&storage, host, family)
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw failed(host) }
        var yes: Int32 = 1
        var isOnlyIPv6: Int32 = isOpenToBoth ? 0 : 1
        let width = socklen_t(MemoryLayout<Int32>.size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, width)
        if family == AF_INET6 {
            unsafe setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &isOnlyIPv6, width)
        }
        let isListening = unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            guard let address = unsafe bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
            return unsafe bind(descriptor, address, size) == 0 && Glibc.listen(descriptor, SOMAXCONN) == 0
                && getsockname(descriptor, address, &size) == 0
        }
        guard isListening else {
            let failure = failed(host)
            close(descriptor)
            throw failure
        }
        // Both families keep the port in the same two bytes.
        let port = unsafe withUnsafeBytes(of: &storage) { unsafe UInt16(bytes: $0[2], $0[3]) }
        return (descriptor, Int(port))
    }

    private func fill(_ storage: inout sockaddr_storage, _ host: String, _ family: Int32) -> socklen_t {
        unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            if family == AF_INET6 {
                var address = sockaddr_in6()
                address.sin6_family = sa_family_t(AF_INET6)
                address.sin6_port = port.bigEndian
                unsafe inet_pton(family, host, &address.sin6_addr)
                unsafe bytes.storeBytes(of: address, as: sockaddr_in6.self)
                return socklen_t(MemoryLayout<sockaddr_in6>.size)
            }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            unsafe inet_pton(family, host, &address.sin_addr)
            unsafe bytes.storeBytes(of: address, as: sockaddr_in.self)
            return socklen_t(MemoryLayout<sockaddr_in>.size)
        }
    }

    private func failed(_ host: String) -> Failure {
        let why = unsafe String(cString: strerror(errno))
        return Failure(description: "cannot listen on \(host) port \(port): \(why)")
    }
}

extension UInt16 {
    /// A number of two bytes, the greater first.
    fileprivate init(bytes high: UInt8, _ low: UInt8) { self = UInt16(high) << 8 | UInt16(low) }
}
