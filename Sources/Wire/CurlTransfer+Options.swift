import CCurl

extension CurlTransfer {
    /// Tells libcurl everything about the request; the handle must be new or reset.
    ///
    /// Returns false where libcurl refuses a safeguard, such as a certificate file option that it does not know.
    func configure(_ configuration: HTTPClient.Configuration) -> Bool {
        let request = call.request
        unsafe ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        // Without it an abandoned name look-up is waited for by the thread that serves every other transfer.
        unsafe ccurl_set_long(handle, CURLOPT_QUICK_EXIT, 1)
        setAddress(configuration.serverName)
        unsafe ccurl_set_string(handle, CURLOPT_USERAGENT, configuration.userAgent)
        unsafe ccurl_set_string(handle, CURLOPT_ACCEPT_ENCODING, "")
        unsafe ccurl_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
        // A peer that vanished without a word is noticed within three minutes, also by a stream that waits for it.
        unsafe ccurl_set_long(handle, CURLOPT_TCP_KEEPIDLE, 30)
        unsafe ccurl_set_long(handle, CURLOPT_TCP_KEEPINTVL, 15)
        unsafe ccurl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
        unsafe ccurl_set_long(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        let isNewest = if case .newest = configuration.versions { true } else { false }
        let version = isNewest ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1
        unsafe ccurl_set_long(handle, CURLOPT_HTTP_VERSION, version)
        switch request.repeatability {
        // Over TLS alone: elsewhere every call would wait for the first reply before it opened a connection of its own.
        case .idempotent where isNewest && request.url.lowercased().hasPrefix("https:"):
            unsafe ccurl_set_long(handle, CURLOPT_PIPEWAIT, 1)
        case .idempotent: break
        case .paid: unsafe ccurl_set_long(handle, CURLOPT_FRESH_CONNECT, 1)
        }
        switch configuration.proxies {
        case .environment: break
        case .none: unsafe ccurl_set_string(handle, CURLOPT_PROXY, "")
        case .fixed(let proxy):
            unsafe ccurl_set_string(handle, CURLOPT_PROXY, proxy)
            unsafe ccurl_set_string(handle, CURLOPT_NOPROXY, "")
        }
        // Fields of ours are for the server, not for a proxy that only makes a tunnel to it.
        unsafe ccurl_set_long(handle, CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        // The deadline is not given to libcurl, which forgets it while a call waits for a connection: CurlLoop keeps it.
        unsafe ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout.wholeMilliseconds)
        setContent()
        // A reset handle forgets what it was to ask, and one without a question costs nothing.
        let isAsked = unsafe request.mayLeave == nil || ccurl_set_leave_callback(handle, askForLeave) == CURLE_OK
        let protocols = unsafe ccurl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        return isAsked && protocols == CURLE_OK && trust(configuration)
    }

    /// Where the call goes; with a name to be proven, libcurl is told that the name lives at the real address.
    private func setAddress(_ serverName: String?) {
        let url = call.request.url
        guard let serverName, let parts = call.request.parts else {
            unsafe ccurl_set_string(handle, CURLOPT_URL, url)
            return
        }
        let port = parts.port ?? parts.scheme.defaultPort
        let query = parts.query.map { "?\($0)" } ?? ""
        unsafe ccurl_set_string(
            handle,
            CURLOPT_URL,
            "\(parts.scheme.rawValue)://\(serverName):\(port)\(parts.path)\(query)"
        )
        detour("::\(parts.host):\(port)")
        if call.request.headers["Host"] == nil { send(line: "Host: \(parts.authority)") }
    }

    private func setContent() {
        let request = call.request
        if let body = request.body ?? (request.method.announcesBody ? [] : nil) {
            unsafe ccurl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
            // COPYPOSTFIELDS takes a null pointer, which an empty array may give, for "no body".
            let padded = body.isEmpty ? [0] : body
            unsafe padded.withUnsafeBytes {
                _ = unsafe ccurl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress)
            }
            // libcurl would add a form's content type, and wait for "100 Continue" before a larger body.
            if request.headers["Content-Type"] == nil { send(line: "Content-Type:") }
            send(line: "Expect:")
        }
        if request.method == .head {
            unsafe ccurl_set_long(handle, CURLOPT_NOBODY, 1)
        } else {
            unsafe ccurl_set_string(handle, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
        for field in request.headers.fields {
            send(line: field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        sendLines()
    }

    private func trust(_ configuration: HTTPClient.Configuration) -> Bool {
        var results: [CURLcode] = []
        if let file = configuration.certificateAuthorityFile {
            unsafe results.append(ccurl_set_string(handle, CURLOPT_CAINFO, file))
            // The system's directory of authorities would be trusted beside the file.
            unsafe results.append(ccurl_set_string(handle, CURLOPT_CAPATH, nil))
        }
        if let authority = configuration.certificateAuthority {
            results.append(set(CURLOPT_CAINFO_BLOB, authority))
            unsafe results.append(ccurl_set_string(handle, CURLOPT_CAPATH, nil))
        }
        if let certificate = configuration.clientCertificate {
            results.append(set(CURLOPT_SSLCERT_BLOB, certificate))
        }
        if let key = configuration.clientKey { results.append(set(CURLOPT_SSLKEY_BLOB, key)) }
        if let file = configuration.clientCertificateFile {
            unsafe results.append(ccurl_set_string(handle, CURLOPT_SSLCERT, file))
        }
        if let file = configuration.clientKeyFile {
            unsafe results.append(ccurl_set_string(handle, CURLOPT_SSLKEY, file))
        }
        let isChecked = if case .required = configuration.verification { true } else { false }
        unsafe results.append(ccurl_set_long(handle, CURLOPT_SSL_VERIFYPEER, isChecked ? 1 : 0))
        unsafe results.append(ccurl_set_long(handle, CURLOPT_SSL_VERIFYHOST, isChecked ? 2 : 0))
        return results.allSatisfy { $0 == CURLE_OK }
    }
}

extension CurlTransfer {
    /// Hands bytes over, which libcurl copies.
    private func set(_ option: CURLoption, _ bytes: [UInt8]) -> CURLcode {
        unsafe bytes.withUnsafeBytes { unsafe ccurl_set_bytes(handle, option, $0.baseAddress, $0.count) }
    }
}

extension Duration {
    /// Milliseconds, rounded up, at least one, and small enough for libcurl and a poll.
    var wholeMilliseconds: Int {
        let limit = 1_000_000_000
        guard self < .milliseconds(limit) else { return limit }
        let (seconds, attoseconds) = components
        return max(1, Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
}
