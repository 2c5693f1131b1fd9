import Syntax

/// Makes elements of a page's blocks.
struct PageReader {
    private let blocks: [PageBlock]
    private(set) var prose: [(line: Int, text: String)] = []
    private var elements: [Page.Element] = []
    /// Lines of prose since the last block of code.
    private var lead: [String] = []
    /// Whether root's `#` is this page's prompt: a block shows that.
    private let isRoot: Bool

    init(_ lines: [String]) {
        blocks = PageBlocks.of(lines)
        isRoot = blocks.contains { block in
            guard case .code = block.kind else { return false }
            return SessionText(block.lines.map { $0[...] })?.style == .root
        }
    }

    mutating func read() -> [Page.Element] {
        for block in blocks { read(block) }
        return elements
    }

    private mutating func read(_ block: PageBlock) {
        switch block.kind {
        case .prose:
            for (offset, line) in block.lines.enumerated() {
                prose.append((block.first + offset, line))
                if !PageText.isBlank(line) { lead.append(line) }
            }
            nameFromBehind(block)
        case .comment: readComment(block)
        case .frontMatter: readFrontMatter(block)
        case .code(let info):
            read(code: block, info: info)
            lead = []
        }
    }

    /// A page within the page, as pages about pages have them.
    private mutating func readInner(_ block: PageBlock) {
        for inner in PageBlocks.of(block.lines) {
            read(
                PageBlock(
                    kind: inner.kind, lines: inner.lines, first: block.first + inner.first,
                    indent: block.indent + inner.indent))
        }
    }

    // MARK: For Drydock alone

    /// `<!-- drydock: node add worker-1 -->`
    private mutating func readComment(_ block: PageBlock) {
        var text = block.lines.joined(separator: "\n")
        guard let start = text.firstRange(of: "<!--"), let end = text.firstRange(of: "-->") else {
            return
        }
        text = PageText.trimmed(text[start.upperBound..<max(start.upperBound, end.lowerBound)])
        guard text.hasPrefix("drydock:") else { return }
        elements.append(
            .statements(text: PageText.trimmed(text.dropFirst("drydock:".count)), line: block.first)
        )
    }

    /// `drydock: node add worker-1` in the head of a page, or a list of lines below `drydock: |`.
    private mutating func readFrontMatter(_ block: PageBlock) {
        guard let key = block.lines.firstIndex(where: { $0.hasPrefix("drydock:") }) else { return }
        let value = PageText.trimmed(block.lines[key].dropFirst("drydock:".count))
        let below = block.lines[(key + 1)...].prefix { $0.hasPrefix(" ") || $0.isEmpty }
        let lines = ["", "|", "|-", ">"].contains(value) ? Array(below) : [value.trimmingQuotes]
        elements.append(
            .statements(
                text: lines.map { PageText.trimmed($0) }.joined(separator: "\n"),
                line: block.first + key))
    }

    // MARK: Code

    /// Languages whose blocks are neither commands nor manifests.
    private static let foreign: Set<String> = [
        "go", "golang", "python", "py", "java", "javascript", "js", "typescript", "ts", "html",
        "css",
        "dockerfile", "docker", "c", "cpp", "rust", "ruby", "php", "sql", "mermaid", "xml", "ini",
        "toml",
        "diff", "conf", "nginx", "properties", "groovy", "hcl", "terraform", "plantuml", "dot",
    ]

    private mutating func read(code block: PageBlock, info: String) {
        let language = info.prefix { !$0.isWhitespace && $0 != "{" && $0 != ":" && $0 != "," }
            .lowercased()
        if Self.foreign.contains(language) { return }
        if language == "markdown" || language == "md" { return readInner(block) }
        if language == "dock" {
            let words = info.split(separator: " ")
            let isScript = block.lines.contains {
                $0.hasPrefix("scenario ") || $0.hasPrefix("setup ")
            }
            if words.count > 1 { return addManifest(block.lines, block.first, String(words[1])) }
            if isScript { return }
            elements.append(
                .statements(text: block.lines.joined(separator: "\n"), line: block.first))
            return
        }
        let lines = block.lines.map { $0[...] }
        if let style = style(of: lines, language) {
            return read(SessionText(lines, style), block)
        }
        if ManifestText.isManifest(block.lines), !isOutputOfLast(block) {
            return add(manifest: block, name: nameOf(block, info))
        }
        if let file = pendingFile, ManifestText.isPart(block.lines) {
            pendingFile = nil
            let part = ManifestText.text(block.lines)
            return elements.append(
                .edit(
                    file: file, part: ManifestText.isElided(part) ? nil : part, line: block.first))
        }
        attachOutput(block, language)
    }

