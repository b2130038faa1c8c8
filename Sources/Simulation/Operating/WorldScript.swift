import Intents
import Placement
import Reconciling

/// A history of what people, disks, clocks and platforms do, drawn from a seed.
struct WorldScript: Sendable {
    /// What happens, not sorted.
    var entries: [WorldEntry] = []
    var dice: Dice
    let variant: WorldVariant
    let start: Duration
    let quietFrom: Duration
    /// When a platform is free for another spell in which its listings lie, or deny what lives.
    var honestFrom: [PlatformName: Duration] = [:]
    var files: [String: [WorldWish]] = [:]
    var born = 0

    /// How many intents there are at most at a time.
    private static let mostIntents = 20

    /// A script whose first disturbance is at `start`, but for strangers who have bought before, and whose last is at
    /// `quietFrom`.
    init(seed: UInt64, variant: WorldVariant, from start: Duration, quietFrom: Duration) {
        dice = Dice(seed: seed &* 0x9E37_79B9)
        self.variant = variant
        self.start = start
        self.quietFrom = quietFrom
        var aside = Dice(seed: seed &* 0xD1B5_4A33 &+ 5)
        defer {
            if variant != .restored {
                reconfigure(&aside)
                release(&aside)
            }
            var apart = Dice(seed: seed &* 0xA24B_AED5 &+ 11)
            misroute(&apart)
        }
        guard variant != .lives else {
            live()
            return
        }
        begin()
        var at = start + .seconds(5)
        while at < quietFrom {
            disturb(at)
            // Now and then a burst: several things within a moment.
            let isBurst = chance(3)
            at += isBurst ? .milliseconds(number(0...400)) : .milliseconds(number(1_000...24_000))
        }
        if chance(8) { outage() }
        end()
        if variant == .restored { putBack() }
    }

