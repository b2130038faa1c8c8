import CCurl

extension CurlTransfer {
    /// Whether it is certain that no byte of the request has left.
    ///
    /// libcurl counts a request's bytes as they are written, those of a proxy's CONNECT too; a refused tunnel is
    /// known by its status. CURLINFO_PRETRANSFER_TIME proves nothing, since it may be set after the first write.
    private var isUnsent: Bool {
        var bytes = 0
        guard unsafe ccurl_get_long(handle, CURLINFO_REQUEST_SIZE, &bytes) == CURLE_OK else { return false }
        return bytes == 0 || isTunnelRefused
    }

    private var isTunnelRefused: Bool {
        var status = 0
        unsafe ccurl_get_long(handle, CURLINFO_HTTP_CONNECTCODE, &status)
        return status >= 300
    }

    /// What an ending other than a complete reply means.
    func error(for code: CURLcode) -> HTTPClientError {
        if let passedLimit {
            return .replyTooLarge(call.failure(.replyTooLarge, passedLimit, status: status))
        }
        if isWithheld {
            let words = "it was no longer allowed when its connection stood"
            // A proxy's CONNECT is counted with the request's bytes.
            return isWithheldFirst ? .notSent(call.failure(.withheld, words)) : sorted(.withheld, words)
        }
        return sorted(isTunnelRefused ? .proxyFailed : reason(of: code), detail(of: code))
    }

    /// What an ending asked for by ourselves means.
    func error(_ reason: HTTPFailure.Reason, _ detail: String) -> HTTPClientError { sorted(reason, detail) }

    private func sorted(_ reason: HTTPFailure.Reason, _ detail: String) -> HTTPClientError {
        let failure = call.failure(reason, detail, status: status)
        return isUnsent ? .notSent(failure) : .outcomeUnknown(failure)
    }

    private func reason(of code: CURLcode) -> HTTPFailure.Reason {
        switch code {
        case CURLE_URL_MALFORMAT: .invalidURL
        case CURLE_COULDNT_RESOLVE_HOST: .nameNotResolved
        case CURLE_COULDNT_CONNECT: .connectionFailed
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxyFailed
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_PEER_FAILED_VERIFICATION,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_INITFAILED, CURLE_USE_SSL_FAILED,
            CURLE_SSL_CLIENTCERT, CURLE_SSL_INVALIDCERTSTATUS:
            .tlsFailed
        case CURLE_OPERATION_TIMEDOUT: .connectTimeout
        case CURLE_GOT_NOTHING: .emptyReply
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR: .connectionLost
        case CURLE_PARTIAL_FILE: .partialReply
        case CURLE_HTTP2, CURLE_HTTP2_STREAM: .connectionLost
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: .malformedReply
        default: .other
        }
    }

    private func detail(of code: CURLcode) -> String {
        let general = unsafe String(cString: curl_easy_strerror(code))
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT, CURLE_SSL_CONNECT_ERROR,
            CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM:
            return words.isEmpty ? general : words
        case CURLE_UNSUPPORTED_PROTOCOL: return "the reply is not HTTP"
        default: return isTunnelRefused ? "the proxy refused the tunnel" : general
        }
    }
}
