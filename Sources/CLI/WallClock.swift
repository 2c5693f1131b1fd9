import Glibc
import Learner

/// The clock on the wall: for reports, which say how long things took, and for a learner's days.
enum WallClock {
    /// Microseconds since some instant; never less than before.
    static func microseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }

    /// The day of whoever sits here, in the machine's time zone.
    static func today() -> Day {
        let now = local()
        let year = 1900 + Int(now.tm_year)
        return Day("\(year)-\(two(now.tm_mon + 1))-\(two(now.tm_mday))") ?? Day(number: 0)
    }

    /// As `14:05:09`, in the machine's time zone.
    static func timeOfDay() -> String {
        let now = local()
        return "\(two(now.tm_hour)):\(two(now.tm_min)):\(two(now.tm_sec))"
    }

    private static func local() -> tm {
        var (instant, parts) = (time(nil), tm())
        localtime_r(&instant, &parts)
        return parts
    }

    private static func two(_ number: Int32) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}
