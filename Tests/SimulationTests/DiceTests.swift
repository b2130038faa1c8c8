import Testing

@testable import Simulation

/// The dice: known numbers, and fair ones.
@Suite struct DiceTests {
    @Test func knownSeedGivesTheKnownNumbers() {
        var dice = Dice(seed: 1_234_567)
        let numbers = (0..<5).map { _ in dice.next() }
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect(numbers == expected, "the published sequence of SplitMix64")
    }

    @Test func sameSeedSameNumbers() {
        var (left, right) = (Dice(seed: 9), Dice(seed: 9))
        #expect((0..<1000).allSatisfy { _ in left.next() == right.next() })
    }

    @Test func numbersAreSpreadEvenly() {
        var dice = Dice(seed: 3)
        var counts = [Int](repeating: 0, count: 16)
        for _ in 0..<16_000 { counts[Int(dice.next() % 16)] += 1 }
        #expect(counts.allSatisfy { (850...1150).contains($0) })
    }
}
