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
        /// Of the outputs that differ those that are meant to (`ExpectedDifferences`).
        package var expected = 0
        /// Orders of changes that were compared, and those of them that agree.
        package var orders = 0
        package var agreeingOrders = 0

        mutating func add(_ other: Tally) {
            files += other.files
            matchingFiles += other.matchingFiles
            commands += other.commands
            matching += other.matching
            reads += other.reads
            matchingReads += other.matchingReads
            expected += other.expected
            orders += other.orders
            agreeingOrders += other.agreeingOrders
        }
    }

    private let runs: [TranscriptRun]
    private let broken: [TranscriptSyntaxError]
    private let orders: TimelineReport?

    /// - Parameters:
    ///   - runs: in the order in which they are to be reported.
    ///   - broken: files that could not be read; they count as mismatches.
    ///   - orders: the orders of changes, if they were compared.
    package init(
        runs: [TranscriptRun], broken: [TranscriptSyntaxError] = [], orders: TimelineReport? = nil
    ) {
        self.runs = runs
        self.broken = broken
        self.orders = orders
    }

    /// Whether every output that counts agrees, every file could be read, and every order of changes that
    /// was compared agrees. What is expected to differ does not agree.
    package var isMatch: Bool {
        broken.isEmpty && runs.allSatisfy(\.isMatch) && orders?.isMatch ?? true
    }

    /// Everything that counts.
    package var total: Tally {
        var tally = Tally()
        for run in runs { tally.add(Self.tally(run)) }
        tally.files += broken.count
        (tally.agreeingOrders, tally.orders) = orders?.tally() ?? (0, 0)
        return tally
    }

    /// The tallies of all areas, in order of their names.
    package var areas: [(name: String, tally: Tally)] {
        let names = Set(runs.map(\.transcript.area)).sorted()
        return names.map { name in
            var tally = Tally()
            for run in runs where run.transcript.area == name { tally.add(Self.tally(run)) }
            (tally.agreeingOrders, tally.orders) = orders?.tally(area: name) ?? (0, 0)
            return (name, tally)
        }
    }

    static func tally(_ run: TranscriptRun) -> Tally {
        var tally = Tally()
        tally.files = 1
        tally.matchingFiles = run.isMatch ? 1 : 0
        tally.commands = run.comparableCount
        tally.reads = countReads(run.transcript)
        tally.expected = run.expectedDifferences
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
            if let orders {
                text += orders.text(differences: showsDiffs ? .max : 1)
                text += "\n"
            }
        }
        return text + summary + reasons
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
            let meant = tally.expected > 0 ? "  \(tally.expected) of them meant" : ""
            text += "\(mark) \(name)\(fraction)\(meant)\n"
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
            if let entry = ExpectedDifferences.entry(for: result, in: run.transcript) {
                text += "  meant: \(entry.reason)\n"
            }
            text += OutputDiffPrinter.text(diff)
        }
        return text.isEmpty ? "" : text + "\n"
    }

    /// A table of the areas with a last row for all of them.
    private var summary: String {
        typealias Column = (title: String, part: KeyPath<Tally, Int>, whole: KeyPath<Tally, Int>)
        var columns: [Column] = [
            ("files", \.matchingFiles, \.files), ("commands", \.matching, \.commands),
            ("reading state", \.matchingReads, \.reads),
        ]
        if orders != nil { columns.append(("timelines", \.agreeingOrders, \.orders)) }
        let total = total
        let showsExpected = total.expected > 0
        let rows = areas.map { ($0.name, $0.tally) } + [("in all", total)]
        var cells = [["area"] + columns.flatMap { [$0.title, ""] }]
        for (name, tally) in rows {
            var row = [name]
            for column in columns {
                let (part, whole) = (tally[keyPath: column.part], tally[keyPath: column.whole])
                row += ["\(part)/\(whole)", Self.percent(part, whole)]
            }
            if showsExpected { row.append(tally.expected > 0 ? String(tally.expected) : "") }
            cells.append(row)
        }
        if showsExpected { cells[0].append("meant to differ") }
        let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            let texts = row.enumerated().map { column, cell in
                column == 0 ? Self.padded(cell, widths[0]) : Self.aligned(cell, widths[column])
            }
            var line = texts.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    /// Why what is meant to differ does.
    private var reasons: String {
        var counts = [Int](repeating: 0, count: ExpectedDifferences.all.count)
        for run in runs {
            for result in run.results {
                let place = ExpectedDifferences.all.firstIndex {
                    $0.covers(result, in: run.transcript)
                }
                if let place { counts[place] += 1 }
            }
        }
        let lines = zip(ExpectedDifferences.all, counts).filter { $1 > 0 }.map { entry, count in
            "  \(count) in \(entry.session): \(entry.reason)\n"
        }
        return lines.isEmpty ? "" : "\nmeant to differ:\n" + lines.joined()
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
