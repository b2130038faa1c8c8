import Glibc
import Intents
import LocalLedger
import Placement
import Reconciling

/// A damaged ledger is refused and left as it is, or it opens, and then it says the same after a write and a restart.
enum FuzzTarget {
    private static let folder = "/dev/shm/intent-operator-fuzz-\(getpid())"
    private static let ledger = folder + "/ledger.db"
    private static let whole = makeLedger()

    static func run(_ bytes: [UInt8]) {
        let whole = whole
        var input = FuzzInput(bytes)
        let choice = input.below(4)
        let file = choice == 0 ? Array(input.rest) : patched(whole, &input, cut: choice == 1)
        clear()
        write(file, to: ledger)
        Waiting.wait {
            await expectReader(file)
            await expectWriter(file)
        }
    }

    private static let key = IntentKey(rawValue: "fuzz/account")
    private static let moment = Timestamp(seconds: 1_800_000_000)

    /// Opens it as the operator does, writes, closes, and opens it again.
    private static func expectWriter(_ file: [UInt8]) async {
        do throws(LedgerError) {
            let first = try await open()
            let before = try await loaded(first)
            let event = Event(at: moment, key: nil, severity: .warning, reason: "Fuzzed", message: "an event")
            do throws(LedgerError) {
                try await first.write([.event(event)])
            } catch {
                claim(!error.message.isEmpty, "no words")
            }
            await first.close()
            let second = try await open()
            let after = try await loaded(second)
            await second.close()
            claim(before == nil || after == nil || before == after, "an event and a restart changed the records")
        } catch {
            claim(!error.message.isEmpty, "no words")
            if error.kind == .unusable { claim(isSame(ledger, file), "a refused ledger was touched: \(error)") }
        }
    }

    private static func open() async throws(LedgerError) -> SQLiteLedger {
        var dice = SystemRandomNumberGenerator()
        return try await SQLiteLedger(state: folder, at: moment, dice: &dice)
    }

    /// What a ledger says; nil where it cannot be read, which it must say with words.
    private static func loaded(_ ledger: SQLiteLedger) async throws(LedgerError) -> [AllocationRecord]? {
        do throws(LedgerError) {
            _ = try await ledger.pendingRequests()
            return try await ledger.load().records
        } catch {
            claim(!error.message.isEmpty, "no words")
            return nil
        }
    }

    /// Commands that only read leave the file as it is.
    private static func expectReader(_ file: [UInt8]) async {
        let reader = LedgerReader(state: folder)
        do throws(LedgerError) {
            _ = try await reader.snapshot()
            _ = try await reader.events(limit: 10)
            _ = try await reader.requests()
        } catch {
            claim(!error.message.isEmpty, "no words")
        }
        claim(isSame(ledger, file), "a reader changed the file")
    }

    /// The whole ledger with patches: three bytes of place, one of length, then the bytes.
    private static func patched(_ whole: [UInt8], _ input: inout FuzzInput, cut: Bool) -> [UInt8] {
        var file = whole
        if cut { file.removeLast(min(file.count, input.below(256) * 256 + input.below(256))) }
        while !input.rest.isEmpty, !file.isEmpty {
            let place = (input.below(256) << 16 | input.below(256) << 8 | input.below(256)) % file.count
            for offset in 0...input.below(16) where place + offset < file.count { file[place + offset] = input.byte() }
        }
        return file
    }

    /// A small ledger with something in every table.
    private static func makeLedger() -> [UInt8] {
        unsafe mkdir(folder, 0o700)
        atexit { FuzzTarget.remove() }
        clear()
        Waiting.wait {
            do throws(LedgerError) {
                let ledger = try await open()
                try await ledger.write(changes())
                await ledger.close()
            } catch {
                fatalError("no ledger can be made: \(error)")
            }
        }
        let bytes = read(ledger)
        claim(read(ledger + "-wal").isEmpty && !bytes.isEmpty, "the journal was not copied")
        return bytes
    }

    private static func changes() -> [LedgerChange] {
        var spec = IntentSpec()
        spec.workload.name = "work"
        spec.workload.image = "example.com/image:1"
        let stored = StoredIntent(
            key: key,
            file: "a.yaml",
            generation: 1,
            createdAt: moment,
            intent: Intent(name: "work", spec: spec)
        )
        var override = IntentOverride(key: key)
        override.pause = Pause()
        let held = HeldWithdrawals(token: "token", keys: [key], since: moment, total: 3)
        var changes: [LedgerChange] = [
            .intent(stored), .account(IntentAccount(key: key)), .override(override), .status(key, json: "{}"),
            .heldWithdrawals(held),
        ]
        for slot in 0..<3 { changes.append(.put(record(slot))) }
        return changes
    }

    private static func record(_ slot: Int) -> AllocationRecord {
        let purchase = Purchase(
            offer: Offer.ID(platform: .flexai, name: "offer"),
            provider: nil,
            location: "eu",
            zone: nil,
            model: "nvidia-a100",
            gpuCount: 1,
            hourly: Money(micros: 3_500_000),
            spot: false,
            maxReplicas: nil
        )
        var record = AllocationRecord(
            attempt: AttemptID(rawValue: "attempt-\(slot)"),
            key: key,
            slot: slot,
            ordinal: slot,
            purchase: purchase,
            shape: "shape",
            reference: "reference-\(slot)",
            openedAt: moment,
            replaces: nil,
            listedBefore: [AllocationID(rawValue: "other")],
            body: "{}"
        )
        record.id = slot == 0 ? nil : AllocationID(rawValue: "inst-\(slot)")
        record.tombstone = slot == 2 ? Tombstone(at: moment, looks: 1, settled: .zero) : nil
        return record
    }

    // MARK: Files

    private static func clear() {
        for path in [ledger, ledger + "-wal", ledger + "-shm", ledger + ".new", folder + "/lock"] {
            unsafe unlink(path)
        }
    }

    private static func remove() {
        clear()
        unsafe rmdir(folder)
    }

    private static func write(_ bytes: [UInt8], to path: String) {
        let descriptor = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        defer { close(descriptor) }
        claim(unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count, "the file cannot be written")
    }

    private static func read(_ path: String) -> [UInt8] {
        let descriptor = unsafe Glibc.open(path, O_RDONLY)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        let size = Int(lseek(descriptor, 0, SEEK_END))
        return unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            unsafe count = max(0, pread(descriptor, buffer.baseAddress, size, 0))
        }
    }

    /// Whether a file is as it was; by memory, since comparing byte by byte is what the fuzzer watches.
    private static func isSame(_ path: String, _ bytes: [UInt8]) -> Bool {
        let now = read(path)
        return unsafe now.count == bytes.count && memcmp(now, bytes, bytes.count) == 0
    }
}
