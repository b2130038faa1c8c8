import CCurl

/// A call while libcurl works on it; touched by the thread of the transfers alone.
@safe
final class CurlTransfer {
    let call: CurlCall
    let handle: UnsafeMutableRawPointer
    private let headerLimit: Int
    private var fields: UnsafeMutablePointer<curl_slist>?
    private var detours: UnsafeMutablePointer<curl_slist>?
    private let message: UnsafeMutablePointer<CChar>
    private var head = HTTPResponseHead()
    private var isHeadComplete = false
    private var headBytes = 0
    private var body: [UInt8] = []
    private var bodyBytes = 0
    private(set) var passedLimit: String?
    private(set) var isWithheld = false
    private var asks = 0
    private var isPaused = false
    private var lastProgress: ContinuousClock.Instant

    init(_ call: CurlCall, handle: UnsafeMutableRawPointer, headerLimit: Int) {
        self.call = call
        unsafe self.handle = handle
        self.headerLimit = headerLimit
        lastProgress = call.began
        unsafe message = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        unsafe ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, message)
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe ccurl_set_pointer(handle, CURLOPT_PRIVATE, context)
        unsafe ccurl_set_pointer(handle, CURLOPT_WRITEDATA, context)
        unsafe ccurl_set_pointer(handle, CURLOPT_HEADERDATA, context)
        unsafe ccurl_set_callback(handle, CURLOPT_WRITEFUNCTION, receiveBody)
        unsafe ccurl_set_callback(handle, CURLOPT_HEADERFUNCTION, receiveHeaderLine)
        unsafe ccurl_set_pointer(handle, CURLOPT_PREREQDATA, context)
    }

    /// Frees what the handle points to; the handle must have been reset or freed before.
    deinit {
        unsafe curl_slist_free_all(fields)
        unsafe curl_slist_free_all(detours)
        unsafe message.deallocate()
    }

    /// The transfer that a handle of ours works on.
    static func of(_ handle: UnsafeMutableRawPointer) -> CurlTransfer? {
        var context: UnsafeMutableRawPointer?
        unsafe ccurl_get_pointer(handle, CURLINFO_PRIVATE, &context)
        return unsafe context.map { unsafe Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Adds a line to what is sent.
    func send(line: String) { unsafe fields = curl_slist_append(fields, line) }

    /// Connects to another host and port than the address says: `::host:port`.
    func detour(_ target: String) {
        unsafe detours = curl_slist_append(detours, target)
        unsafe ccurl_set_list(handle, CURLOPT_CONNECT_TO, detours)
    }

    /// Hands the lines to libcurl, after the last.
    func sendLines() { unsafe ccurl_set_list(handle, CURLOPT_HTTPHEADER, fields) }

    /// The status, once the head is complete.
    var status: Int? { isHeadComplete ? head.status : nil }

    /// libcurl's words for what went wrong; they name hosts and ports, so they are shown for failures to connect only.
    var words: String { unsafe String(cString: message) }

    /// Whether libcurl's "complete" can be believed: it takes a connection that ends inside the head for a reply.
    var isComplete: Bool { isHeadComplete }

    /// Settles the call with the reply.
    func succeed() {
        switch call.sink {
        case .whole(let promise):
            promise.settle(.success(HTTPResponse(status: head.status, headers: head.headers, body: body)))
        case .stream(let promise, let buffer):
            promise.settle(.success(head))
            buffer.finish(nil)
        }
    }

    /// Takes one line of the head; false ends the transfer.
    func receive(line: String, bytes: Int) -> Bool {
        headBytes += bytes
        progressed()
        guard headBytes <= headerLimit else {
            passedLimit = "its headers passed \(headerLimit) bytes"
            return false
        }
        // After the head come trailers, which nobody asked for.
        guard !isHeadComplete else { return true }
        if line.hasPrefix("HTTP/") {
            head = HTTPResponseHead(status: line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0)
        } else if line.isEmpty {
            completeHead()
        } else if let colon = line.utf8.firstIndex(of: 0x3A) {
            head.headers.append(String(line[..<colon]), line[line.index(after: colon)...].trimmed)
        }
        return true
    }

    private func completeHead() {
        guard !(100..<200 ~= head.status) else { return }
        isHeadComplete = true
        if case .stream(let promise, _) = call.sink { promise.settle(.success(head)) }
    }

    private func progressed() {
        if call.request.idleTimeout != nil { lastProgress = .now }
    }

    /// Whether the request may leave now that its connection stands.
    func mayLeave() -> Bool {
        asks += 1
        isWithheld = call.request.mayLeave?() == false
        return !isWithheld
    }

    /// Whether it was withheld before libcurl had tried to send it once.
    var isWithheldFirst: Bool { isWithheld && asks == 1 }

    /// The reader has room again.
    func resume() {
        isPaused = false
        progressed()
        unsafe curl_easy_pause(handle, CURLPAUSE_CONT)
    }

    /// When the call has lasted too long, and why; nil for one that may last.
    var end: (at: ContinuousClock.Instant, reason: HTTPFailure.Reason, detail: String)? {
        let deadline = call.request.deadline.map { call.began + $0 }
        let idle = call.request.idleTimeout.flatMap { isPaused ? nil : lastProgress + $0 }
        if let idle, deadline.map({ idle < $0 }) ?? true {
            return (idle, .idleTimeout, "no byte of the reply came within the idle timeout")
        }
        return deadline.map { ($0, .deadlineExceeded, "no complete reply within the deadline") }
    }

    /// What becomes of a piece of the body.
    enum Verdict {
        case taken
        case later
        case refused
    }

    /// Takes a piece of the body.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Verdict {
        guard bytes.count <= call.request.maximumReplyBytes - bodyBytes else {
            passedLimit = "its body passed \(call.request.maximumReplyBytes) bytes"
            return .refused
        }
        switch call.sink {
        case .whole: unsafe body.append(contentsOf: bytes)
        case .stream(_, let buffer):
            isPaused = unsafe !buffer.offer([UInt8](bytes))
            if isPaused { return .later }
        }
        bodyBytes += bytes.count
        progressed()
        return .taken
    }
}

/// libcurl's way into a transfer before its request leaves.
func askForLeave(
    _ context: UnsafeMutableRawPointer?,
    _ remote: UnsafeMutablePointer<CChar>?,
    _ local: UnsafeMutablePointer<CChar>?,
    _ remotePort: CInt,
    _ localPort: CInt
) -> CInt {
    guard let context = unsafe context else { return CInt(CURL_PREREQFUNC_ABORT) }
    let transfer = unsafe Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    return CInt(transfer.mayLeave() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT)
}

/// libcurl's way into a transfer for a line of the head.
private func receiveHeaderLine(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
    let transfer = unsafe Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    var line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)[...]
    while let last = unsafe line.last, last == 0x0A || last == 0x0D { unsafe line.removeLast() }
    let text = unsafe String(decoding: line, as: UTF8.self)
    return transfer.receive(line: text, bytes: size * count) ? size * count : 0
}

/// libcurl's way into a transfer for a piece of the body.
private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
    let transfer = unsafe Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    switch unsafe transfer.receive(UnsafeRawBufferPointer(start: bytes, count: size * count)) {
    case .taken: return size * count
    case .later: return Int(CURL_WRITEFUNC_PAUSE)
    case .refused: return 0
    }
}

extension Substring {
    /// The text without blanks and tabs around it.
    var trimmed: String {
        var text = self
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }
}
