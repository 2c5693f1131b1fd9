import Assist
import Session
import Syntax
import Value

/// The texts that a client has open, and what lies beside them.
final class Workspace {
    private(set) var documents: [String: TextDocument] = [:]
    var encoding = PositionEncoding.utf16
    /// The folders that the client has open.
    var folders: [String] = []
    /// Further folders that scripts may read, as `--allow-read` of a run.
    var allowedFolders: [String] = []
    /// Those that a configuration beside or above a script names.
    var configuredFolders: (_ path: String) -> [String] = { _ in [] }
    let manifests = ManifestShelf()
    private var analyses: [String: (stamp: Int, analysis: Analysis)] = [:]
    /// Counts the changes of all texts.
    private var stamp = 0

    // MARK: Documents

    func open(_ document: TextDocument) {
        stamp += 1
        documents[document.uri] = document
    }

    func close(_ uri: String) {
        stamp += 1
        documents[uri] = nil
        analyses[uri] = nil
    }

    func change(_ uri: String, _ changes: Value, version: Int) throws(RPCError) {
        guard documents[uri] != nil else {
            throw .invalidParameters("\(uri) is not open")
        }
        stamp += 1
        try documents[uri]?.change(changes, version: version, encoding)
    }

    /// Forgets what was found, because files on the disk have changed.
    func forgetAnalyses() { stamp += 1 }

    /// The open texts in the order of their addresses.
    var uris: [String] { documents.keys.sorted() }

    func document(_ uri: String) throws(RPCError) -> TextDocument {
        guard let document = documents[uri] else {
            throw .invalidParameters("\(uri) is not open")
        }
        return document
    }

    /// The address of a path: the client's own where it is open.
    func uri(ofPath path: String) -> String {
        documents.keys.sorted().first { FileURI.path($0) == path } ?? FileURI.uri(path)
    }

    // MARK: Analyses

    /// What is found in an open text as it is now.
    func analysis(_ uri: String) throws(RPCError) -> Analysis {
        if let known = analyses[uri], known.stamp == stamp { return known.analysis }
        let document = try document(uri)
        let path = FileURI.path(uri) ?? uri
        let bytes =
            document.isTooLarge
            ? Array(document.bytes.prefix(TextDocument.maximumSize + 1)) : document.bytes
        let analysis = Analysis(path: path, bytes: bytes, files: files(besides: path))
        analyses[uri] = (stamp, analysis)
        return analysis
    }

    /// The names in a script, open or on the disk; nil where it cannot be read.
    func index(ofPath path: String) -> ScriptIndex? {
        let uri = uri(ofPath: path)
        if documents[uri] != nil { return try? analysis(uri).index }
        guard let bytes = try? DiskFile.bytes(path, atMost: TextDocument.maximumSize) else {
            return nil
        }
        return Analysis.index(
            of: Source(name: path, bytes: bytes), files: files(besides: path))
    }

    /// The files that a script can read; those that are open as they are in their editors.
    func files(besides path: String) -> ScriptFiles {
        let folder = Self.folder(of: path)
        let allowed = allowedFolders + configuredFolders(path)
        let files = ScriptFiles(folder: folder, allowed: allowed, name: path)
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        for (uri, document) in documents {
            guard let other = FileURI.path(uri), other != path, other.hasPrefix(prefix) else {
                continue
            }
            try? files.memory.place(
                String(decoding: document.bytes, as: UTF8.self),
                at: String(other.dropFirst(prefix.count)))
        }
        return files
    }

    /// Whether there is a file, open or on the disk, that is no folder.
    func exists(_ path: String) -> Bool {
        documents.keys.contains { FileURI.path($0) == path }
            || (try? DiskFile.bytes(path, atMost: ScriptFiles.maximumSize)) != nil
    }

    static func folder(of path: String) -> String {
        guard path.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    // MARK: Places

    /// The lines of an open text or of a source that was included.
    func lines(of source: Source) -> LineTable { LineTable(source.utf8) }

    func range(_ span: SourceSpan, in lines: LineTable) -> Value {
        [
            "start": lines.position(of: Int(span.start), encoding).value,
            "end": lines.position(of: Int(span.end), encoding).value,
        ]
    }

    func location(_ span: SourceSpan, in source: Source) -> Value {
        [
            "uri": Value(uri(ofPath: source.name)),
            "range": range(span, in: lines(of: source)),
        ]
    }

    /// The scripts below the folders that are open, and those that are open themselves.
    func scripts() -> [String] {
        var paths: [String] = []
        // Somebody may have opened the home folder: what is looked at has bounds.
        var budget = Self.maximumEntries
        for folder in folders { addScripts(in: folder, depth: 0, &budget, to: &paths) }
        paths += uris.compactMap { FileURI.path($0) ?? $0 }
        var seen: Set<String> = []
        return paths.filter { seen.insert($0).inserted }
    }

    private static let maximumEntries = 20_000
    private static let maximumDepth = 8

    private func addScripts(
        in folder: String, depth: Int, _ budget: inout Int, to paths: inout [String]
    ) {
        guard depth <= Self.maximumDepth else { return }
        for name in DiskFile.entries(folder) where !name.hasPrefix(".") && name != "node_modules" {
            budget -= 1
            if budget < 0 { return }
            let path = "\(folder)/\(name)"
            if name.hasSuffix(".dock") {
                paths.append(path)
            } else if DiskFile.isFolder(path) {
                addScripts(in: path, depth: depth + 1, &budget, to: &paths)
            }
        }
    }
}
