import Intents
import Reconciling

/// A history of what people, disks, clocks and platforms do, drawn from a seed.
struct WorldScript: Sendable {
    /// What happens when, in order.
    private(set) var entries: [(at: Duration, edit: WorldEdit)] = []
    /// How many purchases people have asked for at most, all changes together.
    private(set) var asked = 0

    private var dice: Dice
    private var files: [String: [WorldWish]] = [:]
    private var born = 0
    private let variant: WorldVariant
    private let quietFrom: Duration

    /// A script whose first disturbance is at `start`, but for strangers who have bought before, and whose last is at
    /// `quietFrom`.
    init(seed: UInt64, variant: WorldVariant, from start: Duration, quietFrom: Duration) {
        dice = Dice(seed: seed &* 0x9E37_79B9)
        self.variant = variant
        self.quietFrom = quietFrom
        begin(start)
        var at = start + .seconds(5)
        while at < quietFrom {
            disturb(at)
            // Now and then a burst: several things within a moment.
            let isBurst = chance(4)
            at += isBurst ? .milliseconds(number(0...400)) : .milliseconds(number(2_000...40_000))
        }
        end()
    }

    /// A script that is written by hand.
    init(_ stage: WorldStage, from start: Duration) {
        dice = Dice(seed: 0)
        variant = .listing
        quietFrom = start + stage.length
        asked = stage.purchases
        entries = stage.entries.map { (start + $0.at, $0.edit) }
    }

    private mutating func number(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &dice) }

    private mutating func chance(_ oneIn: Int64) -> Bool { number(1...oneIn) == 1 }

    private mutating func add(_ at: Duration, _ edit: WorldEdit) { entries.append((at, edit)) }

    private mutating func begin(_ start: Duration) {
        if variant.hasStrangers { for _ in 0..<2 { add(.zero, .foreign) } }
        for _ in 0..<number(2...6) { appear(start) }
    }

    /// Everything is mended, and every wish can be fulfilled again.
    private mutating func end() {
        add(quietFrom, .setFaults([:]))
        add(quietFrom, .setWay(.milliseconds(30)))
        add(quietFrom, .setFull(false))
        add(quietFrom, .setReadable(true))
        add(quietFrom, .setClock(.zero))
        for file in files.keys.sorted() {
            var wishes = files[file] ?? []
            for index in wishes.indices { wishes[index].isPaused = false }
            write(quietFrom, file, wishes)
            add(quietFrom, .setValid(true, file: file))
            for wish in wishes where chance(2) { add(quietFrom, .ask(.resume(IntentKey(rawValue: wish.name)))) }
        }
        entries = entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    private mutating func write(_ at: Duration, _ file: String, _ wishes: [WorldWish]) {
        files[file] = wishes.isEmpty ? nil : wishes
        add(at, .write(file: file, wishes))
    }

    private mutating func appear(_ at: Duration) {
        born += 1
        let wish = WorldWish.random("intent-\(born)", &dice)
        asked += wish.slots
        // Now and then two intents share a file.
        if chance(5), let file = someFile() {
            write(at, file, (files[file] ?? []) + [wish])
        } else {
            write(at, "\(wish.name).yaml", [wish])
        }
    }

    private mutating func someFile() -> String? {
        let names = files.keys.sorted()
        return names.isEmpty ? nil : names[Int(number(0...Int64(names.count - 1)))]
    }

    private mutating func disturb(_ at: Duration) {
        switch number(0...99) {
        case 0..<16: if files.count < 12 { appear(at) }
        case 16..<58: edit(at)
        case 58..<66: vanish(at)
        case 66..<84: storm(at)
        case 84..<94: trouble(at)
        default: ask(at)
        }
    }

    private mutating func vanish(_ at: Duration) {
        guard let file = someFile(), files.count > 2 else { return }
        write(at, file, [])
    }

    private mutating func edit(_ at: Duration) {
        guard let file = someFile(), var wishes = files[file], !wishes.isEmpty else { return }
        let index = Int(number(0...Int64(wishes.count - 1)))
        var wish = wishes[index]
        switch number(0...11) {
        case 0...3: wish.slots = Int(number(1...4))
        case 4: wish.capPercent = WorldWish.randomCap(&dice)
        case 5...6: wish.image += 1
        case 7: wish.gpus = Int(number(1...2))
        case 8: wish.chip = WorldWish.Chip.all[Int(number(0...Int64(WorldWish.Chip.all.count - 1)))]
        case 9...10: wish.suspension = wish.suspension == nil ? (chance(2) ? .stop : .release) : nil
        default: wish.isPaused.toggle()
        }
        guard wish != wishes[index] else { return }
        // A changed spec may replace every slot, a raised cap may fill what a lowered one has ended.
        asked += wish.slots
        wishes[index] = wish
        write(at, file, wishes)
    }

    /// A spell of faults that ends.
    private mutating func storm(_ at: Duration) {
        let honest: [FaultKind] = [
            .tooManyRequests, .internalError, .unavailable, .connectionRefused, .droppedBefore, .hungBefore,
            .foreignBefore, .droppedAfter, .hungAfter, .errorAfter, .foreignAfter, .truncated, .late, .wrongNotFound,
            .lost, .preempted, .stuck, .listedLate, .deleteBroken,
        ]
        var permille: [FaultKind: Int] = [:]
        for _ in 0..<number(1...5) {
            let kind = honest[Int(number(0...Int64(honest.count - 1)))]
            let isHappening = kind == .lost || kind == .preempted || kind == .stuck
            permille[kind] = Int(isHappening ? number(5...20) : number(30...400))
        }
        let until = min(at + .seconds(number(5...120)), quietFrom)
        add(at, .setFaults(permille))
        add(until, .setFaults([:]))
    }

    /// Something of our own machine goes wrong, and is mended.
    private mutating func trouble(_ at: Duration) {
        let until = min(at + .seconds(number(1...60)), quietFrom)
        switch number(0...5) {
        case 0:
            add(at, .setFull(true))
            add(until, .setFull(false))
        case 1:
            add(at, .setReadable(false))
            add(until, .setReadable(true))
        case 2:
            add(at, .setClock(.seconds(number(-20...20))))
            add(until, .setClock(.zero))
        case 3:
            guard let file = someFile() else { return }
            add(at, .setValid(false, file: file))
            add(until, .setValid(true, file: file))
        case 4:
            add(at, .setWay(.milliseconds(number(100...5_000))))
            add(until, .setWay(.milliseconds(30)))
        default: add(at, .drain)
        }
    }

    private mutating func ask(_ at: Duration) {
        guard let file = someFile(), let wish = files[file]?.first else {
            return add(at, .ask(.reconcile(nil)))
        }
        let key = IntentKey(rawValue: wish.name)
        switch number(0...4) {
        case 0: add(at, .ask(.reconcile(chance(2) ? key : nil)))
        case 1:
            var suspension = Suspension()
            suspension.reason = "asked for"
            suspension.mode = chance(2) ? .stop : .release
            asked += wish.slots
            add(at, .ask(.suspend(key, suspension)))
        case 2...3:
            asked += wish.slots
            add(at, .ask(.resume(key)))
        default: add(at, .ask(.pause(key, Pause())))
        }
        if variant.hasStrangers, chance(3) { add(at, .foreign) }
    }
}
