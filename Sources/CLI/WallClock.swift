import Glibc

/// The clock on the wall: for reports, which say how long things took, and for nothing else.
enum WallClock {
    /// Microseconds since some instant; never less than before.
    static func microseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
