/// How the orders of changes compare with the recorded ones, as text: a line per file, what separates
/// a file that differs from the nearest recorded run, and a table of the areas.
public struct TimelineReport: Sendable {
    /// One file's comparison.
    public struct Row: Sendable {
        /// `deployment`
        public var area: String
        /// `rolling-update-watch`
        public var name: String
        /// The seed of our run.
        public var seed: UInt64
        public var verdict: TimelineVerdict
        /// Whether our run is the recorded one write by write, too.
        public var isExact = false

        /// Whether our run agrees with a recorded one.
        public var agrees: Bool { differences == 0 }

        var differences: Int {
            if case .differs(_, let problems) = verdict { max(problems.count, 1) } else { 0 }
        }
    }

    public var rows: [Row] = []

    public init() {}

    /// Whether every file agrees.
    public var isMatch: Bool { rows.allSatisfy(\.agrees) }

    /// How many files agree, of how many.
    public func tally(area: String? = nil) -> (agreeing: Int, files: Int) {
        let counted = rows.filter { area == nil || $0.area == area }
        return (counted.count(where: \.agrees), counted.count)
    }

    /// - Parameters:
    ///   - showsFiles: one line per file.
    ///   - differences: how many differences to show under a file's line.
    public func text(showsFiles: Bool, differences: Int) -> String {
        var text = "\norder of changes:\n"
        for row in rows where showsFiles {
            switch row.verdict {
            case .agrees(let run):
                let exactly = row.isExact ? ", write by write" : ""
                text += "✓ \(row.area)/\(row.name)  seed \(row.seed) as run \(run)\(exactly)\n"
            case .differs(let run, let problems):
                text += "✗ \(row.area)/\(row.name)  seed \(row.seed): "
                text += "\(problems.count) from run \(run)\n"
                for problem in problems.prefix(differences) { text += "    \(problem)\n" }
            }
        }
        let areas = Set(rows.map(\.area)).sorted()
        let width = (areas.map(\.count) + [6]).max() ?? 0
        func line(_ name: String, _ tally: (agreeing: Int, files: Int)) -> String {
            let padding = String(repeating: " ", count: width - name.count)
            return "\(name)\(padding)  \(tally.agreeing)/\(tally.files)\n"
        }
        for area in areas { text += line(area, tally(area: area)) }
        return text + line("in all", tally())
    }
}
