/// The result of a verification as text: per area and in all, per file, and the differences.
package struct TranscriptReport: Sendable {
    /// How much agreed.
    package struct Tally: Sendable, Equatable {
        package var files = 0
        package var matchingFiles = 0
        /// Outputs that count, and those of them that agree.
        package var commands = 0
        package var matching = 0
        /// The same for commands that read state.
        package var reads = 0
        package var matchingReads = 0

        mutating func add(_ other: Tally) {
            files += other.files
            matchingFiles += other.matchingFiles
            commands += other.commands
            matching += other.matching
            reads += other.reads
            matchingReads += other.matchingReads
        }
    }

    private let runs: [TranscriptRun]
    private let broken: [TranscriptSyntaxError]

    /// - Parameters:
    ///   - runs: in the order in which they are to be reported.
    ///   - broken: files that could not be read; they count as mismatches.
    package init(runs: [TranscriptRun], broken: [TranscriptSyntaxError] = []) {
        self.runs = runs
        self.broken = broken
    }

    /// Whether every output that counts agrees and every file could be read.
    package var isMatch: Bool {
        broken.isEmpty && runs.allSatisfy(\.isMatch)
    }

    /// Everything that counts.
    package var total: Tally {
        var tally = Tally()
        for run in runs { tally.add(Self.tally(run)) }
        tally.files += broken.count
        return tally
    }

    /// The tallies of all areas, in order of their names.
    package var areas: [(name: String, tally: Tally)] {
        let names = Set(runs.map(\.transcript.area)).sorted()
        return names.map { name in
            var tally = Tally()
            for run in runs where run.transcript.area == name { tally.add(Self.tally(run)) }
            return (name, tally)
        }
    }

    static func tally(_ run: TranscriptRun) -> Tally {
        var tally = Tally()
        tally.files = 1
        tally.matchingFiles = run.isMatch ? 1 : 0
        tally.commands = run.comparableCount
        tally.reads = countReads(run.transcript)
        for result in run.results where result.verdict.isMatch {
            tally.matching += 1
            if result.readsState { tally.matchingReads += 1 }
        }
        return tally
    }

    private static func countReads(_ transcript: TranscriptCase) -> Int {
        var background = ""
        var count = 0
        for step in transcript.steps {
            switch step.action {
            case .background(let command): background = command
            case .foreground(let expected):
                if !expected.isUnstable, TranscriptResult.readsState(background) { count += 1 }
            case .command(let command, let expected):
                if !expected.isUnstable, TranscriptResult.readsState(command) { count += 1 }
            default: break
            }
        }
        return count
    }

    // MARK: Text

    /// The report as text that ends in a newline.
    ///
    /// - Parameters:
    ///   - showsFiles: one line per file.
    ///   - showsDiffs: what differs, under the file's line.
    package func text(showsFiles: Bool = true, showsDiffs: Bool = false) -> String {
        var text = ""
        if showsFiles || showsDiffs {
            text += files(showsDiffs: showsDiffs)
            text += "\n"
        }
        text += summary
        return text
    }

    private static func title(_ run: TranscriptRun) -> String {
        let area = run.transcript.area
        return area.isEmpty ? run.transcript.name : "\(area)/\(run.transcript.name)"
    }

    private func files(showsDiffs: Bool) -> String {
        let width = runs.map { Self.title($0).count }.max() ?? 0
        var text = ""
        for run in runs {
            let tally = Self.tally(run)
            let name = Self.padded(Self.title(run), width)
            let mark = run.isMatch ? "✓" : "✗"
            let fraction = Self.aligned("\(tally.matching)/\(tally.commands)", 7)
            text += "\(mark) \(name)\(fraction)\n"
            if let failure = run.failure { text += "    broke off: \(failure)\n" }
            if showsDiffs { text += diffs(run) }
        }
        for error in broken { text += "✗ \(error)\n" }
        return text
    }

    private func diffs(_ run: TranscriptRun) -> String {
        var text = ""
        for result in run.results {
            guard case .mismatch(let diff) = result.verdict else { continue }
            text += "\n  \(run.transcript.path):\(result.line): $ \(result.command)\n"
            text += OutputDiffPrinter.text(diff)
        }
        return text.isEmpty ? "" : text + "\n"
    }

    /// A table of the areas with a last row for all of them.
    private var summary: String {
        let headers = [
            "area", "files", "", "commands", "", "reading state", "",
        ]
        var rows = areas.map { ($0.name, $0.tally) }
        rows.append(("in all", total))
        let cells = rows.map { name, tally -> [String] in
            [
                name, "\(tally.matchingFiles)/\(tally.files)",
                Self.percent(tally.matchingFiles, tally.files),
                "\(tally.matching)/\(tally.commands)", Self.percent(tally.matching, tally.commands),
                "\(tally.matchingReads)/\(tally.reads)",
                Self.percent(tally.matchingReads, tally.reads),
            ]
        }
        let widths = headers.indices.map { column in
            ([headers] + cells).map { $0[column].count }.max() ?? 0
        }
        return ([headers] + cells).map { row in
            let texts = row.enumerated().map { column, cell in
                column == 0 ? Self.padded(cell, widths[0]) : Self.aligned(cell, widths[column])
            }
            var line = texts.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    /// Rounded down, so that 100 % means all.
    private static func percent(_ part: Int, _ whole: Int) -> String {
        whole == 0 ? "-" : "\(part * 100 / whole)%"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func aligned(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
