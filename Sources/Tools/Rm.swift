extension Tool {
    static let rm = Tool(
        "rm", summary: "removes files", usage: "[OPTION]... FILE...",
        examples: ["rm web.yaml", "rm -rf overlay"],
        options: [
            ToolOption("d|dir", "empty folders too"),
            ToolOption("f|force", "no complaint about what is not there"),
            ToolOption("i", "nothing: nobody is asked"),
            ToolOption("r|recursive", "folders with all that is in them"),
            ToolOption("R", "the same"),
            ToolOption("v|verbose", "say what is removed"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        if options.operands.isEmpty, !options.has("f") { throw .usage("missing operand") }
        let remover = Remover(call: call, options: options)
        var status: Int32 = 0
        for path in options.operands where try !remover.remove(path) { status = 1 }
        return status
    }

    static let rmdir = Tool(
        "rmdir", summary: "removes empty folders", usage: "[OPTION]... FOLDER...",
        examples: ["mkdir empty && rmdir empty"],
        options: [
            ToolOption("p|parents", "those above it too"),
            ToolOption("v|verbose", "say what is removed"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        if options.operands.isEmpty { throw .usage("missing operand") }
        var status: Int32 = 0
        for operand in options.operands {
            var path = operand
            while true {
                if options.has("v") {
                    call.output.write("rmdir: removing directory, \(path.quotedAsName)\n")
                }
                do throws(ToolFileProblem) {
                    let full = call.resolve(path)
                    if call.context.files.kind(of: full) == .file { throw .notDirectory }
                    try call.context.files.remove(full, recursive: false)
                } catch {
                    call.complain("failed to remove \(path.quotedAsName): \(error.reason)")
                    status = 1
                    break
                }
                path = PathText.folder(of: path)
                if !options.has("p") || path == "." || path == "/" { break }
            }
        }
        return status
    }
}

private struct Remover {
    let call: ToolCall
    let options: ToolOptions

    /// False when it could not be removed.
    func remove(_ path: String) throws(ToolStop) -> Bool {
        let full = call.resolve(path)
        let files = call.context.files
        guard !path.isEmpty, let kind = files.kind(of: full) else {
            return options.has("f")
                || fail("cannot remove \(path.quotedAsName): No such file or directory")
        }
        let isRecursive = options.has("r") || options.has("R")
        guard kind == .directory else { return removeOne(path, full, isFolder: false) }
        if isRecursive {
            if [".", ".."].contains(PathText.last(of: path)) {
                return fail(
                    "refusing to remove '.' or '..' directory: skipping \(path.quotedAsName)")
            }
            if full == "/" {
                return fail("it is dangerous to operate recursively on '/'")
            }
            return try removeFolder(path)
        }
        guard options.has("d") else {
            return fail("cannot remove \(path.quotedAsName): Is a directory")
        }
        return removeOne(path, full, isFolder: true)
    }

    /// What is in a folder goes before it.
    private func removeFolder(_ path: String) throws(ToolStop) -> Bool {
        let files = call.context.files
        guard options.has("v") else {
            return removeOne(path, call.resolve(path), isFolder: true, isRecursive: true)
        }
        var isWhole = true
        var open = [(path: path, isEmptied: false)]
        while let next = open.popLast() {
            try call.step()
            let full = call.resolve(next.path)
            if next.isEmptied || files.kind(of: full) != .directory {
                isWhole = removeOne(next.path, full, isFolder: next.isEmptied) && isWhole
                continue
            }
            open.append((next.path, true))
            for name in ((try? files.list(full)) ?? []).reversed() {
                open.append((PathText.joined(next.path, name), false))
            }
        }
        return isWhole
    }

    private func removeOne(
        _ path: String, _ full: String, isFolder: Bool, isRecursive: Bool = false
    ) -> Bool {
        do throws(ToolFileProblem) {
            try call.context.files.remove(full, recursive: isRecursive)
        } catch {
            return fail("cannot remove \(path.quotedAsName): \(error.reason)")
        }
        if options.has("v") {
            call.output.write(
                "removed \(isFolder ? "directory " : "")\(path.quotedAsName)\n")
        }
        return true
    }

    private func fail(_ message: String) -> Bool {
        call.complain(message)
        return false
    }
}
