import Value

/// How long ago a timestamp field lies, as kubectl abbreviates it: `45s`, `2m5s`, `3h12m`; a field
/// that is absent gives `<unknown>`.
func ageText(_ timestamp: Value, now: Timestamp) -> String {
    guard let instant = Timestamp(timestamp) else { return "<unknown>" }
    return (now - instant).humanText
}

/// The time between two timestamp fields, abbreviated alike; "" where one is no timestamp.
func durationText(from start: Value, to end: Value) -> String {
    guard let start = Timestamp(start), let end = Timestamp(end) else { return "" }
    return (end - start).humanText
}

/// A timestamp field as descriptions show it: `Wed, 01 Jan 2025 00:00:05 +0000`. A field that is
/// absent shows Go's zero time, as kubectl prints it.
func longDate(_ timestamp: Value) -> String {
    Timestamp(timestamp)?.describeText ?? "Mon, 01 Jan 0001 00:00:00 +0000"
}

/// Go's default text of a time: `2025-01-01 00:00:05 +0000 UTC`.
func plainDate(_ timestamp: Value) -> String {
    Timestamp(timestamp)?.goText ?? "0001-01-01 00:00:00 +0000 UTC"
}