    private func style(of lines: [Substring], _ language: String) -> SessionText.Style? {
        if let session = SessionText(lines) { return session.style }
        let body = lines.filter { !PageText.isBlank($0) }
        guard let first = body.first else { return nil }
        let isData = language == "yaml" || language == "yml" || language == "json"
        let marked = body.filter { ShellPrompt(of: $0)?.kind == .hash }
        if !isData, !marked.isEmpty, isRoot || marked.count == body.count || isKubectlMarked(first),
            SessionText(lines, .bare).entries.isEmpty
        {
            return .root
        }
        let session = SessionText(lines, .bare)
        guard let entry = session.entries.first, !isData else { return nil }
        let before = lines[..<entry.lines.lowerBound]
        return before.allSatisfy { PageText.isBlank($0) || $0.hasPrefix("#") || $0.hasPrefix("//") }
            ? .bare : nil
    }

    /// `# kubectl get pods` on top of a block that is no manifest.
    private func isKubectlMarked(_ line: Substring) -> Bool {
        let rest = line.drop { $0 == "#" || $0 == " " }
        return rest.hasPrefix("kubectl ") && PageCommands.verb(of: String(rest)) != nil
    }

    private mutating func read(_ session: SessionText, _ block: PageBlock) {
        if let first = session.entries.first, first.lines.lowerBound > 0 {
            readUnmarked(
                0..<takeManifest(0..<first.lines.lowerBound, block).upperBound, session, block)
        }
        for entry in session.entries { read(entry, block, isBare: session.style == .bare) }
    }

    /// Calls of kubectl above the first prompt of a block: their author has left the prompt out.
    private mutating func readUnmarked(
        _ range: Range<Int>, _ session: SessionText, _ block: PageBlock
    ) {
        guard session.style == .prompts else { return }
        let lines = block.lines[range].map { $0[...] }
        for entry in SessionText(lines, .bare).entries
        where PageCommands.verb(of: entry.command) != nil {
            read(entry, block, isBare: true)
        }
    }

    private mutating func read(_ entry: SessionText.Entry, _ block: PageBlock, isBare: Bool) {
        endEdit()
        let output = trimmed(entry.output, block)
        if let file = SessionText.shownFile(entry.command), isFileName(file) {
            let lines = Array(block.lines[output])
            let isDescribed = !lines.isEmpty && lines.allSatisfy(Self.isRemark)
            if isDescribed {
                // What an editor changes stands in words: there is nothing to be read.
            } else if ManifestText.isManifest(lines) || file.hasSuffix(".yaml")
                || file.hasSuffix(".yml")
            {
                if lines.isEmpty {
                    pendingFile = file
                    pendingLine =
                        entry.command.hasPrefix("cat ")
                        ? nil : block.first + entry.lines.lowerBound
                }
                if !lines.isEmpty { addManifest(lines, block.first + output.lowerBound, file) }
                return
            }
        }
        let text = PageText.trimmed(PageText.command(entry.command))
        if text.isEmpty { return }
        let place = elements.count
        let format = PageCommands.format(of: text)
        let shown =
            format == "yaml" || SessionText.showsFile(text) ? output : takeManifest(output, block)
        let range = trimmed(shown, block)
        elements.insert(
            .command(
                PageCommand(
                    text: text, line: block.first + entry.lines.lowerBound,
                    output: Array(block.lines[range]),
                    range: (block.first + range.lowerBound)..<(block.first + range.upperBound),
                    indent: block.indent, isInContainer: entry.prompt == .container,
                    isOwn: entry.prompt == .own, host: Self.host(entry, block), block: block.first,
                    isBare: isBare, remark: Self.remark(entry, block))), at: place)
    }

