extension Tool {
    static let cp = Tool(
        "cp", summary: "copies files", usage: "[OPTION]... SOURCE... TARGET",
        examples: ["cp web.yaml web-2.yaml", "cp -r base overlay"],
        options: [
            ToolOption("a|archive", "the same as -r"),
            ToolOption("f|force", "nothing: files here can always be replaced"),
            ToolOption("i|interactive", "nothing: nobody is asked"),
            ToolOption("n|no-clobber", "leave files that exist"),
            ToolOption("p", "nothing: files here have no owner, mode or time"),
            ToolOption("r|recursive", "copy folders with all that is in them"),
            ToolOption("R", "the same"),
            ToolOption("t|target-directory", .required("DIR"), "copy into this folder"),
            ToolOption("T|no-target-directory", "the target is no folder to copy into"),
            ToolOption("v|verbose", "say what is copied"),
        ],
        // `cp web-0:/tmp/a a` is kubectl's.
        isVerb: { words in
            words.contains { word in
                guard let colon = word.firstIndex(of: ":"), colon != word.startIndex else {
                    return false
                }
                return !word.hasPrefix("/") && !word.hasPrefix(".") && !word.hasPrefix("-")
                    && word[..<colon].split(separator: "/").count <= 2
            }
        }
    ) { call throws(ToolStop) in
        let options = try call.options()
        let (sources, target) = try FileTargets.read(options)
        var status: Int32 = 0
        for source in sources {
            let copier = Copier(call: call, options: options)
            let place = try target.place(for: source, call)
            if try !copier.copy(source, to: place) { status = 1 }
        }
        return status
    }

