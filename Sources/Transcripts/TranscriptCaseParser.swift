extension TranscriptCase {
    /// Reads the text of a `.case` file.
    ///
    /// - Parameters:
    ///   - text: the file's content.
    ///   - path: its name for messages; its last two parts are the case's area and name.
    /// - Throws: `TranscriptSyntaxError` with file and line, at the first thing that is not
    ///   understood.
    package init(parsing text: String, path: String) throws(TranscriptSyntaxError) {
        var parser = TranscriptCaseParser(text: text, path: path)
        self = try parser.parse()
    }
}

/// A line-by-line reader: header comments, files, session.
private struct TranscriptCaseParser {
    private let path: String
    private let lines: [Substring]
    private var position = 0
    private var result: TranscriptCase

    init(text: String, path: String) {
        self.path = path
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        self.lines = lines
        result = TranscriptCase(
            path: path, title: "", nodeCount: 3, hasKubeletEvents: false, timeoutSeconds: nil,
            files: [], steps: [])
    }

    mutating func parse() throws(TranscriptSyntaxError) -> TranscriptCase {
        try parseHeader()
        try parseFiles()
        try parseSession()
        return result
    }

    // header = "# title" { "# nodes: N" | "# timeout: N" | "# kubelet: events" | "# comment" }
    private mutating func parseHeader() throws(TranscriptSyntaxError) {
        while position < lines.count, lines[position].hasPrefix("#") {
            let body = lines[position].dropFirst().drop { $0 == " " }
            if body.hasPrefix("nodes:") {
                result.nodeCount = try number(after: "nodes:", in: body, from: 0, to: 10_000)
            } else if body.hasPrefix("timeout:") {
                result.timeoutSeconds = try number(
                    after: "timeout:", in: body, from: 1, to: 1_000_000)
            } else if body.hasPrefix("kubelet:") {
                guard body.dropFirst(8).drop(while: { $0 == " " }) == "events" else {
                    throw error("expected 'events' after 'kubelet:', found '\(body)'")
                }
                result.hasKubeletEvents = true
            } else if result.title.isEmpty {
                result.title = String(body)
            }
            position += 1
        }
        if result.title.isEmpty {
            throw error("expected a first line '# title'")
        }
    }

    private func number(
        after key: String, in body: Substring, from least: Int, to most: Int
    ) throws(TranscriptSyntaxError) -> Int {
        let word = body.dropFirst(key.count).drop { $0 == " " }
        guard let value = Int(word), (least...most).contains(value) else {
            throw error(
                "expected a whole number from \(least) to \(most) after '\(key)', found '\(word)'")
        }
        return value
    }

    // files = { "-- file PATH --" { line } }
    private mutating func parseFiles() throws(TranscriptSyntaxError) {
        while position < lines.count, lines[position] != "-- session --" {
            guard let name = fileMarker(lines[position]) else {
                throw error(
                    "expected '-- file NAME --' or '-- session --', found '\(lines[position])'")
            }
            if result.files.contains(where: { $0.path == name }) {
                throw error("file '\(name)' is given twice")
            }
            position += 1
            var text = ""
            while position < lines.count, lines[position] != "-- session --",
                fileMarker(lines[position]) == nil
            {
                text += lines[position]
                text += "\n"
                position += 1
            }
            result.files.append(TranscriptFile(path: name, text: text))
        }
        if position >= lines.count {
            throw error("expected '-- session --' before the end of the file")
        }
        position += 1
    }

    private func fileMarker(_ line: Substring) -> String? {
        guard line.hasPrefix("-- file "), line.hasSuffix(" --"), line.utf8.count > 11 else {
            return nil
        }
        return String(line.dropFirst(8).dropLast(3))
    }

    // session = { "$ CMD" output | "~ directive" | "~ foreground" output }
    private mutating func parseSession() throws(TranscriptSyntaxError) {
        var background = false
        while position < lines.count {
            let line = lines[position]
            let start = position + 1
            let action: TranscriptAction
            if line.hasPrefix("$ ") {
                position += 1
                action = .command(String(line.dropFirst(2)), try parseOutput())
            } else if line.hasPrefix("~ ") {
                action = try parseDirective(line.dropFirst(2), inBackground: &background)
            } else if line.allSatisfy({ $0 == " " }) {
                position += 1
                continue
            } else {
                throw error("expected '$ command' or '~ directive', found '\(line)'")
            }
            result.steps.append(TranscriptStep(line: start, action: action))
        }
        if background {
            throw error("'~ background' without a '~ foreground' after it")
        }
    }

