import Session
import struct Verbs.FileProblem
import YAML

extension Configuration {
    /// Reads a file.
    package init(reading path: String) throws(ConfigurationError) {
        let text: String
        do throws(FileProblem) {
            text = try DiskFile.text(path, atMost: 1 << 20)
        } catch {
            throw ConfigurationError("cannot read \(path): \(error.message)")
        }
        try self.init(parsing: text, path: path)
    }

    /// Reads the text of a file.
    package init(parsing text: String, path: String) throws(ConfigurationError) {
        self.init()
        self.path = path
        let stream = YAML.read(text, dialect: .kustomize)
        if let error = stream.error {
            throw ConfigurationError(
                "\(path):\(error.mark.line):\(error.mark.column): \(error.message)")
        }
        if stream.documents.count > 1 {
            let mark = stream.documents[1].mark
            throw ConfigurationError(
                "\(path):\(mark.line):\(mark.column): a configuration is one document")
        }
        guard let document = stream.documents.first else { return }
        if let double = document.duplicates.first {
            throw ConfigurationError(
                "\(path):\(double.mark.line):\(double.mark.column): the key \"\(double.key)\" "
                    + "stands twice, first in line \(double.first.line)")
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let root = ConfigurationField(document, lines: lines, file: path)
        for field in try root.fields(among: ConfigurationKey.all.map(\.name)) {
            for key in ConfigurationKey.all where key.name == field.name {
                try key.read(field, &self)
            }
        }
    }

    /// The configuration of some scripts: that of the nearest folder, from theirs upwards, that has one;
    /// an empty one where none has.
    ///
    /// - Throws: where it is wrong, and where two of the scripts have different ones.
    package static func find(for paths: [String]) throws(ConfigurationError) -> Configuration {
        var found: (file: String, script: String)?
        for path in paths {
            let folder = DiskFile.isFolder(path) ? path : Self.folder(of: path)
            guard let file = try search(from: folder) else { continue }
            if let found, DiskFile.resolved(found.file) != DiskFile.resolved(file) {
                throw ConfigurationError(
                    "\(found.script) is below \(found.file) and \(path) below \(file): name one "
                        + "with --config, or none with --no-config")
            }
            found = found ?? (file, path)
        }
        guard let found else { return Configuration() }
        return try Configuration(reading: found.file)
    }

    private static func folder(of path: String) -> String {
        guard let cut = path.lastIndex(of: "/") else { return "." }
        return cut == path.startIndex ? "/" : String(path[..<cut])
    }

    /// The nearest file from a folder upwards, by a path that is as short as the user's own.
    private static func search(from folder: String) throws(ConfigurationError) -> String? {
        var folder = folder == "." ? "" : folder.hasSuffix("/") ? folder : folder + "/"
        while let top = DiskFile.resolved(folder.isEmpty ? "." : folder) {
            if DiskFile.exists(folder + fileName) { return folder + fileName }
            let other = folder + "drydock.yml"
            if DiskFile.exists(other) {
                throw ConfigurationError("\(other) is not read: its name has to be \(fileName)")
            }
            if top == "/" { return nil }
            folder = parent(of: folder)
        }
        return nil
    }

    /// The folder above one, both with a slash at the end; "" is where the user stands.
    private static func parent(of folder: String) -> String {
        let last = folder.split(separator: "/").last
        if last == nil || last == ".." { return folder + "../" }
        let rest = folder.dropLast().lastIndex(of: "/").map { folder[...$0] } ?? ""
        return last == "." ? parent(of: String(rest)) : String(rest)
    }
}

extension Configuration {
    /// The scripts below the folder of the file.
    package var scripts: [String] {
        FileSearch.below(Self.folder(of: path), ending: ".dock").compactMap {
            if case .file(let path) = $0 { path } else { nil }
        }
    }
}
