package import Intents

/// Which intent depends on which, and the circles among them: a pure value.
package struct DependencyGraph: Sendable {
    /// What each intent depends on, in the order of its file; those that depend on nothing are missing.
    package private(set) var dependencies: [IntentKey: [IntentKey]] = [:]
    /// Which intents depend on each.
    package private(set) var dependents: [IntentKey: Set<IntentKey>] = [:]
    /// The circle that an intent is part of, from itself to itself.
    package private(set) var circles: [IntentKey: [IntentKey]] = [:]

    /// Nobody depends on anybody.
    package init() {}

    /// Notes what an intent depends on; returns the others whose standing may change with it.
    package mutating func set(_ key: IntentKey, dependsOn names: [IntentKey]) -> Set<IntentKey> {
        let old = dependencies[key] ?? []
        guard names != old else { return [] }
        var touched = companions(of: key)
        for name in old {
            dependents[name]?.remove(key)
            if dependents[name]?.isEmpty == true { dependents[name] = nil }
        }
        for name in names { dependents[name, default: []].insert(key) }
        dependencies[key] = names.isEmpty ? nil : names
        touched.formUnion(companions(of: key))
        let before = circles
        for member in touched { circles[member] = nil }
        for member in touched.sorted() where circles[member] == nil { findCircle(through: member) }
        return touched.filter { $0 != key && circles[$0] != before[$0] }
    }

    /// Whether something leads from one intent to another, by what each depends on; `beside` adds what is not noted here.
    package func leads(
        from start: IntentKey,
        to end: IntentKey,
        beside: (IntentKey) -> [IntentKey] = { _ in [] }
    ) -> Bool {
        var seen: Set<IntentKey> = []
        var open = [start]
        while let key = open.popLast() {
            for next in (dependencies[key] ?? []) + beside(key) {
                if next == end { return true }
                if seen.insert(next).inserted { open.append(next) }
            }
        }
        return false
    }

    /// Who is on some circle with an intent, itself included.
    private func companions(of key: IntentKey) -> Set<IntentKey> {
        let ahead = Self.reach(from: key) { dependencies[$0] ?? [] }
        guard ahead.contains(key) else { return [] }
        return ahead.intersection(Self.reach(from: key) { dependents[$0] ?? [] })
    }

    private static func reach(from start: IntentKey, _ next: (IntentKey) -> some Sequence<IntentKey>) -> Set<IntentKey>
    {
        var seen: Set<IntentKey> = []
        var open = [start]
        while let key = open.popLast() {
            for name in next(key) where seen.insert(name).inserted { open.append(name) }
        }
        return seen
    }

    /// Remembers the shortest way from an intent back to itself, for everyone on it.
    private mutating func findCircle(through key: IntentKey) {
        var cameFrom: [IntentKey: IntentKey] = [:]
        var open = [key]
        var next = 0
        while next < open.count {
            let here = open[next]
            next += 1
            for name in dependencies[here] ?? [] {
                if name == key { return remember(Self.way(to: here, from: key, cameFrom)) }
                if cameFrom[name] == nil {
                    cameFrom[name] = here
                    open.append(name)
                }
            }
        }
    }

    private mutating func remember(_ way: [IntentKey]) {
        for (index, member) in way.enumerated() {
            circles[member] = Array(way[index...] + way[...index])
        }
    }

    private static func way(to end: IntentKey, from start: IntentKey, _ cameFrom: [IntentKey: IntentKey]) -> [IntentKey]
    {
        var way = [end]
        while let last = way.last, last != start, let before = cameFrom[last] { way.append(before) }
        return way.reversed()
    }
}

extension Intent {
    /// The keys of what it depends on: names in its own namespace.
    package var dependencies: [IntentKey] {
        spec.dependsOn.map { name in IntentKey(rawValue: namespace.map { "\($0)/\(name)" } ?? name) }
    }
}
