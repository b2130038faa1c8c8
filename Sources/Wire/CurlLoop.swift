import CCurl
import Glibc

/// The life of the thread that owns every transfer: take orders, let libcurl work, settle what is done, wait.
///
/// Made and used on that thread alone.
@safe
struct CurlLoop: ~Copyable {
    /// How long one wait may take; orders and sockets end it earlier.
    private static let longestWait: Int32 = 60_000
    /// How many unused handles are kept.
    private static let keptHandles = 256

    private let multi: CurlMulti
    private let mailbox: CurlMailbox
    private let configuration: HTTPClient.Configuration
    private var live: [UInt64: CurlTransfer] = [:]
    private var spare: [UnsafeMutableRawPointer]
    /// No call has lasted too long before then.
    private var nextLook: ContinuousClock.Instant?

    init(multi: CurlMulti, mailbox: CurlMailbox, configuration: HTTPClient.Configuration) {
        self.multi = multi
        self.mailbox = mailbox
        self.configuration = configuration
        unsafe spare = []
    }

    deinit {
        unsafe spare.forEach { unsafe curl_easy_cleanup($0) }
    }

    /// Works until the order to stop; every call that is left is settled.
    mutating func run() {
        while obey() {
            var running: Int32 = 0
            unsafe curl_multi_perform(multi.handle, &running)
            settleFinished()
            endOverdue()
            if mailbox.isEmpty { unsafe curl_multi_poll(multi.handle, nil, 0, wait, nil) }
        }
        for order in mailbox.close() {
            if case .start(let call) = order { refuse(call, .clientShutDown, "the client has been shut down") }
        }
        for transfer in live.values { abort(transfer, .clientShutDown, "the client was shut down during the call") }
    }

    private mutating func obey() -> Bool {
        var goesOn = true
        for order in mailbox.take() {
            switch order {
            case .start(let call) where goesOn: start(call)
            case .start(let call): refuse(call, .clientShutDown, "the client has been shut down")
            case .cancel(let call):
                if let transfer = live[call] { abort(transfer, .cancelled, "the call was cancelled") }
            case .resume(let call):
                live[call]?.resume()
                expect(live[call])
            case .stop: goesOn = false
            }
        }
        return goesOn
    }

    private mutating func start(_ call: CurlCall) {
        guard !call.isCancelled else { return refuse(call, .cancelled, "the call was cancelled before it began") }
        guard let handle = unsafe spare.popLast() ?? curl_easy_init() else {
            return refuse(call, .other, "out of memory")
        }
        let transfer = unsafe CurlTransfer(call, handle: handle, headerLimit: configuration.maximumHeaderBytes)
        guard transfer.configure(configuration) else {
            unsafe recycle(handle)
            return refuse(call, .tlsFailed, "libcurl does not support the TLS settings")
        }
        live[call.id] = transfer
        expect(transfer)
        let result = unsafe curl_multi_add_handle(multi.handle, handle)
        if result != CURLM_OK { abort(transfer, .other, "libcurl did not take the call") }
    }

    /// Milliseconds until something may have to be ended.
    private var wait: Int32 {
        guard let nextLook else { return Self.longestWait }
        let left = ContinuousClock.now.duration(to: nextLook)
        return left <= .zero ? 0 : Int32(min(left.wholeMilliseconds, Int(Self.longestWait)))
    }

    private mutating func expect(_ transfer: CurlTransfer?) {
        guard let end = transfer?.end?.at else { return }
        nextLook = min(nextLook ?? end, end)
    }

    /// Ends what has lasted too long; looks at every call, but only when the first of them can be due.
    private mutating func endOverdue() {
        let now = ContinuousClock.now
        guard let look = nextLook, look <= now else { return }
        nextLook = nil
        for transfer in live.values {
            if let end = transfer.end, end.at <= now {
                abort(transfer, end.reason, end.detail)
            } else {
                expect(transfer)
            }
        }
    }

    private func refuse(_ call: CurlCall, _ reason: HTTPFailure.Reason, _ detail: String) {
        call.fail(.notSent(call.failure(reason, detail)))
    }

    private mutating func abort(_ transfer: CurlTransfer, _ reason: HTTPFailure.Reason, _ detail: String) {
        let error = transfer.error(reason, detail)
        remove(transfer)
        transfer.call.fail(error)
    }

    private mutating func settleFinished() {
        var code = CURLE_OK
        while let handle = unsafe ccurl_next_finished(multi.handle, &code) {
            guard let transfer = unsafe CurlTransfer.of(handle) else { continue }
            let error: HTTPClientError? =
                if code != CURLE_OK {
                    transfer.error(for: code)
                } else if !transfer.isComplete {
                    transfer.error(.partialReply, "the connection ended inside the reply's headers")
                } else {
                    nil
                }
            remove(transfer)
            if let error { transfer.call.fail(error) } else { transfer.succeed() }
        }
    }

    private mutating func remove(_ transfer: CurlTransfer) {
        live[transfer.call.id] = nil
        unsafe curl_multi_remove_handle(multi.handle, transfer.handle)
        unsafe recycle(transfer.handle)
    }

    private mutating func recycle(_ handle: UnsafeMutableRawPointer) {
        guard unsafe spare.count < Self.keptHandles else { return unsafe curl_easy_cleanup(handle) }
        unsafe curl_easy_reset(handle)
        unsafe spare.append(handle)
    }
}
