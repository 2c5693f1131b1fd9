import Value

/// The instants that an axis names.
enum TimeTicks {
    private static let second: Milliseconds = 1_000
    private static let minute = 60 * second
    private static let hour = 60 * minute
    private static let day = 24 * hour

    /// Distances that people count in.
    private static let steps: [Milliseconds] =
        [1, 2, 5, 10, 20, 50, 100, 200, 500].map { $0 }
        + [1, 2, 5, 10, 15, 30].map { $0 * second } + [1, 2, 5, 10, 15, 30].map { $0 * minute }
        + [1, 2, 6, 12].map { $0 * hour } + [1, 2, 7, 30, 90, 365].map { $0 * day }

    /// The multiples of a step within a part of the time, so few that each of them has `room` columns.
    static func instants(in part: TimeScale.Part, room: Int) -> [Milliseconds] {
        let length = part.end - part.start
        let count = Milliseconds(max(part.columns.count / max(room, 1), 1))
        guard let step = steps.first(where: { length / $0 <= count }) else { return [part.start] }
        let first = part.start % step == 0 ? part.start : (part.start / step + 1) * step
        // A part that no multiple falls into begins somewhere all the same.
        guard first < part.end else { return [part.start] }
        return Array(stride(from: first, through: part.end - 1, by: Milliseconds.Stride(step)))
    }
}