    mutating func number(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &dice) }

    mutating func chance(_ oneIn: Int64) -> Bool { number(1...oneIn) == 1 }

    mutating func any<Value>(_ values: [Value]) -> Value { values[Int(number(0...Int64(values.count - 1)))] }

    mutating func add(_ at: Duration, _ edit: WorldEdit) {
        entries.append(WorldEntry(at: at, until: nil, edit: edit))
    }

    /// Something that lasts, and ends before the quiet begins.
    mutating func add(_ at: Duration, lasting span: Duration, _ edit: WorldEdit) {
        entries.append(WorldEntry(at: at, until: min(at + span, quietFrom), edit: edit))
    }

    private mutating func begin() {
        for platform in strangersPlatforms { for _ in 0..<2 { add(.zero, .foreign(platform)) } }
        for _ in 0..<number(4...12) { appear(start) }
    }

    /// Where strangers buy with our account.
    var strangersPlatforms: [PlatformName] { variant.hasStrangers ? [.flexai, .flare] : [.flare] }

    /// Every wish can be fulfilled again.
    private mutating func end() {
        // What was written for later outlasts what was written meanwhile.
        var files: [String: [WorldWish]] = [:]
        for entry in WorldHistory(entries).entries {
            if case .write(let file, let wishes) = entry.edit { files[file] = wishes }
        }
        for file in files.keys.sorted() {
            var wishes = files[file] ?? []
            if wishes.contains(where: \.isPaused) {
                for index in wishes.indices { wishes[index].isPaused = false }
                write(quietFrom, file, wishes)
            }
            for wish in wishes where chance(2) { add(quietFrom, .ask(.resume(IntentKey(rawValue: wish.name)))) }
        }
    }

    mutating func write(_ at: Duration, _ file: String, _ wishes: [WorldWish]) {
        files[file] = wishes.isEmpty ? nil : wishes
        add(at, .write(file: file, wishes))
    }

    private mutating func appear(_ at: Duration) {
        guard files.values.reduce(0, { $0 + $1.count }) < Self.mostIntents else { return }
        born += 1
        let wish = WorldWish.random("intent-\(born)", &dice)
        // Now and then two intents share a file.
        if chance(5), let file = someFile() {
            write(at, file, (files[file] ?? []) + [wish])
        } else {
            write(at, "\(wish.name).yaml", [wish])
        }
    }

    private mutating func someFile() -> String? {
        let names = files.keys.sorted()
        return names.isEmpty ? nil : any(names)
    }

    private mutating func disturb(_ at: Duration) {
        switch number(0...99) {
        case 0..<14: appear(at)
        case 14..<43: edit(at)
        case 43..<48: move(at)
        case 48..<54: vanish(at)
        case 54..<70: storm(at)
        case 70..<80: trouble(at)
        case 80..<92: die(at)
        default: ask(at)
        }
    }

    private mutating func vanish(_ at: Duration) {
        guard let file = someFile(), files.count > 2, let wishes = files[file] else { return }
        write(at, file, [])
        // Somebody takes it back.
        if chance(4) { write(min(at + .milliseconds(number(200...90_000)), quietFrom), file, wishes) }
    }

    /// An intent moves to another file: at once, with a moment in both or in neither, or as a changed copy.
    private mutating func move(_ at: Duration) {
        guard let file = someFile(), var rest = files[file], let wish = rest.popLast() else { return }
        var other = someFile() ?? file
        // Its new file comes before or after all others.
        if other == file || chance(2) { other = any(["a-\(wish.name).yaml", "z-\(wish.name).yaml"]) }
        guard other != file, files[other]?.contains(where: { $0.name == wish.name }) != true else { return }
        let before = files[other] ?? []
        let later = min(at + .milliseconds(number(200...20_000)), quietFrom)
        switch number(0...3) {
        case 0:
            write(at, other, before + [wish])
            write(at, file, rest)
        case 1:
            write(at, other, before + [wish])
            write(later, file, rest)
        case 2:
            write(at, file, rest)
            write(later, other, before + [wish])
        default:
            var copy = wish
            copy.image += 1
            copy.slots = Int(number(1...Int64(WorldWish.mostSlots)))
            write(at, other, before + [copy])
            let end = min(at + .seconds(number(1...120)), quietFrom)
            if chance(2) { write(end, other, before) } else { write(end, file, rest) }
        }
    }

    private mutating func edit(_ at: Duration) {
        guard let file = someFile(), var wishes = files[file], !wishes.isEmpty else { return }
        let index = Int(number(0...Int64(wishes.count - 1)))
        var wish = wishes[index]
        switch number(0...12) {
        case 0...3: wish.slots = Int(number(1...Int64(WorldWish.mostSlots)))
        case 4: wish.capPercent = WorldWish.randomCap(&dice)
        case 5...6: wish.image += 1
        case 7: wish.gpus = Int(number(1...2))
        case 8: wish.chip = any(WorldWish.Chip.all)
        case 9...10: wish.suspension = wish.suspension == nil ? (chance(2) ? .stop : .release) : nil
        case 11: wish.place = any(WorldWish.Place.allCases)
        default: wish.isPaused.toggle()
        }
        guard wish != wishes[index] else { return }
        wishes[index] = wish
        write(at, file, wishes)
        // Somebody changes his mind within seconds.
        if chance(6) {
            var back = wishes
            back[index].image = max(0, back[index].image - 1)
            write(min(at + .milliseconds(number(500...9_000)), quietFrom), file, back)
        }
    }

    private mutating func ask(_ at: Duration) {
        if chance(5) { add(at, .foreign(any(strangersPlatforms))) }
        guard let file = someFile(), let wish = files[file]?.first else {
            return add(at, .ask(.reconcile(nil)))
        }
        let key = IntentKey(rawValue: wish.name)
        // Drawn aside, so that the histories of known seeds stay as they are.
        var aside = dice
        if wish.jobTimeout != nil, Bool.random(using: &aside) {
            let slot = Int.random(in: 0..<wish.slots, using: &aside)
            add(at, .ask(.complete(key, slot: slot, Bool.random(using: &aside) ? .failed : .completed)))
        }
        switch number(0...4) {
        case 0: add(at, .ask(.reconcile(chance(2) ? key : nil)))
        case 1:
            var suspension = Suspension()
            suspension.reason = "asked for"
            suspension.mode = chance(2) ? .stop : .release
            add(at, .ask(.suspend(key, suspension)))
        case 2...3: add(at, .ask(.resume(key)))
        default: add(at, .ask(.pause(key, Pause())))
        }
    }
}
