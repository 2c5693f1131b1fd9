import Value

extension Tool {
    static let stat = Tool(
        "stat", summary: "says what is known of files", usage: "[OPTION]... FILE...",
        examples: ["stat web.yaml", "stat -c %s web.yaml"],
        options: [
            ToolOption(
                "c|format", .required("FORMAT"), "%n name, %s size, %F kind, %y and %Y time"),
            ToolOption("L|dereference", "nothing: there are no links"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        if options.operands.isEmpty { throw .usage("missing operand") }
        var status: Int32 = 0
        for path in options.operands {
            guard let facts = FileFacts(path, call) else {
                call.complain("cannot statx \(path.quotedAsName): No such file or directory")
                status = 1
                continue
            }
            if let format = options.value("c") {
                call.output.write(facts.filled(format) + "\n")
            } else {
                call.output.write(facts.description)
            }
        }
        return status
    }

    static let file = Tool(
        "file", summary: "says what is in files", usage: "[OPTION]... FILE...",
        examples: ["ls | xargs file"],
        options: [ToolOption("b|brief", "without the names")]
    ) { call throws(ToolStop) in
        let options = try call.options()
        if options.operands.isEmpty { throw .usage("missing operand") }
        let width = options.operands.map(\.count).max() ?? 0
        for path in options.operands {
            let padding = String(repeating: " ", count: width - path.count + 1)
            let head = options.has("b") ? "" : "\(path):\(padding)"
            call.output.write(head + FileFacts.content(of: path, call) + "\n")
        }
        return 0
    }

    static let realpath = Tool(
        "realpath", aliases: ["readlink"], summary: "prints absolute paths",
        usage: "[OPTION]... FILE...", examples: ["realpath ../base"],
        options: [
            ToolOption("e|canonicalize-existing", "complain of what is not there"),
            ToolOption("f|canonicalize", "nothing: there are no links"),
            ToolOption("m|canonicalize-missing", "nothing need be there"),
            ToolOption("s|strip", "nothing: there are no links"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        if options.operands.isEmpty { throw .usage("missing operand") }
        var status: Int32 = 0
        for path in options.operands {
            let full = call.resolve(path)
            let known = options.has("e") || options.has("m") ? full : PathText.folder(of: full)
            if !options.has("m"), call.context.files.kind(of: known) == nil {
                call.complain("\(path): No such file or directory")
                status = 1
            } else {
                call.output.write(full + "\n")
            }
        }
        return status
    }
}

/// What is known of a file: its kind, its size, and when it was written.
struct FileFacts {
    let name: String
    let isFolder: Bool
    let size: Int
    let time: Timestamp

    /// Nil where there is none at the path.
    init?(_ path: String, _ call: ToolCall) {
        let full = call.resolve(path)
        let files = call.context.files
        guard let kind = files.kind(of: full) else { return nil }
        name = path
        isFolder = kind == .directory
        size = isFolder ? 4096 : ((try? files.read(full))?.count ?? 0)
        // What lies on the disk is as old as the world: its own time would differ from place to place.
        time = Timestamp.zero + Duration(milliseconds: files.written(full) ?? 0)
    }

    var mode: String { isFolder ? "drwxr-xr-x" : "-rw-r--r--" }
    private var octal: String { isFolder ? "0755" : "0644" }

    private var kind: String {
        isFolder ? "directory" : size == 0 ? "regular empty file" : "regular file"
    }

    private var stamp: String { DateFormat.text(time, "%F %T.%N %z") }

    var blocks: Int { isFolder ? 4 : (size + 4095) / 4096 * 4 }

    var description: String {
        """
          File: \(name)
          Size: \(size)\tBlocks: \(blocks * 2)\t\(kind)
        Access: (\(octal)/\(mode))  Uid: (    0/    root)   Gid: (    0/    root)
        Modify: \(stamp)

        """
    }

    func filled(_ format: String) -> String {
        var result = ""
        var rest = format[...]
        while let next = rest.popFirst() {
            guard next == "%", let letter = rest.popFirst() else {
                result.append(next)
                continue
            }
            switch letter {
            case "n": result += name
            case "s": result += String(size)
            case "F": result += kind
            case "a": result += String(octal.dropFirst())
            case "A": result += mode
            case "U", "G": result += "root"
            case "u", "g": result += "0"
            case "b": result += String(blocks * 2)
            case "y", "x", "z", "w": result += stamp
            case "Y", "X", "Z", "W": result += String(time.seconds)
            case "%": result += "%"
            default: result += "%\(letter)"
            }
        }
        return result
    }

    /// What `file` says of a path.
    static func content(of path: String, _ call: ToolCall) -> String {
        let full = call.resolve(path)
        switch call.context.files.kind(of: full) {
        case nil: return "cannot open `\(path)' (No such file or directory)"
        case .directory: return "directory"
        case .file: break
        }
        guard let bytes = try? call.context.files.read(full) else { return "cannot read" }
        if bytes.isEmpty { return "empty" }
        if bytes.contains(0) || String(validating: bytes, as: UTF8.self) == nil { return "data" }
        let first = bytes.first { !$0.isSpace }
        if first == UInt8(ascii: "{"), path.hasSuffix(".json") { return "JSON text data" }
        let isScript = bytes.starts(with: "#!".utf8)
        let alphabet = bytes.allSatisfy { $0 < 128 } ? "ASCII text" : "Unicode text, UTF-8 text"
        return isScript ? "shell script, \(alphabet) executable" : alphabet
    }
}
