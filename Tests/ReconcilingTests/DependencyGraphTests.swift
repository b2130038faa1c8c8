import Intents
import Testing

@testable import Reconciling

/// Who depends on whom, and the circles among them.
@Suite struct DependencyGraphTests {
    private static func keys(_ text: String) -> [IntentKey] {
        text.split(separator: " ").map { IntentKey(rawValue: String($0)) }
    }

    /// A graph from `a: b c` lines.
    private static func graph(_ lines: String...) -> DependencyGraph {
        var graph = DependencyGraph()
        for line in lines {
            let parts = line.split(separator: ":")
            _ = graph.set(
                IntentKey(rawValue: String(parts[0])),
                dependsOn: keys(parts.count > 1 ? String(parts[1]) : "")
            )
        }
        return graph
    }

    private static func circle(_ graph: DependencyGraph, _ key: String) -> String {
        (graph.circles[IntentKey(rawValue: key)] ?? []).map(\.rawValue).joined(separator: " ")
    }

    @Test("edges go both ways, and go with their intent")
    func edges() {
        var graph = Self.graph("a: b c", "d: b")
        #expect(graph.dependents[IntentKey(rawValue: "b")] == Set(Self.keys("a d")))
        _ = graph.set(IntentKey(rawValue: "a"), dependsOn: Self.keys("c"))
        #expect(graph.dependents[IntentKey(rawValue: "b")] == Set(Self.keys("d")))
        _ = graph.set(IntentKey(rawValue: "d"), dependsOn: [])
        #expect(graph.dependents[IntentKey(rawValue: "b")] == nil)
        #expect(graph.dependencies[IntentKey(rawValue: "d")] == nil)
        #expect(graph.circles.isEmpty)
    }

    @Test("a circle is named from each of its members; who only leads into it is no part of it")
    func circles() {
        let graph = Self.graph("a: b", "b: c", "x: a", "c: a y")
        #expect(Self.circle(graph, "a") == "a b c a")
        #expect(Self.circle(graph, "b") == "b c a b")
        #expect(Self.circle(graph, "c") == "c a b c")
        #expect(Self.circle(graph, "x").isEmpty)
        #expect(Self.circle(graph, "y").isEmpty)
        #expect(Self.circle(Self.graph("a: a"), "a") == "a a")
    }

    @Test("who closes or opens a circle tells its members, and of two circles the other stays")
    func changes() {
        var graph = Self.graph("a: b", "b: c")
        #expect(graph.set(IntentKey(rawValue: "c"), dependsOn: Self.keys("a")) == Set(Self.keys("a b")))
        #expect(graph.set(IntentKey(rawValue: "c"), dependsOn: Self.keys("b")) == Set(Self.keys("a b")))
        #expect(Self.circle(graph, "a").isEmpty)
        #expect(Self.circle(graph, "b") == "b c b")
        #expect(graph.set(IntentKey(rawValue: "c"), dependsOn: []) == Set(Self.keys("b")))
        #expect(graph.circles.isEmpty)
        #expect(graph.set(IntentKey(rawValue: "c"), dependsOn: []).isEmpty)
    }

    @Test("every set of edges among four has a circle exactly for those who reach themselves")
    func exhaustive() {
        let names = Self.keys("a b c d")
        for bits in 0..<(1 << 12) {
            var graph = DependencyGraph()
            var reaches = Array(repeating: Array(repeating: false, count: 4), count: 4)
            var bit = 0
            for from in 0..<4 {
                var targets: [IntentKey] = []
                for to in 0..<4 where to != from {
                    if bits & 1 << bit != 0 {
                        targets.append(names[to])
                        reaches[from][to] = true
                    }
                    bit += 1
                }
                _ = graph.set(names[from], dependsOn: targets)
            }
            for middle in 0..<4 {
                for from in 0..<4 where reaches[from][middle] {
                    for to in 0..<4 where reaches[middle][to] { reaches[from][to] = true }
                }
            }
            for index in 0..<4 {
                #expect((graph.circles[names[index]] != nil) == reaches[index][index])
                #expect(graph.leads(from: names[index], to: names[(index + 1) % 4]) == reaches[index][(index + 1) % 4])
            }
        }
    }

    @Test("a namespace's names are meant in it")
    func namespaces() {
        var spec = IntentSpec()
        spec.dependsOn = ["store"]
        #expect(Intent(name: "a", spec: spec).dependencies == Self.keys("store"))
        #expect(Intent(name: "a", namespace: "team", spec: spec).dependencies == Self.keys("team/store"))
    }
}
