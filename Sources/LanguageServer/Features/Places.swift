import Assist
import Model
import Syntax
import Value

/// Where the objects and files of a script are made.
struct Places {
    private let index: ScriptIndex
    private let workspace: Workspace
    private let path: String

    init(_ index: ScriptIndex, _ workspace: Workspace, _ path: String) {
        self.index = index
        self.workspace = workspace
        self.path = path
    }

    private var manifests: [ManifestShelf.Manifest] {
        path.hasPrefix("/") ? workspace.manifests.manifests(below: Workspace.folder(of: path)) : []
    }

    /// Where an object comes from, in words; nil where nothing here makes it.
    func origin(of kind: KindDescriptor, _ name: String) -> String? {
        if let made = created(kind, name).first { return "`\(made.detail)`" }
        if let file = embedded(kind, name).first { return "`\(file.file.name)` of this script" }
        return manifest(kind, name).first.map { "`\($0.manifest.name)`" }
    }

    /// Every place at which an object is made: by a command, in a `file` block, in a manifest.
    func locations(of kind: KindDescriptor, _ name: String) -> [Value] {
        var found = created(kind, name).map {
            workspace.location($0.span, in: index.sources[$0.source])
        }
        found += embedded(kind, name).map { embedded in
            let source = index.sources[embedded.file.source]
            let line = (embedded.file.firstLine ?? 0) + embedded.object.mark.line - 1
            return location(line: line, name, in: source)
        }
        found += manifest(kind, name).map { found in
            let start = Position(
                line: found.object.mark.line - 1, character: found.object.mark.column - 1)
            let end = Position(line: start.line, character: start.character + name.utf16.count)
            return [
                "uri": Value(workspace.uri(ofPath: found.manifest.path)),
                "range": ["start": start.value, "end": end.value],
            ]
        }
        return found
    }

    /// The place of a name in a line of a script.
    private func location(line: Int, _ name: String, in source: Source) -> Value {
        let range = source.lineRange(min(line, source.lineCount - 1))
        let text = String(decoding: source.utf8[range], as: UTF8.self)
        let before = text.firstRange(of: name).map { text[..<$0.lowerBound].utf8.count } ?? 0
        let start = range.lowerBound + before
        let span = SourceSpan(start: start, end: min(start + name.utf8.count, range.upperBound))
        return workspace.location(span, in: source)
    }

    private func isSame(_ left: KindDescriptor, _ right: KindDescriptor) -> Bool {
        left.storedKind == right.storedKind
    }

    private func created(_ kind: KindDescriptor, _ name: String) -> [CreatedObject] {
        CreatedObject.all(in: index).filter { isSame($0.kind, kind) && $0.name == name }
    }

    private func embedded(
        _ kind: KindDescriptor, _ name: String
    ) -> [(file: ScriptIndex.File, object: ManifestText.Object)] {
        index.files.flatMap { file in
            (file.text.map { ManifestText($0).objects } ?? [])
                .filter { isSame($0.kind, kind) && $0.name == name }.map { (file, $0) }
        }
    }

    private func manifest(
        _ kind: KindDescriptor, _ name: String
    ) -> [(manifest: ManifestShelf.Manifest, object: ManifestText.Object)] {
        manifests.flatMap { manifest in
            manifest.text.objects.filter { isSame($0.kind, kind) && $0.name == name }
                .map { (manifest, $0) }
        }
    }

    /// Where a file that a command names lies: a `file` block, or one on the disk.
    func file(_ name: String) -> Value? {
        func normal(_ path: String) -> String {
            path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        }
        if let file = index.files.last(where: { normal($0.name) == normal(name) }) {
            return workspace.location(file.span, in: index.sources[file.source])
        }
        guard path.hasPrefix("/") else { return nil }
        let folder = Workspace.folder(of: path)
        let target = name.hasPrefix("/") ? name : "\(folder)/\(normal(name))"
        guard workspace.exists(target) else { return nil }
        return Self.beginning(of: workspace.uri(ofPath: target))
    }

    static func beginning(of uri: String) -> Value {
        let start = Position(line: 0, character: 0).value
        return ["uri": Value(uri), "range": ["start": start, "end": start]]
    }
}
