import Glibc
import Intents

extension Timestamp {
    /// The present moment by the machine's clock, which the platforms' books go by as well.
    static var present: Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
