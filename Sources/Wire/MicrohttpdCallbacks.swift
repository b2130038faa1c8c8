import CMicrohttpd

// The ways from libmicrohttpd's thread into a server. Functions of the file, since closures could take over an actor.

extension ServerCore {
    /// The core behind a callback's context.
    fileprivate static func of(_ context: UnsafeMutableRawPointer?) -> ServerCore? {
        unsafe context.map { unsafe Unmanaged<ServerCore>.fromOpaque($0).takeUnretainedValue() }
    }
}

extension ServerConnection {
    /// The record that was left in a connection when it began.
    fileprivate static func of(_ connection: OpaquePointer?) -> ServerConnection? {
        guard let context = unsafe cmhd_context(connection) else { return nil }
        return unsafe Unmanaged<ServerConnection>.fromOpaque(context).takeUnretainedValue()
    }
}

/// A connection begins or ends.
func serverConnectionChanged(
    _ context: UnsafeMutableRawPointer?,
    _ connection: OpaquePointer?,
    _ record: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ change: MHD_ConnectionNotificationCode
) {
    guard let core = unsafe ServerCore.of(context), let record = unsafe record else { return }
    if change == MHD_ConnectionNotificationCode.CONNECTION_NOTIFY_STARTED {
        let opened = core.open(descriptor: unsafe cmhd_socket(connection))
        unsafe record.pointee = Unmanaged.passRetained(opened).toOpaque()
    } else if let opened = unsafe record.pointee {
        core.close(unsafe Unmanaged<ServerConnection>.fromOpaque(opened).takeRetainedValue())
        unsafe record.pointee = nil
    }
}

/// A request's line has arrived: the target is kept as it was sent.
func serverReceivedTarget(
    _ context: UnsafeMutableRawPointer?,
    _ target: UnsafePointer<CChar>?,
    _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let core = unsafe ServerCore.of(context), let raw = unsafe connection,
        let record = unsafe ServerConnection.of(raw), let target = unsafe target
    else { return nil }
    let connection = MicrohttpdConnection(unsafe MicrohttpdPointer(raw))
    let exchange = ServerExchange(target: unsafe String(cString: target), connection: connection)
    record.begin(exchange, deadline: .now + core.limits.requestDeadline)
    return nil
}

/// An exchange is over, one way or another.
func serverCompletedExchange(
    _ context: UnsafeMutableRawPointer?,
    _ connection: OpaquePointer?,
    _ unused: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ why: MHD_RequestTerminationCode
) {
    guard let core = unsafe ServerCore.of(context), let record = unsafe ServerConnection.of(connection) else { return }
    core.complete(record)
}

/// A head, a piece of a body, the end of a request, or a resumed connection.
func serverAnswers(
    _ context: UnsafeMutableRawPointer?,
    _ connection: OpaquePointer?,
    _ url: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?,
    _ version: UnsafePointer<CChar>?,
    _ bytes: UnsafePointer<CChar>?,
    _ count: UnsafeMutablePointer<Int>?,
    _ unused: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let core = unsafe ServerCore.of(context), let raw = unsafe connection, let count = unsafe count,
        let record = unsafe ServerConnection.of(raw), let exchange = record.exchange,
        let method = unsafe method, let version = unsafe version
    else { return MHD_Result.NO }
    let step = ServerStep(core: core, record: record, exchange: exchange, pointer: unsafe MicrohttpdPointer(raw))
    let size = unsafe count.pointee
    unsafe count.pointee = 0
    let goesOn =
        switch exchange.phase.withLock({ $0 }) {
        case .opened:
            unsafe step.open(method: String(cString: method), version: String(cString: version))
        case .collecting:
            size > 0
                ? unsafe step.collect(UnsafeRawBufferPointer(start: bytes, count: size)) : step.hand()
        case .answered(let response, let stream): step.reply(response, stream: stream)
        // Called again although nothing has changed: nothing to do.
        case .waiting, .replying: true
        }
    return goesOn ? MHD_Result.YES : MHD_Result.NO
}

/// Room for more of a streamed reply.
func serverReadsReply(
    _ context: UnsafeMutableRawPointer?,
    _ position: UInt64,
    _ target: UnsafeMutablePointer<CChar>?,
    _ count: Int
) -> Int {
    guard let context = unsafe context else { return Int(MHD_CONTENT_READER_END_WITH_ERROR_VALUE) }
    let buffer = unsafe Unmanaged<ReplyBuffer>.fromOpaque(context).takeUnretainedValue()
    switch unsafe buffer.read(into: UnsafeMutableRawBufferPointer(start: target, count: count)) {
    case .bytes(let count): return count
    case .later: return 0
    case .end: return Int(MHD_CONTENT_READER_END_OF_STREAM_VALUE)
    case .breakOff: return Int(MHD_CONTENT_READER_END_WITH_ERROR_VALUE)
    }
}

/// A streamed reply will not be read any more.
func serverForgetsReply(_ context: UnsafeMutableRawPointer?) {
    guard let context = unsafe context else { return }
    unsafe Unmanaged<ReplyBuffer>.fromOpaque(context).takeRetainedValue().abandon()
}

/// One header of a request.
func serverReadsHeader(
    _ context: UnsafeMutableRawPointer?,
    _ kind: MHD_ValueKind,
    _ name: UnsafePointer<CChar>?,
    _ nameCount: Int,
    _ value: UnsafePointer<CChar>?,
    _ valueCount: Int
) -> MHD_Result {
    guard let headers = unsafe context?.assumingMemoryBound(to: HTTPHeaders.self) else { return MHD_Result.NO }
    let name = unsafe String(decoding: UnsafeRawBufferPointer(start: name, count: nameCount), as: UTF8.self)
    let value = unsafe String(decoding: UnsafeRawBufferPointer(start: value, count: valueCount), as: UTF8.self)
    unsafe headers.pointee.append(name, value)
    return MHD_Result.YES
}
