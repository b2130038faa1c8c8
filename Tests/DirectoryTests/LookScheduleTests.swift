import Testing

@testable import Directory

/// When looks are due.
@Suite struct LookScheduleTests {
    private let minute = Duration.seconds(60)

    @Test func theFirstLookIsDueAtOnceAndTheNextAnIntervalLater() {
        var schedule = LookSchedule(interval: minute)
        #expect(schedule.due == .zero)
        schedule.looked(at: .milliseconds(20), .complete)
        #expect(schedule.due == minute + .milliseconds(20))
    }

    @Test func anEventBringsALookAfterAMomentOfQuiet() {
        var schedule = LookSchedule(interval: minute)
        schedule.looked(at: .zero, .complete)
        schedule.noticed(at: .seconds(1))
        #expect(schedule.due == .seconds(1) + LookSchedule.quiet)
        schedule.noticed(at: .milliseconds(1030))
        #expect(schedule.due == .milliseconds(1030) + LookSchedule.quiet, "more events put it off")
        schedule.noticed(at: .milliseconds(1080))
        #expect(schedule.due == .seconds(1) + LookSchedule.patience, "but not for ever")
        schedule.looked(at: .milliseconds(1105), .complete)
        #expect(schedule.due == minute + .milliseconds(1105))
        schedule.noticed(at: .seconds(2))
        #expect(schedule.due == .seconds(2) + LookSchedule.quiet, "the next event begins anew")
    }

    @Test func anEventNeverPutsALookOff() {
        var schedule = LookSchedule(interval: minute)
        schedule.looked(at: .zero, .complete)
        schedule.noticed(at: minute - .milliseconds(10))
        #expect(schedule.due == minute)
    }

    @Test func whatIsInMotionIsLookedAtAgainSoonAndNotForEver() {
        var schedule = LookSchedule(interval: minute)
        #expect(!schedule.isOutOfPatience(at: .zero))
        for step in 0..<20 {
            let now = LookSchedule.quiet * step
            #expect(!schedule.isOutOfPatience(at: now))
            schedule.wasUnsettled(at: now)
            #expect(schedule.due == now + LookSchedule.quiet)
        }
        #expect(schedule.isOutOfPatience(at: LookSchedule.settling))
        schedule.looked(at: LookSchedule.settling, .partial)
        #expect(schedule.due == LookSchedule.settling + LookSchedule.retry)
        #expect(!schedule.isOutOfPatience(at: schedule.due), "patience begins anew")
    }

    @Test func aShortIntervalShortensTheRetry() {
        var schedule = LookSchedule(interval: .milliseconds(200))
        schedule.looked(at: .zero, .partial)
        #expect(schedule.due == .milliseconds(200))
    }
}
