import Support
import Value
import YAML

/// A folder with a kustomization, and what may be read from there.
struct KustomizeFolder {
    let files: any VerbFiles
    /// Its path without `.`, `..` and doubled slashes where they can be told away.
    let root: String
    /// The folders whose kustomizations ask for this one, outermost first.
    let outer: [String]

    init(_ files: any VerbFiles, _ path: String) {
        self.files = files
        root = Self.plain(path)
        outer = []
    }

    private init(_ files: any VerbFiles, root: String, outer: [String]) {
        self.files = files
        self.root = root
        self.outer = outer
    }

    static func plain(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        let plain = parts.joined(separator: "/")
        if path.hasPrefix("/") { return "/" + plain }
        return plain.isEmpty ? "." : plain
    }

    /// A path that is given in the kustomization.
    func path(_ relative: String) -> String {
        root == "." ? Self.plain(relative) : Self.plain("\(root)/\(relative)")
    }

    private static func contains(_ folder: String, _ path: String) -> Bool {
        if folder == "." { return !path.hasPrefix("../") && path != ".." && !path.hasPrefix("/") }
        return path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
    }

    /// The text of a file in or below the folder.
    func load(_ relative: String) throws(VerbError) -> String {
        String(decoding: try bytes(relative), as: UTF8.self)
    }

    /// The bytes of a file in or below the folder.
    func bytes(_ relative: String) throws(VerbError) -> [UInt8] {
        if relative.hasPrefix("http://") || relative.hasPrefix("https://") {
            throw .message(
                "unable to read URL \"\(relative)\": the simulator opens no network connections; save "
                    + "the file below the kustomization's folder")
        }
        let path = path(relative)
        if files.entries(path) != nil { throw .message("'\(path)' must resolve to a file") }
        let bytes: [UInt8]
        do throws(FileProblem) {
            bytes = try files.bytes(path)
        } catch {
            throw .message(
                "evalsymlink failure on '\(path)' : lstat \(firstMissing(path)): \(error.message)")
        }
        guard Self.contains(root, path) else {
            throw .message("security; file '\(path)' is not in or below '\(root)'")
        }
        return bytes
    }

    /// The first part of a path that is not there.
    private func firstMissing(_ path: String) -> String {
        var part = path
        while let slash = part.lastIndex(of: "/"), slash > part.startIndex,
            !files.exists(String(part[..<slash]))
        {
            part = String(part[..<slash])
        }
        return part
    }

    /// The folder of another kustomization, which this one asks for.
    func folder(_ relative: String) throws(VerbError) -> KustomizeFolder {
        if relative.isEmpty { throw .message("new root cannot be empty") }
        if relative.hasPrefix("/") {
            throw .message("new root '\(relative)' cannot be absolute")
        }
        let path = path(relative)
        guard files.entries(path) != nil else {
            throw .message(
                "must build at directory: "
                    + (files.exists(path)
                        ? "'\(path)': file is not directory"
                        : "not a valid directory: evalsymlink failure on '\(path)' : lstat "
                            + "\(firstMissing(path)): no such file or directory"))
        }
        for visited in outer + [root] where Self.contains(path, visited) {
            throw .message(
                "cycle detected: candidate root '\(path)' contains visited root '\(visited)'")
        }
        guard outer.count < Kustomization.deepest else {
            throw .message(
                "kustomizations ask for each other more than \(Kustomization.deepest) levels deep, "
                    + "the last '\(path)'")
        }
        return KustomizeFolder(files, root: path, outer: outer + [root])
    }

    /// The objects in a file, lists taken apart.
    func objects(_ relative: String) throws(VerbError) -> [KustomizeResource] {
        try Self.objects(in: try load(relative), relative)
    }

    static func objects(
        in text: String, _ file: String
    ) throws(VerbError) -> [KustomizeResource] {
        let stream = YAML.read(text, dialect: .kustomize)
        if let error = stream.error {
            throw .message("MalformedYAMLError: \(error.kustomizeMessage) in File: \(file)")
        }
        var result: [KustomizeResource] = []
        var rest = stream.documents.map { (value: $0.value, document: Optional($0)) }[...]
        while let (value, document) = rest.popFirst() {
            if value.isNull || value.object?.isEmpty == true { continue }
            guard case .object(let object) = value else {
                throw .message("missing Resource metadata")
            }
            guard let kind = object[.kind].string, !kind.isEmpty else {
                throw .message("missing kind in object \(shown(value))")
            }
            if kind.hasSuffix("List"), object.contains(.items) {
                rest += object[.items].elements.map { ($0, nil) }
                continue
            }
            if !kind.hasSuffix("List"), object[.metadata].text(.name).isEmpty {
                throw .message("missing metadata.name in object \(shown(value))")
            }
            let resource = KustomizeResource(value)
            resource.emptyFields = document?.emptyFields ?? []
            resource.duplicateKeys = document?.duplicates.map(\.kustomizeMessage) ?? []
            result.append(resource)
        }
        return result
    }

    /// An object's metadata as Go prints it.
    private static func shown(_ value: Value) -> String {
        let metadata = value[.metadata]
        func map(_ key: Key) -> String {
            let pairs = metadata[key].fields.sortedByName.map {
                "\($0.key.name):\($0.value.scalarText ?? "")"
            }
            return "map[\(pairs.joined(separator: " "))]"
        }
        return "{{\(value.text(.apiVersion)) \(value.text(.kind))} {{\(metadata.text(.name)) "
            + "\(metadata.text(.namespace))} \(map(.labels)) \(map(.annotations))}}"
    }
}
