import Testing

@testable import Simulation

/// Shrinking: what is needed stays, and nothing else does.
@Suite struct WorldShrinkerTests {
    @Test(arguments: [[0], [99], [3, 17], [0, 50, 99], [10, 11, 12, 13], []])
    func findsExactlyWhatIsNeeded(_ needed: [Int]) {
        let outcome = WorldShrinker().shrink(100) { kept in Set(needed).isSubset(of: kept) }
        #expect(outcome.kept == needed)
        #expect(outcome.tries <= 200, "\(outcome.tries)")
    }

    @Test func goesOnUntilNothingCanBeSpared() {
        // Either pair fails; a pair is found, and neither half of it can go.
        let outcome = WorldShrinker().shrink(64) { kept in
            Set([5, 40]).isSubset(of: kept) || Set([20, 60]).isSubset(of: kept)
        }
        #expect(outcome.kept == [5, 40] || outcome.kept == [20, 60])
    }

    @Test func triesNoMoreThanItMay() {
        let outcome = WorldShrinker(patience: 7).shrink(1000) { $0.count > 990 }
        #expect(outcome.tries == 7)
        #expect(outcome.kept.count > 990)
    }

    @Test(arguments: [
        ("intent-6: : slots [], wanted 0..<2", true), ("row 1 of intent-6 is open, and so is intent-9", true),
        ("intent-16: : slots []", false), ("intent-9 is still stored", false), ("withdrawals are still held", false),
    ])
    func anotherIntentsTroubleIsAnotherFailure(_ words: String, _ isSame: Bool) {
        let first = WorldBreach(promise: .convergence, at: .zero, words: "intent-6: : slots [0], wanted 0..<2")
        #expect(first.resembles(WorldBreach(promise: .convergence, at: .seconds(1), words: words)) == isSame)
        #expect(!first.resembles(WorldBreach(promise: .quiet, at: .zero, words: words)))
        let bare = WorldBreach(promise: .convergence, at: .zero, words: "withdrawals are still held")
        #expect(bare.resembles(WorldBreach(promise: .convergence, at: .zero, words: words)))
    }

    @Test func keepsEverythingWhereNothingCanBeSpared() {
        let outcome = WorldShrinker().shrink(9) { $0.count == 9 }
        #expect(outcome.kept == Array(0..<9))
    }

    @Test(arguments: [
        ([], "none"), ([4], "4"), ([0, 1, 2], "0-2"), ([7, 3, 8, 9], "3,7-9"), ([0, 2, 4], "0,2,4"),
    ])
    func placesAreTextAndBack(_ numbers: [Int], _ text: String) {
        #expect(WorldTrial.text(numbers) == text)
        #expect(WorldTrial.numbers(text) == numbers.sorted())
    }

    @Test(arguments: ["", "x", "3-1", "1,,2", "-4", "1-2-3", "1;2", "999999"])
    func nonsenseIsNoListOfPlaces(_ text: String) { #expect(WorldTrial.numbers(text) == nil) }

    @Test func aPlantedFailureShrinksToAFewLines() async throws {
        var plan = WorldRun.Plan(.listing)
        plan.sabotage = .oblivion
        plan.comparison = .nothing
        plan.isTraced = false
        let trial = WorldTrial(seed: 1, plan: plan)
        let verdict = await WorldThread.play { trial.play() }
        let promise = try #require(verdict.breaches.first?.promise)
        let short = await WorldThread.play { trial.shrunk(verdict, by: WorldShrinker(patience: 60)) }
        let again = await WorldThread.play { short.play() }
        #expect(again.breaches.contains { $0.promise == promise })
        #expect(short.lines.count <= 8, "\(short.lines)")
        #expect(trial.lines.count > 50)
        #expect(short.arguments.hasPrefix("--seed 1 --variant listing --keep "))
    }
}
