/// Where libFuzzer comes in: one input, one run of the target that is linked with this file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzTarget.run(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// Ends the process, which the fuzzer keeps as a crash, where something does not hold.
func claim(_ holds: Bool, _ words: @autoclosure () -> String, line: Int = #line) {
    if !holds { fatalError("the claim of line \(line) does not hold: \(words())") }
}

/// Takes an input apart from its front; past its end there are zeros.
struct FuzzInput {
    /// What is left.
    private(set) var rest: ArraySlice<UInt8>

    /// An input.
    init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// The next byte.
    mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    /// The next number below a bound of at most 256.
    mutating func below(_ bound: Int) -> Int { Int(byte()) % bound }
}