    static let mv = Tool(
        "mv", summary: "moves or renames files", usage: "[OPTION]... SOURCE... TARGET",
        examples: ["mv web.yaml old.yaml"],
        options: [
            ToolOption("f|force", "nothing: files here can always be replaced"),
            ToolOption("i|interactive", "nothing: nobody is asked"),
            ToolOption("n|no-clobber", "leave files that exist"),
            ToolOption("t|target-directory", .required("DIR"), "move into this folder"),
            ToolOption("T|no-target-directory", "the target is no folder to move into"),
            ToolOption("v|verbose", "say what is moved"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        let (sources, target) = try FileTargets.read(options)
        var status: Int32 = 0
        for source in sources {
            let place = try target.place(for: source, call)
            if try !move(source, to: place, options, call) { status = 1 }
        }
        return status
    }

    private static func move(
        _ source: String, to target: String, _ options: ToolOptions, _ call: ToolCall
    ) throws(ToolStop) -> Bool {
        let (old, new) = (call.resolve(source), call.resolve(target))
        let files = call.context.files
        func fail(_ message: String) -> Bool {
            call.complain(message)
            return false
        }
        let names = "\(source.quotedAsName) to \(target.quotedAsName)"
        guard let kind = files.kind(of: old) else {
            return fail("cannot stat \(source.quotedAsName): No such file or directory")
        }
        if old == new {
            return fail("\(source.quotedAsName) and \(target.quotedAsName) are the same file")
        }
        if new.hasPrefix(old == "/" ? "/" : old + "/") {
            return fail(
                "cannot move \(source.quotedAsName) to a subdirectory of itself, "
                    + target.quotedAsName)
        }
        let other = files.kind(of: new)
        if other != nil, options.has("n") { return true }
        if kind == .directory, other == .file {
            return fail(
                "cannot overwrite non-directory \(target.quotedAsName) with directory "
                    + source.quotedAsName)
        }
        if kind == .file, other == .directory {
            return fail(
                "cannot overwrite directory \(target.quotedAsName) with non-directory")
        }
        do throws(ToolFileProblem) {
            try files.rename(old, to: new)
        } catch {
            return fail("cannot move \(names): \(error.reason)")
        }
        if options.has("v") {
            call.output.write("renamed \(source.quotedAsName) -> \(target.quotedAsName)\n")
        }
        return true
    }
}

/// Where `cp` and `mv` put things.
private struct FileTargets {
    let path: String
    /// Whether things go into it, not in its place.
    let isFolder: Bool?

    static func read(
        _ options: ToolOptions
    ) throws(ToolStop) -> (sources: [String], target: FileTargets) {
        var operands = options.operands
        if operands.isEmpty { throw .usage("missing file operand") }
        if let folder = options.value("t") {
            return (operands, FileTargets(path: folder, isFolder: true))
        }
        if operands.count == 1 {
            throw .usage("missing destination file operand after \(operands[0].quotedAsName)")
        }
        let target = operands.removeLast()
        if options.has("T") {
            if operands.count > 1 { throw .usage("extra operand \(target.quotedAsName)") }
            return (operands, FileTargets(path: target, isFolder: false))
        }
        return (operands, FileTargets(path: target, isFolder: operands.count > 1 ? true : nil))
    }

    func place(for source: String, _ call: ToolCall) throws(ToolStop) -> String {
        let kind = call.context.files.kind(of: call.resolve(path))
        if isFolder == true, kind != .directory {
            let reason = kind == nil ? "No such file or directory" : "Not a directory"
            throw .failure("target \(path.quotedAsName): \(reason)")
        }
        guard isFolder ?? (kind == .directory) else { return path }
        return PathText.joined(path, PathText.last(of: source))
    }
}

private struct Copier {
    let call: ToolCall
    let options: ToolOptions

    /// Copies a file or a folder; false when something could not be copied.
    func copy(_ source: String, to target: String) throws(ToolStop) -> Bool {
        let files = call.context.files
        let (old, new) = (call.resolve(source), call.resolve(target))
        switch files.kind(of: old) {
        case nil:
            return fail("cannot stat \(source.quotedAsName): No such file or directory")
        case .file: return copyFile(source, to: target)
        case .directory:
            guard options.has("r") || options.has("R") || options.has("a") else {
                return fail("-r not specified; omitting directory \(source.quotedAsName)")
            }
            if new == old || new.hasPrefix(old == "/" ? "/" : old + "/") {
                return fail(
                    "cannot copy a directory, \(source.quotedAsName), into itself, "
                        + target.quotedAsName)
            }
            return try copyFolder(source, to: target)
        }
    }

    private func copyFolder(_ source: String, to target: String) throws(ToolStop) -> Bool {
        let files = call.context.files
        var isWhole = true
        var open = [(source, target)]
        while let (source, target) = open.popLast() {
            try call.step()
            let (old, new) = (call.resolve(source), call.resolve(target))
            if files.kind(of: old) == .file {
                isWhole = copyFile(source, to: target) && isWhole
                continue
            }
            if files.kind(of: new) == .file {
                return fail(
                    "cannot overwrite non-directory \(target.quotedAsName) with directory "
                        + source.quotedAsName)
            }
            if files.kind(of: new) == nil {
                do throws(ToolFileProblem) {
                    try files.makeDirectory(new, parents: false)
                } catch {
                    return fail("cannot create directory \(target.quotedAsName): \(error.reason)")
                }
                report(source, target)
            }
            let names = (try? files.list(old)) ?? []
            open += names.reversed().map {
                (PathText.joined(source, $0), PathText.joined(target, $0))
            }
        }
        return isWhole
    }

    private func copyFile(_ source: String, to target: String) -> Bool {
        let files = call.context.files
        let (old, new) = (call.resolve(source), call.resolve(target))
        if old == new {
            return fail("\(source.quotedAsName) and \(target.quotedAsName) are the same file")
        }
        let kind = files.kind(of: new)
        if kind != nil, options.has("n") { return true }
        if kind == .directory {
            return fail(
                "cannot overwrite directory \(target.quotedAsName) with non-directory")
        }
        do throws(ToolFileProblem) {
            try files.write(try files.read(old), to: new)
        } catch {
            return fail("cannot create regular file \(target.quotedAsName): \(error.reason)")
        }
        report(source, target)
        return true
    }

    private func report(_ source: String, _ target: String) {
        guard options.has("v") else { return }
        call.output.write("\(source.quotedAsName) -> \(target.quotedAsName)\n")
    }

    private func fail(_ message: String) -> Bool {
        call.complain(message)
        return false
    }
}
