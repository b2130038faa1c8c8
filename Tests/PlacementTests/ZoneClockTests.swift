import Intents
import Testing

@testable import Placement

/// The clocks of time zones against moments worked out from the IANA database by another implementation.
struct ZoneClockTests {
    /// A zone, the minutes east of Greenwich at the start of 2026, and every change up to 2028 with what comes after it.
    private static let changes: [(zone: String, first: Int64, changes: [(second: Int64, minutes: Int64)])] = [
        ("Europe/Berlin", 60, [(1774746000, 120), (1792890000, 60), (1806195600, 120), (1824944400, 60)]),
        ("Europe/London", 0, [(1774746000, 60), (1792890000, 0), (1806195600, 60), (1824944400, 0)]),
        ("Europe/Dublin", 0, [(1774746000, 60), (1792890000, 0), (1806195600, 60), (1824944400, 0)]),
        ("America/New_York", -300, [(1772953200, -240), (1793512800, -300), (1805007600, -240), (1825567200, -300)]),
        (
            "America/Los_Angeles", -480,
            [(1772964000, -420), (1793523600, -480), (1805018400, -420), (1825578000, -480)]
        ),
        ("America/Havana", -300, [(1772946000, -240), (1793509200, -300), (1805000400, -240), (1825563600, -300)]),
        ("America/Santiago", -180, [(1775358000, -240), (1788667200, -180), (1806807600, -240), (1820116800, -180)]),
        ("America/Asuncion", -180, []),
        ("America/Nuuk", -120, [(1774746000, -60), (1792890000, -120), (1806195600, -60), (1824944400, -120)]),
        ("Atlantic/Azores", -60, [(1774746000, 0), (1792890000, -60), (1806195600, 0), (1824944400, -60)]),
        ("Australia/Sydney", 660, [(1775318400, 600), (1791043200, 660), (1806768000, 600), (1822492800, 660)]),
        ("Australia/Lord_Howe", 660, [(1775314800, 630), (1791041400, 660), (1806764400, 630), (1822491000, 660)]),
        ("Pacific/Auckland", 780, [(1775311200, 720), (1790431200, 780), (1806760800, 720), (1821880800, 780)]),
        ("Pacific/Chatham", 825, [(1775311200, 765), (1790431200, 825), (1806760800, 765), (1821880800, 825)]),
        ("Pacific/Easter", -300, [(1775358000, -360), (1788667200, -300), (1806807600, -360), (1820116800, -300)]),
        ("Pacific/Norfolk", 720, [(1775314800, 660), (1791039600, 720), (1806764400, 660), (1822489200, 720)]),
        ("Asia/Jerusalem", 120, [(1774569600, 180), (1792882800, 120), (1806019200, 180), (1824937200, 120)]),
        ("Asia/Beirut", 120, [(1774735200, 180), (1792875600, 120), (1806184800, 180), (1824930000, 120)]),
        ("Africa/Cairo", 120, [(1776981600, 180), (1793307600, 120), (1809036000, 180), (1824757200, 120)]),
        ("Antarctica/Troll", 0, [(1774746000, 120), (1792890000, 0), (1806195600, 120), (1824944400, 0)]),
        ("Europe/Chisinau", 120, [(1774742400, 180), (1792886400, 120), (1806192000, 180), (1824940800, 120)]),
        ("America/St_Johns", -210, [(1772947800, -150), (1793507400, -210), (1805002200, -150), (1825561800, -210)]),
        ("Europe/Helsinki", 120, [(1774746000, 180), (1792890000, 120), (1806195600, 180), (1824944400, 120)]),
        ("America/Miquelon", -180, [(1772946000, -120), (1793505600, -180), (1805000400, -120), (1825560000, -180)]),
        ("America/Adak", -600, [(1772971200, -540), (1793530800, -600), (1805025600, -540), (1825585200, -600)]),
        ("Asia/Kolkata", 330, []),
        ("Asia/Kathmandu", 345, []),
        ("Asia/Tokyo", 540, []),
        ("America/Sao_Paulo", -180, []),
        ("Asia/Dubai", 240, []),
        ("Pacific/Kiritimati", 840, []),
        ("Pacific/Marquesas", -570, []),
        ("Africa/Lagos", 60, []),
        ("Etc/GMT+12", -720, []),
    ]

    /// How many minutes the clock of a zone is ahead of Greenwich.
    private func minutes(_ clock: ZoneClock, _ moment: Timestamp) -> Int64 {
        (clock.reading(at: moment).total - moment.milliseconds) / 60_000
    }

    @Test(arguments: changes.indices)
    func `Clocks change when the database says`(_ index: Int) throws {
        let row = Self.changes[index]
        let clock = try #require(ZoneTable.clock(row.zone))
        var before = row.first
        #expect(minutes(clock, Timestamp(seconds: 1_767_225_600)) == before, "\(row.zone) at the start of 2026")
        for change in row.changes {
            let moment = Timestamp(seconds: change.second)
            #expect(minutes(clock, moment - .milliseconds(1)) == before, "\(row.zone) before \(moment.text)")
            #expect(minutes(clock, moment) == change.minutes, "\(row.zone) at \(moment.text)")
            before = change.minutes
        }
        #expect(minutes(clock, Timestamp(seconds: 1_830_211_200)) == before, "\(row.zone) near the end of 2027")
    }

    @Test func `Every name of the database has a clock`() {
        let missing = TimeZoneName.all.filter { ZoneTable.clock($0) == nil }.sorted()
        #expect(missing.isEmpty, "a zone that files may name would run on UTC")
        #expect(ZoneTable.clock("europe/berlin") == nil, "capitals count")
    }

    @Test(arguments: TimeZoneName.all.sorted())
    func `The first moment of a reading shows it or skips over it`(_ zone: String) throws {
        let clock = try #require(ZoneTable.clock(zone))
        // Every 37 minutes of a year, so that skipped and repeated hours are met at odd places.
        for step in stride(from: Int64(0), to: 366 * 1440, by: 37 * 13) {
            let day = 20_454 + Int(step / 1440)
            let reading = ZoneClock.Reading(day: day, milliseconds: step % 1440 * 60_000)
            let moment = clock.moment(of: reading)
            #expect(clock.reading(at: moment) >= reading, "\(zone): \(reading)")
            let before = clock.reading(at: moment - .milliseconds(1))
            #expect(before < reading, "\(zone): \(reading) is shown earlier")
        }
    }

    @Test(arguments: ["", "x", "60 120", "60 120 3-5-0@120", "60 120 3-5@1 10-5-0@2", "60 a 3-5-0@1 10-5-0@2"])
    func `A line that is no clock is none`(_ text: String) { #expect(ZoneClock(text) == nil) }
}
