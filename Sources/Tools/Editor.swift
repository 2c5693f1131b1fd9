extension Tool {
    /// vi and its like: what somebody opens a file with. Where nobody sits at a terminal, a script's block
    /// of changes does what they would have done, or they say how the file is written instead.
    static let vi: Tool = {
        var tool = Tool(
            "vi",
            aliases: [
                "vim", "nvim", "nano", "emacs", "pico", "micro", "joe", "code", "subl", "gedit",
                "kate",
                "notepad",
            ],
            summary: "edits files: with $EDITOR at a terminal, by a block of changes in a script",
            usage: "[+LINE] FILE...",
            examples: [
                "vim web.yaml", "vim web.yaml { replace \"replicas: 3\" with \"replicas: 5\" }",
            ], takesOptions: false
        ) { call throws(ToolStop) in
            try FileEditing(call).run()
        }
        tool.isEditor = true
        return tool
    }()
}

/// One call of an editor.
private struct FileEditing {
    let call: ToolCall

    init(_ call: ToolCall) { self.call = call }

    func run() throws(ToolStop) -> Int32 {
        let paths = try paths()
        let context = call.context
        let line = context.environment["EDITOR"].flatMap { $0.isEmpty ? nil : $0 }
        guard let editor = context.host.editor(line, program: call.name),
            let edit = editor.editFile
        else {
            let path = paths[0]
            throw .failure(
                "there is no terminal for an editor here; a script writes a file with `file "
                    + "\"\(path)\" <<EOF` or `cat <<EOF > \(path)`, and changes one with `\(call.name) "
                    + "\(path) { replace \"a\" with \"b\" }` or `sed -i`")
        }
        for path in paths {
            try call.step()
            try change(path, with: edit, by: editor.name)
        }
        return 0
    }

    /// The files. Where a view begins is no matter here; what would be done to the text is refused.
    private func paths() throws(ToolStop) -> [String] {
        var paths: [String] = []
        var rest = call.arguments[...]
        while let word = rest.popFirst() {
            if word == "--" {
                paths += rest
                break
            }
            if word.hasPrefix("-c") || word.hasPrefix("-s") || word == "-es" || word.hasPrefix("+:")
                || word.hasPrefix("+%")
            {
                throw .failure(
                    "\(word): an editor runs no commands of its own here; `sed -i` changes a file")
            }
            if word.hasPrefix("-") || word.hasPrefix("+") { continue }
            paths.append(word)
        }
        guard !paths.isEmpty else { throw .failure("which file? `\(call.name) web.yaml`") }
        return paths
    }

    private func change(
        _ path: String, with edit: (String, String?) -> EditedFile.Outcome, by name: String
    ) throws(ToolStop) {
        let full = call.resolve(path)
        var text: String?
        do throws(ToolFileProblem) {
            switch call.context.files.kind(of: full) {
            case .directory: throw ToolFileProblem.isDirectory
            case .file: text = String(decoding: try call.context.files.read(full), as: UTF8.self)
            case nil: break
            }
        } catch {
            throw .failure("\(path): \(error.reason)")
        }
        switch edit(PathText.last(of: full), text) {
        case .text(let edited):
            if edited == text { return }
            do throws(ToolFileProblem) {
                try call.write(Array(edited.utf8), to: path)
            } catch {
                throw .failure("\(path): \(error.reason)")
            }
        case .nothing: return
        case .refused(let reason): throw .failure("\(path): \(reason)")
        case .failed: throw .failure("\(path): there was a problem with the editor \"\(name)\"")
        case .missing: throw .failure("unable to launch the editor \"\(name)\"", status: 127)
        }
    }
}
