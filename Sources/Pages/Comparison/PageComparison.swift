/// What differs between an output that a page shows and the one of this run, and what was seen on the way.
struct PageComparison {
    /// What differs in substance, one sentence each; empty where nothing does.
    var differences: [String] = []
    /// Names and addresses of the page with those that stand for them here.
    var names: [(page: String, here: String)] = []
    /// Ages of the page's rows with those of the same rows here.
    var ages: [(page: ClosedRange<Int64>, here: ClosedRange<Int64>)] = []
    /// Pods by the name of what makes them: how many the page shows, and how many are here.
    var pods: [String: (page: Int, here: Int)] = [:]
    /// Names of the page that nothing here has ever had.
    var strangers: [String] = []
    /// How much differs: the instant with the least is the one that the page shows.
    var weight = 0

    var isSame: Bool { differences.isEmpty }

    mutating func note(_ difference: String, weight: Int = 1) {
        differences.append(difference)
        self.weight += weight
    }
}

/// Compares outputs.
///
/// No difference are: ages and times, random endings of names, hashes, addresses, which node a pod is on,
/// the order of rows, columns that newer versions add or older ones had, and the wording of messages of older
/// versions.
struct OutputComparer {
    let command: String
    /// Whether an object of a name has ever been in this run.
    let knows: (String) -> Bool

    func compare(_ page: [String], _ here: String) -> PageComparison {
        var comparison = PageComparison()
        let ours = PageText.lines(here).filter { !PageText.isBlank($0) }
        let printed = page.filter { !PageText.isBlank($0) }
        let format = PageCommands.format(of: command)
        let described = PageCommands.verb(of: command) == "describe"
        let (theirTables, ourTables) = (PageTable.tables(in: page), PageTable.tables(in: ours))
        if format == "yaml" || format == "json", !command.contains("|") {
            return ObjectComparer().compare(printed, here)
        }
        if described, !command.contains("|"), !ours.isEmpty, !isError(ours) {
            return DescriptionComparer().compare(printed, ours)
        }
        if !theirTables.isEmpty, !isError(ours) {
            compare(theirTables, page, ourTables, ours, &comparison)
            return comparison
        }
        MessageComparer(isCut: printed.contains(where: PageTable.isEllipsis))
            .compare(printed, ours, &comparison)
        return comparison
    }

    private func isError(_ lines: [String]) -> Bool {
        lines.first.map { $0.hasPrefix("Error") || $0.hasPrefix("error:") } ?? false
    }

    private func compare(
        _ theirs: [PageTable], _ page: [String], _ ours: [PageTable], _ here: [String],
        _ comparison: inout PageComparison
    ) {
        guard !ours.isEmpty else {
            let rows = theirs.reduce(0) { $0 + $1.rows.count }
            for table in theirs { noteStrangers(table, &comparison) }
            if rows == 0, here.isEmpty { return }
            let said = here.first.map { "prints \"\($0)\"" } ?? "prints nothing"
            return comparison.note(
                "the page shows \(Self.count(rows, "row")), and this run \(said)",
                weight: rows * 5 + 5)
        }
        let isCut = page.contains(where: PageTable.isEllipsis)
        for (index, table) in theirs.enumerated() {
            guard let other = partner(of: table, at: index, in: ours) else {
                comparison.note(
                    "the page shows a table \(table.columns.joined(separator: " ")) that this run does not"
                )
                continue
            }
            let isWatch = PageCommands.isWatching(command)
            TableComparer(isCut: isCut, isWatch: isWatch, knows: knows).compare(
                table, other, &comparison)
        }
    }

    /// The table here that stands for one of the page: one with the same kind of rows.
    private func partner(of table: PageTable, at index: Int, in ours: [PageTable]) -> PageTable? {
        if ours.count == 1 { return ours[0] }
        let kind = Self.kind(table)
        return ours.first { kind != nil && Self.kind($0) == kind }
            ?? (index < ours.count ? ours[index] : nil)
    }

    private func noteStrangers(_ table: PageTable, _ comparison: inout PageComparison) {
        guard let column = table.column("NAME") else { return }
        for row in table.rows where column < row.count && !knows(row[column]) {
            comparison.strangers.append(row[column])
        }
    }

    /// What stands before the slash of its names.
    private static func kind(_ table: PageTable) -> String? {
        guard let name = table.column("NAME"), let row = table.rows.first,
            let slash = row[name].firstIndex(of: "/")
        else { return nil }
        return String(row[name][..<slash].prefix { $0 != "." })
    }

    static func count(_ number: Int, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }
}
