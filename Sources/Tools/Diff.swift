import Support

extension Tool {
    static let diff = Tool(
        "diff", summary: "compares two files, or the files of two folders, line by line",
        usage: "[OPTION]... FILE1 FILE2",
        examples: ["diff before.yaml after.yaml", "diff -u old new"],
        options: [
            ToolOption("N|new-file", "a file that only one folder has is empty in the other"),
            ToolOption("q|brief", "say only which files differ"),
            ToolOption("r|recursive", "also compare the folders in folders"),
            ToolOption("u|unified", "show three equal lines around each change"),
        ], usageStatus: 2, usageHint: "diff: Try 'diff --help' for more information.\n",
        // Two names, and no flag of the verb's.
        isVerb: { words in
            words.contains { word in
                ["-f", "-k", "-R", "-l"].contains { word.hasPrefix($0) }
                    || word.hasPrefix("--")
                        && !["--new-file", "--brief", "--recursive", "--unified"].contains(word)
            } || words.count { !$0.hasPrefix("-") || $0 == "-" } < 2
        }
    ) { call throws(ToolStop) in
        let options = try call.options()
        guard options.operands.count > 1 else {
            throw .usage("missing operand after '\(options.operands.first ?? "diff")'")
        }
        if options.operands.count > 2 {
            throw .usage("extra operand \(options.operands[2].quotedAsName)")
        }
        var comparison = FolderComparison(call: call, options: options)
        try comparison.compare(options.operands[0], options.operands[1])
        return comparison.status
    }
}

/// One run of `diff`.
private struct FolderComparison {
    let call: ToolCall
    let options: ToolOptions
    /// 0: nothing differs; 1: something does; 2: something could not be compared.
    var status: Int32 = 0

    init(call: ToolCall, options: ToolOptions) {
        self.call = call
        self.options = options
    }

    mutating func compare(_ old: String, _ new: String) throws(ToolStop) {
        switch (isFolder(old), isFolder(new)) {
        case (true, true): try compareFolders(old, new, isTop: true)
        case (true, false): try compareFiles(old + "/" + lastPart(new), new, isNamed: false)
        case (false, true): try compareFiles(old, new + "/" + lastPart(old), isNamed: false)
        case (false, false): try compareFiles(old, new, isNamed: false)
        }
    }

    private func isFolder(_ path: String) -> Bool {
        call.context.files.kind(of: call.resolve(path)) == .directory
    }

    private func lastPart(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    private mutating func compareFolders(
        _ old: String, _ new: String, isTop: Bool
    ) throws(ToolStop) {
        let (left, right) = (try names(old), try names(new))
        for name in Set(left + right).sorted() {
            let (a, b) = ("\(old)/\(name)", "\(new)/\(name)")
            let isOnBoth = left.contains(name) && right.contains(name)
            if !isOnBoth, !options.has("N") {
                call.output.write("Only in \(left.contains(name) ? old : new): \(name)\n")
                status = max(status, 1)
            } else if isFolder(a), isFolder(b) {
                if options.has("r") {
                    try compareFolders(a, b, isTop: false)
                } else {
                    call.output.write("Common subdirectories: \(a) and \(b)\n")
                }
            } else if !isFolder(a), !isFolder(b) {
                try compareFiles(a, b, isNamed: true)
            } else {
                call.output.write(
                    "File \(a) is a \(kind(a)) while file \(b) is a \(kind(b))\n")
                status = max(status, 1)
            }
        }
    }

    private func kind(_ path: String) -> String { isFolder(path) ? "directory" : "regular file" }

    private func names(_ path: String) throws(ToolStop) -> [String] {
        do throws(ToolFileProblem) {
            return try call.context.files.list(call.resolve(path))
        } catch {
            throw .failure("\(path): \(error.reason)", status: 2)
        }
    }

    private mutating func compareFiles(
        _ old: String, _ new: String, isNamed: Bool
    ) throws(ToolStop) {
        let (left, right) = (try bytes(old, isNamed), try bytes(new, isNamed))
        if left == right { return }
        status = max(status, 1)
        if options.has("q") {
            return call.output.write("Files \(old) and \(new) differ\n")
        }
        let isUnified = options.has("u")
        let diff = UnifiedDiff(lines: Self.lines(left), Self.lines(right))
        if isNamed {
            let flags = options.found.map { " -\($0.id.prefix(1))" }.joined()
            call.output.write("diff\(flags) \(old) \(new)\n")
        }
        call.output.write(
            isUnified ? "--- \(old)\n+++ \(new)\n\(diff.hunks)" : diff.changes)
    }

    /// A file that is not there is empty where folders are compared so.
    private func bytes(_ path: String, _ isNamed: Bool) throws(ToolStop) -> [UInt8] {
        if isNamed, call.context.files.kind(of: call.resolve(path)) == nil { return [] }
        do throws(ToolFileProblem) {
            return Array(try call.open(path).readAll())
        } catch {
            throw .failure("\(path): \(error.reason)", status: 2)
        }
    }

    /// The lines of a text; the last one says where its end is missing.
    private static func lines(_ bytes: [UInt8]) -> [String] {
        var lines = bytes.split(separator: .newline, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard let last = lines.popLast() else { return [] }
        if !last.isEmpty { lines.append(last + "\n\\ No newline at end of file") }
        return lines
    }
}
