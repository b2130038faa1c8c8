import Documents
import Intents
import Testing

@testable import Reconciling

/// What is wished for, from what sources say: promise 6, unreachable is not gone.
@Suite struct DesiredStateTests {
    private static func intent(_ name: String, image: String = "a") -> SourcedIntent {
        var spec = IntentSpec()
        spec.workload.image = image
        return SourcedIntent(intent: Intent(name: name, spec: spec), position: .start)
    }

    private static func file(_ name: String, _ intents: [SourcedIntent], error: String? = nil) -> SourceFile {
        let diagnostics = error.map { [Diagnostic(file: name, position: .start, message: $0)] } ?? []
        return SourceFile(name: name, intents: intents, diagnostics: diagnostics)
    }

    /// A state over files, told of by complete looks a minute apart.
    private struct Watched {
        var state = DesiredState(stored: [], guardian: DeletionGuard())
        var uptime = Duration.zero

        mutating func look(_ files: [SourceFile], present: Set<String>? = nil) -> DesiredState.Outcome {
            tell(.look(changed: files, present: present ?? Set(files.map(\.name))))
        }

        mutating func tell(_ report: SourceReport) -> DesiredState.Outcome {
            uptime += .seconds(60)
            return state.take(report, now: noon + uptime, uptime: uptime)
        }

        /// Lets the guard judge a minute later; returns what is withdrawn.
        mutating func judge() -> Set<IntentKey> {
            uptime += .seconds(60)
            return state.judge(now: noon + uptime, uptime: uptime, ending: 0).changed
        }

        var names: [String] { state.entries.keys.map(\.rawValue).sorted() }
    }

    private static let key = IntentKey(rawValue: "a")

    @Test("a new intent, a changed one, and one that stands")
    func changes() {
        var watched = Watched()
        let first = watched.look([Self.file("f", [Self.intent("a"), Self.intent("b")])])
        #expect(first.changed.map(\.rawValue).sorted() == ["a", "b"])
        #expect(first.writes.count == 2)
        let second = watched.look([Self.file("f", [Self.intent("a", image: "x"), Self.intent("b")])])
        #expect(second.changed == [Self.key])
        #expect(watched.state.entries[Self.key]?.stored.generation == 2)
        let third = watched.look([Self.file("f", [Self.intent("a", image: "x"), Self.intent("b")])])
        #expect(third.changed.isEmpty)
        #expect(third.writes.isEmpty)
        #expect(watched.judge().isEmpty)
    }

    @Test("what is gone is withdrawn, by the guard and not before")
    func gone() {
        var watched = Watched()
        _ = watched.look([Self.file("f", [Self.intent("a")]), Self.file("g", [Self.intent("b")])])
        let outcome = watched.look([], present: ["g"])
        #expect(outcome.changed.isEmpty)
        #expect(watched.names == ["a", "b"], "still wished for")
        #expect(watched.judge() == [Self.key])
        #expect(watched.names == ["b"])
    }

    @Test("a file that turns invalid keeps its last good intents, wholly or in part, and says so")
    func invalid() {
        for rest in [[], [Self.intent("b", image: "new")]] {
            var watched = Watched()
            _ = watched.look([Self.file("f", [Self.intent("a"), Self.intent("b")])])
            let outcome = watched.look([Self.file("f", rest, error: "broken")])
            #expect(outcome.events.map(\.reason) == ["FileInvalid"])
            #expect(watched.judge().isEmpty)
            #expect(watched.names == ["a", "b"])
            #expect(watched.state.entries[Self.key]?.staleness != nil)
            #expect(watched.look([Self.file("f", rest, error: "broken")]).events.isEmpty, "told once")
            _ = watched.look([Self.file("f", [Self.intent("b")])])
            #expect(watched.judge() == [Self.key], "a good file without it withdraws it")
        }
    }

    @Test("a source that cannot be read withdraws nothing, not even what waits")
    func unavailable() {
        var watched = Watched()
        _ = watched.look([Self.file("f", [Self.intent("a")])])
        _ = watched.look([])
        _ = watched.tell(.unavailable(reason: "unmounted"))
        #expect(watched.judge().isEmpty)
        #expect(watched.names == ["a"])
        _ = watched.look([])
        #expect(watched.judge() == [Self.key])
    }

    @Test("what comes back before it was let through was never away")
    func back() {
        var watched = Watched()
        _ = watched.look([Self.file("f", [Self.intent("a")])])
        _ = watched.look([])
        let outcome = watched.look([Self.file("f", [Self.intent("a")])])
        #expect(watched.judge().isEmpty)
        #expect(watched.state.entries[Self.key]?.stored.generation == 1)
        #expect(outcome.writes.isEmpty)
    }

    @Test("a key that moves to another file is not withdrawn, in whichever order it is told")
    func moved() {
        var watched = Watched()
        _ = watched.look([Self.file("f", [Self.intent("a")])])
        _ = watched.look([Self.file("g", [Self.intent("a")])], present: ["g"])
        #expect(watched.judge().isEmpty)
        _ = watched.tell(.files([Self.file("g", [])]))
        _ = watched.tell(.files([Self.file("h", [Self.intent("a")])]))
        #expect(watched.judge().isEmpty)
        #expect(watched.state.entries[Self.key]?.stored.file == "h")
    }

    @Test("of two files with one key the first in path order stays; the other takes over when it goes")
    func doubles() {
        var watched = Watched()
        _ = watched.look([Self.file("b", [Self.intent("a", image: "second")])])
        _ = watched.look([Self.file("a", [Self.intent("a", image: "first")])], present: ["a", "b"])
        #expect(watched.state.entries[Self.key]?.stored.intent.spec.workload.image == "first")
        #expect(watched.state.diagnostics["b"]?.count == 1)
        _ = watched.look([], present: ["b"])
        #expect(watched.state.entries[Self.key]?.stored.intent.spec.workload.image == "second")
        #expect(watched.judge().isEmpty)
    }

