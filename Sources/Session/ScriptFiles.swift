import Glibc
import Patterns
import Tools
import Verbs

/// The files a script can read: those it embeds, which live in memory, then those below its own folder
/// and the folders that were allowed (DESIGN 7).
package final class ScriptFiles: VerbFiles {
    /// Embedded files and what redirections wrote.
    package let memory = MemoryFolder()
    /// Paths on the disk that the session has removed for itself, without dots and slashes around them.
    var removed: Set<String> = []
    /// The folder against which relative paths resolve.
    package let folder: String
    private let roots: [String]

    /// Files of a script in `folder`; `allowed` are further folders it may read.
    package init(folder: String, allowed: [String] = []) {
        self.folder = folder.isEmpty ? "." : folder
        roots = ([self.folder] + allowed).compactMap(Self.real)
    }

    /// The path with links and dots resolved; nil when it does not exist.
    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private func onDisk(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }

    /// Whether the path, or a folder above it, was removed.
    private func isRemoved(_ path: String) -> Bool {
        guard !removed.isEmpty else { return false }
        var parts = MemoryFolder.normalize(path).split(separator: "/")
        while !parts.isEmpty {
            if removed.contains(parts.joined(separator: "/")) { return true }
            parts.removeLast()
        }
        return false
    }

    private func isAllowed(_ path: String) -> Bool {
        guard let real = Self.real(path) else { return false }
        return roots.contains { real == $0 || real.hasPrefix($0 == "/" ? $0 : $0 + "/") }
    }

    // MARK: Reading

    /// A file's largest size, in bytes.
    package static let maximumSize = 16 * 1024 * 1024

    package func read(_ path: String) throws(FileProblem) -> String {
        if memory.isFile(path), let text = try? memory.readText(path) { return text }
        let disk = onDisk(path)
        guard !isRemoved(path), access(disk, F_OK) == 0 else { throw .notFound }
        guard isAllowed(disk) else {
            throw FileProblem(
                "a script reads only files below its own folder (--allow-read DIR allows more)")
        }
        return try DiskFile.text(disk, atMost: Self.maximumSize)
    }

    package func entries(_ path: String) -> [String]? {
        var names: Set<String> = []
        var isFolder = false
        if memory.isDirectory(path), let inMemory = try? memory.list(path) {
            // The root of memory is always there; it counts when it holds something.
            isFolder = path != "." || !inMemory.isEmpty
            names.formUnion(inMemory)
        }
        let disk = onDisk(path)
        if !isRemoved(path), isAllowed(disk), DiskFile.isFolder(disk) {
            isFolder = true
            names.formUnion(DiskFile.entries(disk).filter { !isRemoved("\(path)/\($0)") })
        }
        return isFolder ? names.sorted() : nil
    }

    package func exists(_ path: String) -> Bool {
        memory.exists(path) || !isRemoved(path) && access(onDisk(path), F_OK) == 0
    }

    /// The text that `include "path"` brings in; nil when there is none or it may not be read.
    func included(_ path: String, from including: String) -> (name: String, text: String)? {
        guard let text = try? read(path) else { return nil }
        return (path, text)
    }
}

/// Files of the disk, read without Foundation.
package enum DiskFile {
    package static func isFolder(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a folder, sorted; empty where it cannot be read.
    package static func entries(_ path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The text of a file; invalid UTF-8 is replaced by U+FFFD.
    package static func text(_ path: String, atMost limit: Int) throws(FileProblem) -> String {
        if isFolder(path) { throw FileProblem("is a directory") }
        guard let file = fopen(path, "r") else {
            throw FileProblem(String(cString: strerror(errno)).lowercased())
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { break }
            bytes += buffer[..<count]
            if bytes.count > limit { throw FileProblem("is larger than \(limit) bytes") }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The file that names, one glob a line, the entries of its folder that `below` leaves out; `#`
    /// begins a comment.
    package static let ignoreFile = ".drydockignore"

    /// Every file below `path` that ends in `ending`, sorted by path, without what `ignoreFile` names;
    /// `path` itself when it is a file.
    package static func below(_ path: String, ending: String) -> [String] {
        guard isFolder(path) else { return [path] }
        let ignored = ignored(in: path)
        return entries(path).filter { name in
            !ignored.contains { $0.matches(name) }
        }.flatMap { name -> [String] in
            let child = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
            if isFolder(child) { return below(child, ending: ending) }
            return name.hasSuffix(ending) ? [child] : []
        }
    }

    private static func ignored(in folder: String) -> [Glob] {
        guard let text = try? text("\(folder)/\(ignoreFile)", atMost: 65_536) else { return [] }
        return text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
            .map { Glob(String($0)) }
    }
}
