import Intents
import Testing

@testable import Reconciling

/// What platforms said, found by the place of a row or by its attempt.
@Suite struct LookTableTests {
    private static func attempt(_ number: Int) -> AttemptID {
        AttemptID(rawValue: "0000000\(number)-0000-4000-8000-000000000000")
    }

    @Test("a look is found at its row, after rows that were not looked at, and where the order is another one")
    func rows() {
        var looks = LookTable()
        for number in [1, 3, 4] { looks.add(number == 3 ? .absent : .doubtful, at: Self.attempt(number)) }
        for number in 0...5 {
            let expected: Look? =
                switch number {
                case 3: .absent
                case 1, 4: .doubtful
                default: nil
                }
            #expect(looks.look(at: Self.attempt(number), row: number) == expected, "\(number)")
            #expect(looks.look(at: Self.attempt(number), row: 0) == expected, "\(number), in another order")
            #expect(looks[Self.attempt(number)] == expected, "\(number)")
        }
    }

    @Test("of two looks at one attempt the later counts, and one can be taken out")
    func replacing() {
        var looks: LookTable = [Self.attempt(1): .doubtful, Self.attempt(2): .absent, Self.attempt(1): .absent]
        #expect(looks.values == [.absent, .absent])
        looks[Self.attempt(2)] = nil
        #expect(looks[Self.attempt(2)] == nil)
        #expect(looks.values.count == 1)
    }

    @Test("a miss is known without going through the looks")
    func misses() {
        let seen = Look.seen(Observation(id: AllocationID(rawValue: "i"), state: .running, rawState: "running"))
        for (look, isMiss) in [(seen, false), (.unreachable(.error()), false), (.absent, true), (.doubtful, true)] {
            var looks: LookTable = [Self.attempt(1): seen]
            #expect(!looks.missesSomething)
            looks[Self.attempt(1)] = look
            #expect(looks.missesSomething == isMiss)
        }
    }
}
