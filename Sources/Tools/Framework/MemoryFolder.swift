/// A folder that exists only in memory: the working directory of a session's commands.
///
/// Paths are relative to the folder's root; a leading `/` and `./` change nothing, `..` never
/// leaves the root. Listings are in byte order of the names, so that nothing depends on hashing.
package final class MemoryFolder: ToolFiles {
    private enum Entry {
        case file([UInt8])
        case directory
    }

    private var entries: [String: Entry] = ["": .directory]
    private var times: [String: Int64] = [:]
    /// The virtual time in milliseconds.
    package var now: () -> Int64 = { 0 }

    package init() {}

    /// The path without empty, `.` and `..` parts; the root is the empty string.
    package static func normalize(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                _ = parts.popLast()
            } else {
                parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }

    package func exists(_ path: String) -> Bool { entries[Self.normalize(path)] != nil }

    package func isDirectory(_ path: String) -> Bool {
        if case .directory? = entries[Self.normalize(path)] { true } else { false }
    }

    package func isFile(_ path: String) -> Bool { exists(path) && !isDirectory(path) }

    /// The bytes of a file.
    package func read(_ path: String) throws(ToolFileProblem) -> [UInt8] {
        switch entries[Self.normalize(path)] {
        case .file(let bytes): return bytes
        case .directory: throw .isDirectory
        case nil: throw .notFound
        }
    }

    /// The text of a file; bytes that are no UTF-8 are replaced.
    package func readText(_ path: String) throws(ToolFileProblem) -> String {
        String(decoding: try read(path), as: UTF8.self)
    }

    /// Creates or replaces a file. Its directory must exist.
    package func write(_ bytes: [UInt8], to path: String) throws(ToolFileProblem) {
        let path = Self.normalize(path)
        if isDirectory(path) { throw .isDirectory }
        try requireDirectory(Self.parent(path))
        entries[path] = .file(bytes)
        times[path] = now()
    }

    package func write(_ text: String, to path: String) throws(ToolFileProblem) {
        try write(Array(text.utf8), to: path)
    }

    package func append(_ text: String, to path: String) throws(ToolFileProblem) {
        try append(Array(text.utf8), to: path)
    }

    /// Adds to the end of a file, creating it if need be.
    package func append(_ added: [UInt8], to path: String) throws(ToolFileProblem) {
        let key = Self.normalize(path)
        guard case .file(var bytes)? = entries[key] else {
            try write(added, to: path)
            return
        }
        entries[key] = .directory  // Frees the bytes from sharing, so that they grow in place.
        bytes += added
        entries[key] = .file(bytes)
        times[key] = now()
    }

    /// Makes a directory; with `parents`, also those above it, and an existing one is no error.
    package func makeDirectory(_ path: String, parents: Bool = false) throws(ToolFileProblem) {
        let path = Self.normalize(path)
        if exists(path) {
            if parents, isDirectory(path) { return }
            throw .exists
        }
        let above = Self.parent(path)
        if parents, !exists(above) { try makeDirectory(above, parents: true) }
        try requireDirectory(above)
        entries[path] = .directory
        times[path] = now()
    }

    /// Removes a file, or a directory: with everything in it if `recursive`, else only if it is
    /// empty.
    package func remove(_ path: String, recursive: Bool = false) throws(ToolFileProblem) {
        let path = Self.normalize(path)
        guard exists(path) else { throw .notFound }
        if isDirectory(path) {
            let inside = entries.keys.filter {
                $0.hasPrefix(path + "/") || (path.isEmpty && !$0.isEmpty)
            }
            if !inside.isEmpty, !recursive { throw .notEmpty }
            for key in inside { entries[key] = nil }
        }
        if !path.isEmpty { entries[path] = nil }
    }

    /// Gives a file or a directory with all that is in it another name; a file there is replaced.
    package func rename(_ path: String, to other: String) throws(ToolFileProblem) {
        let (old, new) = (Self.normalize(path), Self.normalize(other))
        guard let entry = entries[old], !old.isEmpty else { throw .notFound }
        if old == new { return }
        try requireDirectory(Self.parent(new))
        guard case .directory = entry else {
            if isDirectory(new) { throw .isDirectory }
            entries[old] = nil
            entries[new] = entry
            times[new] = times.removeValue(forKey: old)
            return
        }
        if new.hasPrefix(old + "/") { throw ToolFileProblem("Invalid argument") }
        if isFile(new) { throw .notDirectory }
        if exists(new), try !list(new).isEmpty { throw .notEmpty }
        for key in entries.keys.filter({ $0 == old || $0.hasPrefix(old + "/") }) {
            entries[new + key.dropFirst(old.count)] = entries.removeValue(forKey: key)
            times[new + key.dropFirst(old.count)] = times.removeValue(forKey: key)
        }
    }

    package func written(_ path: String) -> Int64? { times[Self.normalize(path)] }

    /// Every file, in byte order of the paths.
    package var allFiles: [String] {
        entries.keys.filter { isFile($0) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package func kind(of path: String) -> ToolFileKind? {
        switch entries[Self.normalize(path)] {
        case .file: .file
        case .directory: .directory
        case nil: nil
        }
    }

    /// The names directly in a directory, in byte order.
    package func list(_ path: String) throws(ToolFileProblem) -> [String] {
        let path = Self.normalize(path)
        guard exists(path) else { throw .notFound }
        guard isDirectory(path) else { throw .notDirectory }
        let prefix = path.isEmpty ? "" : path + "/"
        let names = entries.keys.compactMap { key -> String? in
            guard key.hasPrefix(prefix), key.utf8.count > prefix.utf8.count else { return nil }
            let rest = key.dropFirst(prefix.count)
            return rest.contains("/") ? nil : String(rest)
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Writes a file and the directories above it, whatever was there before. For setting up a
    /// folder.
    package func place(_ text: String, at path: String) throws(ToolFileProblem) {
        try makeDirectory(Self.parent(Self.normalize(path)), parents: true)
        try write(text, to: path)
    }

    private static func parent(_ path: String) -> String {
        path.split(separator: "/").dropLast().joined(separator: "/")
    }

    private func requireDirectory(_ path: String) throws(ToolFileProblem) {
        if !exists(path) { throw .notFound }
        if !isDirectory(path) { throw .notDirectory }
    }
}
