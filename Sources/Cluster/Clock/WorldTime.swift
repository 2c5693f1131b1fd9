import Value

/// Virtual time as the API shows it: RFC 3339 in UTC with whole seconds.
struct WorldTime {
    private struct Entry {
        var second: Milliseconds = -1
        var text = Value.null
    }

    /// Each at the place of its second's low bits.
    private var entries = Array(repeating: Entry(), count: 64)

    /// The text of an instant; texts of one second share their storage when asked for at about the
    /// same time, so that objects written together share them too.
    mutating func text(at instant: Milliseconds) -> Value {
        let second = instant / 1000
        let place = Int(truncatingIfNeeded: second & 63)
        if entries[place].second != second {
            entries[place] = Entry(
                second: second, text: Value(Timestamp(worldTime: second * 1000).text))
        }
        return entries[place].text
    }
}
