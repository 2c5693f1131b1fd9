import Support

extension Timeline {
    /// The short names of the kinds that timelines track.
    static let kinds: Set<String> = [
        "pod", "rs", "deploy", "sts", "ds", "crev", "job", "cj", "pvc", "pv", "node", "ep", "svc",
        "pdb",
        "hpa", "ns", "rc",
    ]

    /// Reads a `.timeline` file.
    ///
    /// - Throws: `TranscriptSyntaxError` with the line that is not understood.
    package init(parsing text: String, path: String) throws(TranscriptSyntaxError) {
        var runs: [TimelineRun] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            func failure(_ message: String) -> TranscriptSyntaxError {
                TranscriptSyntaxError(file: path, line: index + 1, message: message)
            }
            if line.isEmpty { continue }
            if line.hasPrefix("== run ") {
                guard line.dropFirst(7) == String(runs.count + 1) else {
                    throw failure("expected '== run \(runs.count + 1)', found '\(line)'")
                }
                runs.append(TimelineRun())
                continue
            }
            guard !runs.isEmpty else { throw failure("expected '== run 1' first, found '\(line)'") }
            guard let entry = Self.entry(String(line)) else {
                throw failure(
                    "expected 'SECONDS  KIND/NAME  CHANGES' or 'SECONDS  $ …', found '\(line)'")
            }
            runs[runs.count - 1].entries.append(entry)
        }
        self.init(path: path, runs: runs)
    }

    private static func entry(_ line: String) -> TimelineEntry? {
        guard let gap = line.range(of: "  "), let tenths = tenths(line[..<gap.lowerBound]) else {
            return nil
        }
        let rest = String(line[gap.upperBound...])
        if rest.hasPrefix("$ ") || rest.hasPrefix("~ ") {
            return TimelineEntry(tenths: tenths, kind: .session(rest))
        }
        guard let second = rest.range(of: "  "), let object = object(rest[..<second.lowerBound]),
            let write = write(rest[second.upperBound...])
        else { return nil }
        return TimelineEntry(tenths: tenths, kind: .write(object, write))
    }

    private static func tenths(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let whole = Int64(parts[0]), parts[1].count == 1,
            let part = Int64(parts[1])
        else { return nil }
        return whole * 10 + part
    }

    private static func object(_ text: Substring) -> TimelineObject? {
        var parts = text.split(separator: "/", maxSplits: 1)
        var namespace = "default"
        if let first = parts.first, !kinds.contains(String(first)), parts.count == 2 {
            namespace = String(first)
            parts = parts[1].split(separator: "/", maxSplits: 1)
        }
        guard parts.count == 2, kinds.contains(String(parts[0])) else { return nil }
        let name = parts[1].split(separator: "#", maxSplits: 1)
        guard let base = name.first, let number = name.count > 1 ? Int(name[1]) : 1 else {
            return nil
        }
        return TimelineObject(
            namespace: namespace, kind: String(parts[0]), name: String(base), number: number)
    }

    private static func write(_ text: Substring) -> TimelineWrite? {
        if text == "DELETED" { return .deleted }
        if text.hasPrefix("MODIFIED ") { return .untracked }
        var words = text.split(separator: " ")
        let isNew = words.first == "ADDED"
        if isNew { words.removeFirst() }
        var fields: [TimelineField] = []
        for word in words {
            guard let equals = word.firstIndex(of: "=") else { return nil }
            fields.append(
                TimelineField(String(word[..<equals]), String(word[word.index(after: equals)...])))
        }
        if isNew { return .added(fields) }
        var changes: [TimelineChange] = []
        for field in fields {
            guard let arrow = field.value.range(of: "->") else { return nil }
            changes.append(
                TimelineChange(
                    field.name, String(field.value[..<arrow.lowerBound]),
                    String(field.value[arrow.upperBound...])))
        }
        return changes.isEmpty ? nil : .modified(changes)
    }
}