    /// What stands behind `#` in the last line of a command.
    private static func remark(_ entry: SessionText.Entry, _ block: PageBlock) -> String {
        guard let piece = entry.pieces.last else { return "" }
        let rest = Array(block.lines[piece.line].utf8).dropFirst(piece.bytes.upperBound)
        let text = PageText.trimmed(String(decoding: rest, as: UTF8.self))
        return text.hasPrefix("#") || text.hasPrefix("//") ? text : ""
    }

    private static func isRemark(_ line: String) -> Bool {
        PageText.isBlank(line) || line.hasPrefix("#") || line.hasPrefix("//")
    }

    /// The lines without blank ones around them.
    private func trimmed(_ range: Range<Int>, _ block: PageBlock) -> Range<Int> {
        guard let first = range.first(where: { !PageText.isBlank(block.lines[$0]) }),
            let last = range.last(where: { !PageText.isBlank(block.lines[$0]) })
        else { return range.lowerBound..<range.lowerBound }
        return first..<(last + 1)
    }

    /// Takes a manifest from among the lines of a session: from above the first command, or from below an output
    /// and a blank line. Answers the lines that are left.
    private mutating func takeManifest(_ range: Range<Int>, _ block: PageBlock) -> Range<Int> {
        for line in range where block.lines[line].hasPrefix("apiVersion:") {
            guard line == range.lowerBound || PageText.isBlank(block.lines[line - 1]) else {
                continue
            }
            let lines = Array(block.lines[line..<range.upperBound])
            guard ManifestText.isManifest(lines) else { break }
            let part = PageBlock(
                kind: block.kind, lines: lines, first: block.first + line, indent: block.indent)
            add(manifest: part, name: nameOf(part, ""))
            return range.lowerBound..<line
        }
        return range
    }

    /// What stands behind `@` in a prompt: `web-0` in `root@web-0:/#`.
    private static func host(_ entry: SessionText.Entry, _ block: PageBlock) -> String? {
        guard let piece = entry.pieces.first else { return nil }
        let prompt = String(
            decoding: Array(block.lines[piece.line].utf8)[..<piece.bytes.lowerBound], as: UTF8.self)
        guard let at = prompt.firstIndex(of: "@") else { return nil }
        let name = prompt[prompt.index(after: at)...].prefix {
            $0.isLetter || $0.isNumber || $0 == "-" || $0 == "."
        }
        return name.isEmpty ? nil : String(name)
    }

    /// The file of an editor's call, or of `cat`, whose text stands in the next block.
    private var pendingFile: String?
    /// Where the editor was called; nil for `cat`.
    private var pendingLine: Int?

    /// The text of the file does not come: what was done in the editor is not shown.
    private mutating func endEdit() {
        if let file = pendingFile, let line = pendingLine {
            elements.append(.edit(file: file, part: nil, line: line))
        }
        pendingFile = nil
    }

    private func isFileName(_ word: String) -> Bool {
        !word.hasPrefix("<") && !word.hasPrefix("$") && !word.hasPrefix("/etc/")
            && !word.hasPrefix("/proc")
    }

    // MARK: Manifests

    private mutating func addManifest(_ lines: [String], _ line: Int, _ name: String?) {
        var manifest = PageManifest(text: ManifestText.text(lines), line: line, name: name)
        manifest.isToApply = lead.suffix(3).contains { line in
            Self.applies.contains(where: line.contains)
        }
        elements.append(.manifest(manifest))
    }

    /// Words about a manifest that is to be put to work.
    private static let applies = [
        "apply", "Apply", "change", "Change", "update", "Update", "modify", "edit", "应用", "修改",
        "更新", "编辑",
        "发布", "部署", "调整", "改为", "變更", "套用", "修正",
    ]

