/// Times on the clock on the wall, as reports write them.
enum WallTime {
    /// `12ms`, `3.41s`: for people.
    static func text(_ microseconds: Int64) -> String {
        if microseconds < 1_000_000 { return "\((microseconds + 500) / 1000)ms" }
        let hundredths = String((microseconds + 5_000) / 10_000 % 100)
        let zero = hundredths.utf8.count < 2 ? "0" : ""
        return "\((microseconds + 5_000) / 1_000_000).\(zero)\(hundredths)s"
    }

    /// `0.012345`: seconds with six digits, for programs.
    static func seconds(_ microseconds: Int64) -> String {
        let fraction = String(microseconds % 1_000_000)
        let zeros = String(repeating: "0", count: 6 - fraction.utf8.count)
        return "\(microseconds / 1_000_000).\(zeros)\(fraction)"
    }

    /// Milliseconds with a fraction, as a number.
    static func milliseconds(_ microseconds: Int64) -> Double { Double(microseconds) / 1000 }
}
