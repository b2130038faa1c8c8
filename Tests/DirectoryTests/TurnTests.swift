import Glibc
import Testing

@testable import Directory

/// What events tell.
@Suite struct TurnTests {
    private func event(
        _ mask: some BinaryInteger,
        _ name: String?,
        in place: WatchEvent.Place? = .directory("in")
    ) -> WatchEvent {
        WatchEvent(place: place, mask: UInt32(truncatingIfNeeded: mask), name: name)
    }

    private func turn(_ events: WatchEvent...) -> Turn {
        var turn = Turn()
        for event in events { turn.take(event) }
        return turn
    }

    @Test func newContentIsReadOnceAndLookedAt() {
        for kind in [IN_CLOSE_WRITE, IN_MOVED_TO] {
            let turn = turn(event(kind, "a.yaml"), event(kind, "b.json"), event(kind, "a.yaml"))
            #expect(turn.touched == ["in/a.yaml", "in/b.json"])
            #expect(turn.wantsLook)
        }
    }

    @Test func whatGoesOrComesWithoutContentIsOnlyLookedAt() {
        for kind in [IN_CREATE, IN_DELETE, IN_MOVED_FROM, IN_ATTRIB] {
            let turn = turn(event(kind, "a.yaml"))
            #expect(turn.touched.isEmpty)
            #expect(turn.wantsLook)
        }
    }

    @Test func namesThatHoldNoIntentsChangeNothing() {
        for name in [".a.yaml.swp", "a.txt", "4913", ".hidden.yaml", "a.yaml~"] {
            for kind in [IN_CREATE, IN_CLOSE_WRITE, IN_MODIFY, IN_MOVED_TO, IN_DELETE] {
                #expect(turn(event(kind, name)) == Turn())
            }
        }
        #expect(turn(event(UInt32(IN_CREATE) | UInt32(IN_ISDIR), ".git")) == Turn())
    }

    @Test func directoriesAndConfigMapsWantALook() {
        for name in ["team", "team.yaml"] {
            let turn = turn(event(UInt32(IN_CREATE) | UInt32(IN_ISDIR), name))
            #expect(turn.wantsLook && turn.touched.isEmpty)
        }
        #expect(turn(event(IN_MOVED_TO, "..data")).wantsLook)
    }

    @Test func lossAndEndsWantALook() {
        #expect(turn(event(IN_Q_OVERFLOW, nil, in: nil)).wantsLook)
        #expect(turn(event(IN_DELETE_SELF, nil)).wantsLook)
        #expect(turn(event(IN_MOVE_SELF, nil)).wantsLook)
        #expect(turn(event(IN_CREATE, "a.yaml", in: nil)).wantsLook, "of a watch that has ended")
        #expect(turn(event(IN_IGNORED, nil)) == Turn(), "only says that a watch has ended")
    }

    @Test func writersAreKnownUntilTheyAreDone() {
        #expect(turn(event(IN_MODIFY, "a.yaml")).begun == ["in/a.yaml"])
        #expect(!turn(event(IN_MODIFY, "a.yaml")).wantsLook)
        let done = turn(event(IN_MODIFY, "a.yaml"), event(IN_CLOSE_WRITE, "a.yaml"))
        #expect(done.begun.isEmpty && done.ended == ["in/a.yaml"])
        let again = turn(event(IN_CLOSE_WRITE, "a.yaml"), event(IN_MODIFY, "a.yaml"))
        #expect(again.begun == ["in/a.yaml"] && again.ended.isEmpty)
    }

    @Test func lossForgetsWhoWrites() {
        let lost = turn(event(IN_MODIFY, "a.yaml"), event(IN_Q_OVERFLOW, nil, in: nil), event(IN_MODIFY, "b.yaml"))
        #expect(lost.hasLost && lost.begun == ["in/b.yaml"])
    }

    @Test func theHolderOfAGivenPathCountsForThatNameAlone() {
        let holder = WatchEvent.Place.holder(of: "x/wish.txt", name: "wish.txt")
        #expect(turn(event(IN_CLOSE_WRITE, "wish.txt", in: holder)).touched == ["x/wish.txt"])
        #expect(turn(event(IN_CLOSE_WRITE, "other.yaml", in: holder)) == Turn())
        #expect(turn(event(UInt32(IN_MOVED_FROM) | UInt32(IN_ISDIR), "wish.txt", in: holder)).wantsLook)
    }

    /// Joining must equal taking all events in one turn, wherever the events are cut.
    @Test func joiningTurnsEqualsOneTurn() {
        let kinds = [IN_MODIFY, IN_CLOSE_WRITE, IN_DELETE, IN_CREATE]
        let files = kinds.flatMap { kind in ["a.yaml", "b.yaml"].map { event(kind, $0) } }
        let alphabet = files + [event(IN_Q_OVERFLOW, nil, in: nil)]
        for first in alphabet {
            for second in alphabet {
                for third in alphabet {
                    let whole = turn(first, second, third)
                    for cut in 0...3 {
                        let events = [first, second, third]
                        var left = Turn()
                        for event in events[..<cut] { left.take(event) }
                        var right = Turn()
                        for event in events[cut...] { right.take(event) }
                        left.join(right)
                        #expect(left == whole)
                    }
                }
            }
        }
    }
}