    private mutating func parseDirective(
        _ directive: Substring, inBackground: inout Bool
    ) throws(TranscriptSyntaxError) -> TranscriptAction {
        let words = directive.split(separator: " ", maxSplits: 1)
        let verb = words.first.map(String.init) ?? ""
        let argument = words.count > 1 ? String(words[1]) : ""
        switch verb {
        case "settle": try expectNothing(after: verb, argument)
        case "foreground":
            try expectNothing(after: verb, argument)
            if !inBackground { throw error("'~ foreground' without a '~ background' before it") }
            inBackground = false
            position += 1
            return .foreground(try parseOutput())
        case "background":
            if inBackground { throw error("a second '~ background' before '~ foreground'") }
            guard argument.hasPrefix("$ ") else {
                throw error("expected '$ command' after '~ background', found '\(argument)'")
            }
            inBackground = true
        case "sleep":
            guard milliseconds(argument) != nil else {
                throw error("expected seconds after '~ sleep', found '\(argument)'")
            }
        case "fail-node", "recover-node", "add-node", "remove-node":
            if argument.isEmpty || argument.contains(" ") {
                throw error("expected one node name after '~ \(verb)', found '\(argument)'")
            }
        default:
            throw error(
                "unknown directive '~ \(verb)'; known are settle, sleep, fail-node, recover-node, "
                    + "add-node, remove-node, background and foreground")
        }
        position += 1
        switch verb {
        case "sleep": return .sleep(milliseconds: milliseconds(argument) ?? 0)
        case "fail-node": return .failNode(argument)
        case "recover-node": return .recoverNode(argument)
        case "add-node": return .addNode(argument)
        case "remove-node": return .removeNode(argument)
        case "background": return .background(String(argument.dropFirst(2)))
        default: return .settle
        }
    }

    private func expectNothing(
        after verb: String, _ argument: String
    ) throws(TranscriptSyntaxError) {
        if !argument.isEmpty { throw error("unexpected '\(argument)' after '~ \(verb)'") }
    }

    /// `0.6` is 600 ms, `15` is 15,000 ms.
    private func milliseconds(_ text: String) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ Int64($0) }), whole >= 0, whole < 1_000_000_000
        else {
            return nil
        }
        guard parts.count == 2 else { return whole * 1000 }
        let digits = parts[1]
        guard (1...3).contains(digits.count), let fraction = Int64(digits), fraction >= 0 else {
            return nil
        }
        return whole * 1000 + fraction * [100, 10, 1][digits.count - 1]
    }

    // output = { "[unordered]" | "[dedup]" | "[unstable]" } { line } [ "[exit N]" | "[timeout]" ]
    private mutating func parseOutput() throws(TranscriptSyntaxError) -> ExpectedOutput {
        var output = ExpectedOutput()
        readMarks(into: &output)
        while position < lines.count {
            let line = lines[position]
            if line.hasPrefix("$ ") || line.hasPrefix("~ ") { break }
            if try readEnd(line, into: &output) {
                position += 1
                try expectEndOfOutput(after: line)
                break
            }
            if line.hasPrefix("{?} ") {
                output.lines.append(ExpectedLine(String(line.dropFirst(4)), isOptional: true))
            } else {
                output.lines.append(ExpectedLine(String(line)))
            }
            position += 1
        }
        while output.lines.last?.text == "" { output.lines.removeLast() }
        return output
    }

    private mutating func readMarks(into output: inout ExpectedOutput) {
        while position < lines.count {
            switch lines[position] {
            case "[unordered]": output.isUnordered = true
            case "[dedup]": output.isDeduplicated = true
            case "[unstable]": output.isUnstable = true
            default: return
            }
            position += 1
        }
    }

    private func readEnd(
        _ line: Substring, into output: inout ExpectedOutput
    ) throws(TranscriptSyntaxError) -> Bool {
        if line == "[timeout]" {
            output.timedOut = true
            return true
        }
        guard line.hasPrefix("[exit "), line.hasSuffix("]") else { return false }
        let number = line.dropFirst(6).dropLast()
        guard let status = Int32(number), (1...255).contains(status) else {
            throw error("expected an exit status from 1 to 255 in '\(line)'")
        }
        output.exitStatus = status
        return true
    }

    private func expectEndOfOutput(after end: Substring) throws(TranscriptSyntaxError) {
        guard position < lines.count else { return }
        let next = lines[position]
        if next.hasPrefix("$ ") || next.hasPrefix("~ ") || next.isEmpty { return }
        throw error("expected the output to end after '\(end)', found '\(next)'")
    }

    private func error(_ message: String) -> TranscriptSyntaxError {
        TranscriptSyntaxError(
            file: path, line: min(position + 1, max(lines.count, 1)), message: message)
    }
}
