import Intents
import Placement
import Reconciling

/// A small history that is written by hand, to be cut off at every one of its effects.
package struct CrashHistory: Sendable {
    /// Something that happens, with its time.
    typealias Line = (at: Duration, edit: WorldEdit)

    /// What it is called.
    package let name: String
    /// On which platforms it is played.
    package let faces: [CrashFace]
    /// How much is played of it.
    package let size: Size
    /// The most purchases that it explains; nil where the judges tell.
    let purchases: Int?
    private let boot: Duration?
    private let hasStrangers: Bool
    private let spell: (@Sendable (CrashFace) -> Spell)?
    private let lines: @Sendable (CrashFace) -> [Line]

    /// Something that lasts.
    typealias Spell = (from: Duration, until: Duration, edit: WorldEdit)

    /// How much is played of a history.
    package enum Size: Sendable {
        /// Every crash, and every second one after it.
        case small
        /// Every crash: it has more effects than the others.
        case wide
    }

    /// The most effects that a history has when nobody cuts it off.
    package static let mostEffects = 40

    /// Whether somebody else buys with the same account.
    enum Strangers {
        /// Somebody does.
        case present
        /// Nobody does: what befalls anything befalls ours.
        case absent
    }

    /// A history from its lines, on every platform unless told otherwise; `boot` is how long allocations take to run.
    init(
        _ name: String,
        on faces: [CrashFace] = CrashFace.allCases,
        strangers: Strangers = .present,
        boot: Duration? = nil,
        size: Size = .small,
        purchases: Int? = nil,
        spell: (@Sendable (CrashFace) -> Spell)? = nil,
        _ lines: @escaping @Sendable (CrashFace) -> [Line]
    ) {
        self.name = name
        self.faces = faces
        self.boot = boot
        self.size = size
        self.purchases = purchases
        self.spell = spell
        self.lines = lines
        hasStrangers = strangers == .present
    }

    /// The history of this name; nil where there is none.
    package static func named(_ name: String) -> CrashHistory? { all.first { $0.name == name } }

    /// The scene on a platform.
    func stage(on face: CrashFace) -> WorldStage {
        let strangers: [Line] =
            hasStrangers && face != .flexaiExclusive ? [(.zero, .foreign(face.platform))] : []
        var stage = WorldStage(entries: strangers + lines(face), faces: face.faces(boot: boot))
        if let spell { stage.spells = [spell(face)] }
        return stage
    }
}

extension CrashFace {
    /// The one file of a scene holds one intent from now on.
    func wish(_ slots: Int, _ change: (inout WorldWish) -> Void = { _ in }) -> WorldEdit {
        var wish = WorldWish(name: "intent-1", slots: slots, chip: WorldWish.Chip.all[3], gpus: 1)
        wish.place = place
        change(&wish)
        return .write(file: "intent-1.yaml", [wish])
    }

    /// The nth file of a scene holds one intent of one slot, or none.
    func wish(_ slots: Int, inFile number: Int, _ change: (inout WorldWish) -> Void = { _ in }) -> WorldEdit {
        var wish = WorldWish(name: "intent-\(number)", slots: 1, chip: WorldWish.Chip.all[3], gpus: 1)
        wish.place = place
        change(&wish)
        return .write(file: "intent-\(number).yaml", slots == 0 ? [] : [wish])
    }

    /// The one file of a scene is gone from now on.
    var nothing: WorldEdit { .write(file: "intent-1.yaml", []) }

    /// The next calls of a sort go wrong.
    func befall(_ kind: FaultKind, _ call: PlatformCall, times: Int = 1) -> WorldEdit {
        .befall(platform, kind, call, times: times)
    }
}
