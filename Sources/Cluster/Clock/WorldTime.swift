import Value

/// Virtual time as the API shows it: RFC 3339 in UTC with whole seconds.
struct WorldTime {
    private var cachedSecond: Milliseconds = -1
    private var cached = Value.null

    /// The text of an instant; texts of one second share their storage when asked for in a row, so
    /// that objects written together share them too.
    mutating func text(at instant: Milliseconds) -> Value {
        let second = instant / 1000
        if second != cachedSecond {
            cachedSecond = second
            cached = Value(Timestamp(worldTime: second * 1000).text)
        }
        return cached
    }
}

extension Timestamp {
    /// The calendar instant of a point in virtual time.
    public init(worldTime: Milliseconds) {
        self.init(milliseconds: Timestamp.zero.milliseconds + worldTime)
    }

    /// The point in virtual time of a calendar instant.
    public var worldTime: Milliseconds { milliseconds - Timestamp.zero.milliseconds }
}