    @Test("nobody goes by a copy that goes at the same moment as what came before it", arguments: [true, false])
    func copiesGoTogether(isLook: Bool) {
        var watched = Watched()
        let copy = Self.file("b", [Self.intent("a", image: "copy")])
        let old = [Self.file("a", [Self.intent("a", image: "first")]), copy]
        _ = watched.look(old)
        let none = [Self.file("a", []), Self.file("b", [])]
        let outcome = isLook ? watched.look(none) : watched.tell(.files(none))
        #expect(outcome.writes.isEmpty, "\(outcome.writes)")
        #expect(watched.state.entries[Self.key]?.isWithdrawn == true)
        #expect(watched.state.entries[Self.key]?.stored.intent.spec.workload.image == "first")
        let new = [Self.file("a", []), Self.file("b", [Self.intent("a", image: "new")])]
        _ = watched.look(old)
        let change = isLook ? watched.look(new) : watched.tell(.files(new))
        #expect(change.writes.count == 1, "\(change.writes)")
        #expect(watched.state.entries[Self.key]?.stored.intent.spec.workload.image == "new")
    }

    @Test("an intent that is moved into a file that does not parse is kept until that file says whether it is there")
    func movedIntoABrokenFile() {
        var broken = Self.file("new", [], error: "broken")
        broken.text = Array("name: a\nspec: [".utf8)
        for isThere in [true, false] {
            var watched = Watched()
            _ = watched.look([Self.file("old", [Self.intent("a"), Self.intent("ab"), Self.intent("b")])])
            let outcome = watched.look([Self.file("old", []), broken], present: ["old", "new"])
            #expect(outcome.changed == [Self.key], "its status tells of it")
            #expect(outcome.events.filter { $0.key == Self.key }.map(\.reason) == ["LastGoodKept"])
            #expect(watched.state.entries[Self.key]?.isWithdrawn == false)
            #expect(watched.state.entries[Self.key]?.staleness?.contains("broken") == true)
            #expect(watched.judge() == [IntentKey(rawValue: "ab"), IntentKey(rawValue: "b")], "the file names neither")
            #expect(watched.look([], present: ["old", "new"]).changed.isEmpty, "told once")
            _ = watched.look([Self.file("new", isThere ? [Self.intent("a")] : [])])
            #expect(watched.judge() == (isThere ? [] : [Self.key]))
            #expect(watched.state.entries[Self.key]?.staleness == nil)
        }
        var watched = Watched()
        _ = watched.look([Self.file("old", [Self.intent("a")])])
        // Told one after the other, and withdrawn in between.
        _ = watched.tell(.files([Self.file("old", [])]))
        _ = watched.tell(.files([broken]))
        #expect(watched.judge().isEmpty)
        _ = watched.tell(.files([Self.file("new", [], error: "it cannot be read")]))
        #expect(watched.judge().isEmpty, "what stood there may stand there still")
        _ = watched.tell(.unavailable(reason: "no such directory"))
        _ = watched.look([broken], present: ["new"])
        #expect(watched.judge().isEmpty)
        _ = watched.look([], present: [])
        #expect(watched.judge() == [Self.key], "a file that is gone holds nothing")
    }

    @Test("after a restart the ledger's last good intents stand until a look says otherwise")
    func restart() {
        let stored = StoredIntent(
            key: Self.key,
            file: "f",
            generation: 7,
            createdAt: noon,
            intent: Self.intent("a").intent
        )
        var watched = Watched(state: DesiredState(stored: [stored], guardian: DeletionGuard()))
        #expect(watched.judge().isEmpty, "nothing was looked at yet")
        _ = watched.look([Self.file("f", [], error: "broken")])
        #expect(watched.judge().isEmpty)
        #expect(watched.state.entries[Self.key]?.stored.generation == 7)
        _ = watched.look([Self.file("f", [Self.intent("a", image: "x")])])
        #expect(watched.state.entries[Self.key]?.stored.generation == 8)
        var other = Watched(state: DesiredState(stored: [stored], guardian: DeletionGuard()))
        _ = other.look([Self.file("g", [Self.intent("b")])])
        #expect(other.judge() == [Self.key])
    }

    @Test("too many at once are held, written down, and cleared when they come back")
    func held() {
        var watched = Watched()
        let intents = (0..<10).map { Self.intent("i\($0)") }
        _ = watched.look([Self.file("f", intents)])
        _ = watched.look([])
        watched.uptime += .seconds(60)
        let judged = watched.state.judge(now: noon, uptime: watched.uptime, ending: 0)
        #expect(judged.changed.count == 10, "what waited for the judgement goes on")
        #expect(judged.events.map(\.reason) == ["WithdrawalsHeld"])
        #expect(judged.writes.count == 1)
        #expect(watched.state.judge(now: noon, uptime: watched.uptime, ending: 0).writes.isEmpty, "written once")
        _ = watched.look([Self.file("f", intents)])
        let back = watched.state.judge(now: noon, uptime: watched.uptime, ending: 0)
        #expect(back.writes == [.heldWithdrawals(nil)])
        #expect(watched.names.count == 10)
    }

    @Test("namespaces keep names apart")
    func namespaces() {
        var watched = Watched()
        var named = Self.intent("a").intent
        named.namespace = "team"
        let other = SourcedIntent(intent: named, position: .start)
        _ = watched.look([Self.file("f", [Self.intent("a"), other])])
        #expect(watched.names == ["a", "team/a"])
    }
}
