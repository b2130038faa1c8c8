import CCurl

/// libcurl's multi handle.
///
/// Guard for `@unchecked Sendable`: off the thread that runs ``CurlLoop`` only ``wake()`` is called, which libcurl
/// allows from any thread; the handle lives until the last reference is gone, which is after that thread has ended.
@safe
final class CurlMulti: @unchecked Sendable {
    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    let handle: UnsafeMutableRawPointer

    init(connectionsPerHost: Int, keptConnections: Int) {
        guard Self.isReady, let handle = unsafe curl_multi_init() else {
            preconditionFailure("libcurl could not be initialised: out of memory")
        }
        unsafe self.handle = handle
        unsafe ccurl_multi_set_long(handle, CURLMOPT_MAX_HOST_CONNECTIONS, connectionsPerHost)
        unsafe ccurl_multi_set_long(handle, CURLMOPT_MAXCONNECTS, keptConnections)
        unsafe ccurl_multi_set_long(handle, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
    }

    deinit { unsafe curl_multi_cleanup(handle) }

    /// Ends the thread's wait; stays pending when it does not wait.
    func wake() { unsafe curl_multi_wakeup(handle) }
}
