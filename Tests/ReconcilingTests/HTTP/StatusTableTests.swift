import Reconciling
import Testing

/// Words for states.
@Suite struct StatusTableTests {
    @Test(arguments: ["shutting_down", "Shutting-Down", "SHUTTING DOWN", "shuttingdown", "_shutting_down_"])
    func spellingDoesNotCount(word: String) {
        #expect(StatusTable.common.meaning(of: word) == .alive(.stopping))
    }

    @Test(arguments: ["", " ", "runing", "running!", "not running", "unknown", "ünning"])
    func whatIsNotInTheTableIsUnknown(word: String) {
        #expect(StatusTable.common.meaning(of: word) == nil)
        #expect(StatusTable.common.state(of: word) == .unknown)
    }

    @Test func aWordForGoneIsNoState() {
        #expect(StatusTable.common.meaning(of: "deleted") == .gone)
        #expect(StatusTable.common.state(of: "deleted") == .unknown)
    }

    @Test func addedWordsWin() {
        let table = StatusTable.common.adding([.alive(.failed): ["running"], .gone: ["Evicted"]])
        #expect(table.state(of: "Running") == .failed)
        #expect(table.meaning(of: "evicted") == .gone)
        #expect(table.state(of: "pending") == .provisioning)
        #expect(StatusTable.common.state(of: "running") == .running)
    }
}