    private mutating func add(manifest block: PageBlock, name: String?) {
        let pending = pendingFile
        pendingFile = nil
        addManifest(block.lines, block.first, pending ?? name)
    }

    /// The name that a fence, a comment on top or the prose before gives a manifest.
    private func nameOf(_ block: PageBlock, _ info: String) -> String? {
        for word in info.split(whereSeparator: { " \t{}=\"'(),:".contains($0) }) {
            if let name = Self.fileName(in: String(word)) { return name }
        }
        if let head = block.lines.first(where: { !PageText.isBlank($0) }),
            head.hasPrefix("#") || head.hasPrefix("//"), let name = Self.fileName(in: head)
        {
            return name
        }
        // kustomize looks for it by this name alone.
        if block.lines.contains("kind: Kustomization") { return "kustomization.yaml" }
        for line in lead.suffix(3).reversed() {
            if let name = Self.fileName(in: line) { return name }
        }
        return nil
    }

    /// The last name of a YAML or JSON file in a line.
    static func fileName(in line: String) -> String? {
        var found: String?
        for word in line.split(whereSeparator: { !isNamePart($0) }) {
            var word = word.hasPrefix(".") && !word.hasPrefix("./") ? word.dropFirst() : word
            if word.hasSuffix(".") { word.removeLast() }
            for ending in [".yaml", ".yml", ".json"] where word.hasSuffix(ending) {
                if word.count > ending.count, !word.contains("://") {
                    found = word.split(separator: "/").last.map(String.init)
                }
            }
        }
        return found
    }

    private static func isNamePart(_ character: Character) -> Bool {
        character.isASCII
            && (character.isLetter || character.isNumber || "._-/".contains(character))
    }

    /// "Save this as web.yaml", below the manifest.
    private mutating func nameFromBehind(_ block: PageBlock) {
        guard case .manifest(var manifest) = elements.last, manifest.name == nil,
            let line = block.lines.first(where: { !PageText.isBlank($0) }),
            let name = Self.fileName(in: line)
        else { return }
        let words = [
            "save", "Save", "saved", "保存", "存为", "命名", "写入", "儲存", "存成", "named", "called",
        ]
        guard words.contains(where: line.contains) else { return }
        manifest.name = name
        elements[elements.count - 1] = .manifest(manifest)
    }

    // MARK: Output in a block of its own

    private func isOutputOfLast(_ block: PageBlock) -> Bool {
        // What an editor was called for last is its file, and what went into a file is shown nowhere.
        guard pendingFile == nil, case .command(let command) = elements.last,
            command.output.isEmpty, PageCommands.target(of: command.text) == nil
        else { return false }
        let format = PageCommands.format(of: command.text)
        return format == "yaml" || format == "json" || command.text.hasPrefix("cat ")
    }

    /// A block without commands below one with a command that shows no output: its output.
    private mutating func attachOutput(_ block: PageBlock, _ language: String) {
        guard case .command(var command) = elements.last, command.output.isEmpty else { return }
        let isText = [
            "", "text", "console", "output", "plaintext", "none", "txt", "log", "shell-session",
            "bash", "sh", "shell", "yaml", "json", "no-highlight", "nohighlight",
        ].contains(language)
        let body = block.lines.filter { !PageText.isBlank($0) }
        guard isText, let head = body.first else { return }
        let isAnnounced = lead.last.map(Self.announcesOutput) ?? true
        guard isAnnounced || PageTable.isHeader(head) || lead.count <= 1 else { return }
        let first = block.lines.prefix { PageText.isBlank($0) }.count
        let count = block.lines.count - block.lines.reversed().prefix { PageText.isBlank($0) }.count
        command.output = Array(block.lines[first..<count])
        command.range = (block.first + first)..<(block.first + count)
        command.indent = block.indent
        elements[elements.count - 1] = .command(command)
    }

    private static func announcesOutput(_ line: String) -> Bool {
        let words = [
            "output", "Output", "similar", "like this", "should see", "shows", "输出", "结果", "如下",
            "輸出", "結果", "显示", "顯示",
        ]
        return words.contains(where: line.contains)
    }
}
