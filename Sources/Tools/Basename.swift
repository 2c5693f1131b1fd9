extension Tool {
    static let basename = Tool(
        "basename", summary: "prints the last part of a path", usage: "NAME [SUFFIX]",
        examples: ["basename manifests/web.yaml .yaml"],
        options: [
            ToolOption("a|multiple", "each argument is a name"),
            ToolOption("s|suffix", .required("SUFFIX"), "take SUFFIX off the end; means -a"),
            ToolOption("z|zero", "end each name with NUL"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options(stopsAtOperand: true)
        var names = options.operands
        var suffix = options.value("s")
        if names.isEmpty { throw .usage("missing operand") }
        if suffix == nil, !options.has("a") {
            if names.count > 2 { throw .usage("extra operand \(names[2].quoted)") }
            if names.count == 2 { suffix = names.removeLast() }
        }
        for name in names {
            var last = PathText.last(of: name)
            if let suffix, last.hasSuffix(suffix), last != suffix {
                last.removeLast(suffix.count)
            }
            call.output.write(last + (options.has("z") ? "\0" : "\n"))
        }
        return 0
    }

    static let dirname = Tool(
        "dirname", summary: "prints all but the last part of a path", usage: "[OPTION] NAME...",
        examples: ["dirname manifests/web.yaml"],
        options: [ToolOption("z|zero", "end each name with NUL")]
    ) { call throws(ToolStop) in
        let options = try call.options()
        if options.operands.isEmpty { throw .usage("missing operand") }
        for name in options.operands {
            call.output.write(PathText.folder(of: name) + (options.has("z") ? "\0" : "\n"))
        }
        return 0
    }
}

/// Paths as texts.
enum PathText {
    /// `c` of `a/b/c/`; `/` of `/`.
    static func last(of path: String) -> String {
        guard let part = path.split(separator: "/").last else { return path.isEmpty ? "" : "/" }
        return String(part)
    }

    /// `a/b` of `a/b/c/`; `.` where there is no folder.
    static func folder(of path: String) -> String {
        var rest = path[...]
        while rest.count > 1, rest.last == "/" { rest = rest.dropLast() }
        guard let slash = rest.lastIndex(of: "/") else { return "." }
        rest = rest[..<slash]
        while rest.last == "/" { rest = rest.dropLast() }
        return rest.isEmpty ? "/" : String(rest)
    }

    /// `path` inside `folder`.
    static func joined(_ folder: String, _ path: String) -> String {
        folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
    }
}
