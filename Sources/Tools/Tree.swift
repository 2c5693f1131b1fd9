extension Tool {
    /// The kinds whose objects own others, as one types them.
    private static let owners: Set<String> = [
        "deployment", "deployments", "deploy", "replicaset", "replicasets", "rs", "statefulset",
        "statefulsets", "sts", "daemonset", "daemonsets", "ds", "job", "jobs", "cronjob",
        "cronjobs",
        "cj", "pod", "pods", "po", "service", "services", "svc", "replicationcontroller", "rc",
        "node",
        "nodes", "persistentvolumeclaim", "pvc",
    ]

    static let tree = Tool(
        "tree", summary: "draws what is below folders", usage: "[OPTION]... [FOLDER]...",
        examples: ["tree", "tree -L 2 manifests"],
        options: [
            ToolOption("a", "also names that begin with a dot"),
            ToolOption("C", "nothing: without colours"),
            ToolOption("d", "folders alone"),
            ToolOption("F", "a / behind folders"),
            ToolOption("f", "the whole path of each"),
            ToolOption("L", .required("LEVEL"), "no more than so many levels"),
            ToolOption("n", "nothing: without colours"),
            ToolOption("|noreport", "without the last line"),
        ],
        // What owns what, of an object: `tree deployment/web`, `tree deploy web`.
        isVerb: { words in
            guard let first = words.first else { return false }
            let parts = first.split(separator: "/", omittingEmptySubsequences: false)
            return owners.contains(String(parts[0]))
                && (parts.count == 2 || parts.count == 1 && words.count == 2)
        }
    ) { call throws(ToolStop) in
        let options = try call.options()
        var drawing = try TreeDrawing(call, options)
        return try drawing.draw(options.operands.isEmpty ? ["."] : options.operands)
    }
}

private struct TreeDrawing {
    private let call: ToolCall
    private let options: ToolOptions
    private let levels: Int
    private var folders = 0
    private var files = 0

    init(_ call: ToolCall, _ options: ToolOptions) throws(ToolStop) {
        self.call = call
        self.options = options
        levels = options.value("L").map { Int($0) ?? 0 } ?? .max
        if levels < 1 { throw .failure("Invalid level, must be greater than 0.") }
    }

    mutating func draw(_ roots: [String]) throws(ToolStop) -> Int32 {
        var status: Int32 = 0
        for root in roots {
            guard call.context.files.kind(of: call.resolve(root)) == .directory else {
                call.output.write("\(root)  [error opening dir]\n")
                status = 2
                continue
            }
            call.output.write(root + "\n")
            try drawBelow(root)
        }
        if !options.has("noreport") {
            let count = "\(folders) director\(folders == 1 ? "y" : "ies")"
            let rest = options.has("d") ? "" : ", \(files) file\(files == 1 ? "" : "s")"
            call.output.write("\n\(count)\(rest)\n")
        }
        return status
    }

    private struct Entry {
        let path: String
        let lead: String
        let isLast: Bool
        let level: Int
    }

    private mutating func drawBelow(_ root: String) throws(ToolStop) {
        var open = entries(of: root, lead: "", level: 1)
        while let entry = open.popLast() {
            try call.step()
            let isFolder = call.context.files.kind(of: call.resolve(entry.path)) == .directory
            if isFolder { folders += 1 } else { files += 1 }
            let name = options.has("f") ? entry.path : PathText.last(of: entry.path)
            let mark = options.has("F") && isFolder ? "/" : ""
            call.output.write("\(entry.lead)\(entry.isLast ? "└── " : "├── ")\(name)\(mark)\n")
            guard isFolder, entry.level < levels else { continue }
            open += entries(
                of: entry.path, lead: entry.lead + (entry.isLast ? "    " : "│   "),
                level: entry.level + 1)
        }
    }

    /// What is in a folder, the last first.
    private func entries(of folder: String, lead: String, level: Int) -> [Entry] {
        var names = (try? call.context.files.list(call.resolve(folder))) ?? []
        if !options.has("a") { names.removeAll { $0.hasPrefix(".") } }
        var paths = names.map { PathText.joined(folder, $0) }
        if options.has("d") {
            paths.removeAll { call.context.files.kind(of: call.resolve($0)) != .directory }
        }
        return paths.enumerated().reversed().map { index, path in
            Entry(path: path, lead: lead, isLast: index == paths.count - 1, level: level)
        }
    }
}
