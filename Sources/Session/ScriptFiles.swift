import Glibc
import Tools
import Verbs

/// The files a script can read: those it embeds, which live in memory, then those below its own folder
/// and the folders that were allowed (DESIGN 7).
package final class ScriptFiles: VerbFiles {
    /// Embedded files and what redirections wrote.
    package let memory = MemoryFolder()
    /// Paths on the disk that the session has removed for itself, without dots and slashes around them.
    var removed: Set<String> = []
    /// Whether files of the disk are left alone: for scripts that nobody trusts.
    package var isClosed = false
    /// The folder against which relative paths resolve.
    package let folder: String
    /// What messages call that folder: the script's name without its last part.
    private let shownFolder: String
    private let roots: [String]
    /// Told of each file that is read from the disk, and with a slash at its end of each folder whose
    /// names are, with links resolved.
    package var onRead: ((String) -> Void)?

    /// Files of a script in `folder`.
    ///
    /// - Parameters:
    ///   - allowed: further folders that it may read.
    ///   - name: what messages call the script.
    package init(folder: String, allowed: [String] = [], name: String = "") {
        self.folder = folder.isEmpty ? "." : folder
        shownFolder = Self.normalized(Self.folder(of: name))
        roots = ([self.folder] + allowed).compactMap(Self.real)
    }

    /// The path with links and dots resolved; nil when it does not exist.
    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The root of a session is the script's folder, so that an absolute path is looked for below it first.
    private func onDisk(_ path: String) -> String {
        // A name that no file has.
        if isClosed { return "" }
        guard path.hasPrefix("/") else { return "\(folder)/\(path)" }
        let below = folder + path
        return path != "/" && access(below, F_OK) == 0 ? below : path
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
    package static let maximumSize = 64 * 1024 * 1024

    package func read(_ path: String) throws(FileProblem) -> String {
        String(decoding: try bytes(path), as: UTF8.self)
    }

    package func bytes(_ path: String) throws(FileProblem) -> [UInt8] {
        if memory.isFile(path), let bytes = try? memory.read(path) { return bytes }
        let disk = onDisk(path)
        guard !isRemoved(path), access(disk, F_OK) == 0 else { throw .notFound }
        guard isAllowed(disk) else {
            throw FileProblem(
                "a script reads only files below its own folder (--allow-read DIR allows more)")
        }
        if let onRead, let real = Self.real(disk) { onRead(real) }
        return try DiskFile.bytes(disk, atMost: Self.maximumSize)
    }

    package func write(_ text: String, to path: String) throws(FileProblem) {
        do throws(ToolFileProblem) {
            let place = path.hasPrefix("/") ? path : "/\(path)"
            try SessionFiles(self).write(Array(text.utf8), to: place)
        } catch {
            throw FileProblem(error.reason.lowercased())
        }
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
            if let onRead, let real = Self.real(disk) { onRead(real + "/") }
            names.formUnion(DiskFile.entries(disk).filter { !isRemoved("\(path)/\($0)") })
        }
        return isFolder ? names.sorted() : nil
    }

    package func exists(_ path: String) -> Bool {
        memory.exists(path) || !isRemoved(path) && access(onDisk(path), F_OK) == 0
    }

    /// Whether a folder of the disk may not be read.
    func isClosedFolder(_ path: String) -> Bool {
        let disk = onDisk(path)
        return DiskFile.isFolder(disk) && !isAllowed(disk)
    }

    package func isLink(_ path: String) -> Bool { DiskFile.isLink(onDisk(path)) }

    /// The text that `include "path"` brings in; nil when there is none or it may not be read.
    ///
    /// The path is seen from the file that includes it, and the name leads there from where the user
    /// stands: `lib/b.dock`, included by `scenarios/lib/a.dock`, is `scenarios/lib/lib/b.dock`.
    package func included(_ path: String, from including: String) -> (name: String, text: String)? {
        if path.hasPrefix("/") { return (try? read(path)).map { (path, $0) } }
        let name = Self.normalized(Self.folder(of: including) + path)
        return (try? read(Self.relative(name, to: shownFolder))).map { (name, $0) }
    }

    /// Everything up to the last slash, with it; "" where there is none.
    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// The way from a folder to a path, both normalized and seen from one place.
    private static func relative(_ path: String, to folder: String) -> String {
        let (steps, start) = (path.split(separator: "/"), folder.split(separator: "/"))
        let shared = zip(steps, start).prefix { $0 == $1 }.count
        let up = Array(repeating: Substring(".."), count: start.count - shared)
        return (up + steps[shared...]).joined(separator: "/")
    }

    /// The path without `.` and without `..` behind a name.
    private static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }
}
