import Intents
import Reconciling

/// A small history that is written by hand, to be cut off at every one of its effects.
package struct CrashHistory: Sendable {
    /// What it is called.
    package let name: String
    /// On which platforms it is played.
    package let variants: [WorldVariant]
    /// What happens.
    let stage: WorldStage

    /// The most effects that a history has when nobody cuts it off.
    package static let mostEffects = 40

    /// A history from its scene; on every platform unless told otherwise.
    init(
        _ name: String,
        on variants: [WorldVariant] = WorldVariant.allCases,
        purchases: Int,
        _ entries: [(at: Duration, edit: WorldEdit)],
        change: (inout WorldStage) -> Void = { _ in }
    ) {
        self.name = name
        self.variants = variants
        var stage = WorldStage(entries: entries, purchases: purchases)
        change(&stage)
        self.stage = stage
    }

    /// The history of this name; nil where there is none.
    package static func named(_ name: String) -> CrashHistory? { all.first { $0.name == name } }
}

extension WorldEdit {
    /// The one file of a scene holds these wishes from now on.
    static func wish(_ wishes: WorldWish...) -> WorldEdit { .write(file: "intent-1.yaml", wishes) }
}

extension WorldWish {
    /// An intent of a scene.
    static func staged(_ slots: Int, _ change: (inout WorldWish) -> Void = { _ in }) -> WorldWish {
        var wish = WorldWish(name: "intent-1", slots: slots, chip: Chip.all[2], gpus: 1)
        change(&wish)
        return wish
    }
}
