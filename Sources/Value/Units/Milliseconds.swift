/// Virtual milliseconds since the start of the world; zero is 2025-01-01T00:00:00Z (DECISIONS 15).
/// Spans of time are in the same unit.
public typealias Milliseconds = Int64

extension Milliseconds {
    /// The longest span that a manifest or a script can mean, about 950 years: sums of a few stay in
    /// range.
    @inlinable public static var longest: Milliseconds { 30_000_000_000_000 }

    /// `seconds` as somebody wrote them. What is beyond 950 years counts as that, so that no number in a
    /// manifest is too large to add to a time.
    @inlinable public init(seconds: some BinaryInteger) {
        let most = Self.longest / 1_000
        self = Swift.min(Swift.max(Int64(clamping: seconds), -most), most) * 1_000
    }

    /// A span as somebody wrote it, at most 950 years.
    @inlinable public init(atMost milliseconds: Int64) {
        self = Swift.min(Swift.max(milliseconds, -Self.longest), Self.longest)
    }
}

extension Timestamp {
    /// The calendar instant of a point in virtual time.
    @inlinable public init(worldTime: Milliseconds) {
        self.init(milliseconds: Timestamp.zero.milliseconds + worldTime)
    }

    /// The point in virtual time of a calendar instant.
    @inlinable public var worldTime: Milliseconds {
        milliseconds - Timestamp.zero.milliseconds
    }
}
