extension Tool {
    static let sed = Tool(
        "sed", summary: "edits lines by a script",
        usage: "[OPTION]... {script-only-if-no-other-script} [input-file]...",
        examples: [
            "sed 's/nginx:1.25/nginx:1.26/' web.yaml | kubectl apply -f -",
            "sed -n '/^Events/,$p' description", "sed -i 's/replicas: 1/replicas: 3/' web.yaml",
        ],
        options: [
            ToolOption("E|regexp-extended", "patterns are extended expressions"),
            ToolOption("e|expression", .required("SCRIPT"), "add a script"),
            ToolOption("f|file", .required("FILE"), "add a script from a file"),
            ToolOption(
                "i|in-place", .optional("SUFFIX"),
                "write into the files; keep old ones under SUFFIX"),
            ToolOption(
                "l|line-length", .required("N"), "the width at which the l command wraps lines"),
            ToolOption("n|quiet", "print only what the script prints"),
            ToolOption("|posix", "nothing"),
            ToolOption("r", "the same as -E"),
            ToolOption("s|separate", "each file has lines of its own numbers"),
            ToolOption("|silent", "the same as -n"),
            ToolOption("u|unbuffered", "nothing"),
            ToolOption("z|null-data", "lines end with NUL"),
        ],
        usageHint: "Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n"
    ) { call throws(ToolStop) in
        var options = try call.options()
        var scripts: [SedScriptText] = []
        var expressions = 0
        for (id, value) in options.found {
            if id == "e" {
                expressions += 1
                scripts.append(SedScriptText("-e expression #\(expressions), char", value))
            } else if id == "f" {
                scripts.append(try SedScriptText(file: value, call))
            }
        }
        if scripts.isEmpty {
            guard let text = options.takeOperand() else {
                call.error.write(call.tool.usageHint ?? "")
                return 1
            }
            scripts = [SedScriptText("-e expression #1, char", text)]
        }
        let isExtended = options.has("E") || options.has("r")
        var parser = SedParser(scripts, isExtended: isExtended, call)
        let program = try parser.parse()
        var settings = SedSettings()
        settings.isQuiet =
            options.has("n") || options.has("silent") || parser.beginsWithQuietMark
        settings.isInPlace = options.has("i")
        settings.isSeparate = options.has("s") || settings.isInPlace
        settings.suffix = options.value("i") ?? ""
        settings.end = options.has("z") ? 0 : .newline
        if let text = options.value("l") {
            guard let width = Int(text), width >= 0 else {
                throw .usage("invalid line length: \(text)")
            }
            settings.lineLength = width
        }
        var editor = SedEditor(program, settings, options.operands, call)
        return try editor.run()
    }
}

/// A piece of the script, and how messages name places in it.
struct SedScriptText {
    /// `-e expression #1, char`, or `file F line` for places counted in lines.
    let name: String
    let bytes: [UInt8]
    let countsLines: Bool

    init(_ name: String, _ text: String) {
        self.name = name
        bytes = Array(text.utf8)
        countsLines = false
    }

    init(file path: String, _ call: ToolCall) throws(ToolStop) {
        name = "file \(path) line"
        countsLines = true
        do throws(ToolFileProblem) {
            var text = try call.open(path).readAll()
            if text.last == .newline { text = text.dropLast() }
            bytes = Array(text)
        } catch {
            throw .failure("couldn't open file \(path): \(error.reason)", status: 4)
        }
    }
}

struct SedSettings {
    var isQuiet = false
    var isInPlace = false
    var isSeparate = false
    /// What names the files that in-place editing keeps.
    var suffix = ""
    var end = UInt8.newline
    var lineLength = 70
}
