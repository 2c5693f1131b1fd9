/// How the orders of changes compare with the recorded ones, as text: a line per file, and what separates
/// a file that differs from the nearest recorded run.
package struct TimelineReport: Sendable {
    /// One file's comparison.
    package struct Row: Sendable {
        /// `deployment`
        package var area: String
        /// `rolling-update-watch`
        package var name: String
        /// The seed of our run.
        package var seed: UInt64
        package var verdict: TimelineVerdict
        /// Whether our run is the recorded one write by write, too.
        package var isExact = false

        /// Whether our run agrees with a recorded one.
        package var agrees: Bool { differences == 0 }

        var differences: Int {
            if case .differs(_, let problems) = verdict { max(problems.count, 1) } else { 0 }
        }
    }

    package var rows: [Row] = []

    package init() {}

    /// Whether every file agrees.
    package var isMatch: Bool { rows.allSatisfy(\.agrees) }

    /// How many files agree, of how many.
    package func tally(area: String? = nil) -> (agreeing: Int, files: Int) {
        let counted = rows.filter { area == nil || $0.area == area }
        return (counted.count(where: \.agrees), counted.count)
    }

    /// A line per file.
    ///
    /// - Parameter differences: how many differences to show under a file's line.
    package func text(differences: Int) -> String {
        var text = "order of changes:\n"
        for row in rows {
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
        return text
    }
}
