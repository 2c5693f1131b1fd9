import Glibc
import Verbs

/// Files of the disk, read without Foundation.
package enum DiskFile {
    package static func isFolder(_ path: String) -> Bool {
        kind(path) == S_IFDIR
    }

    /// Whether there is something at the path.
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The path with links and dots resolved; nil where there is nothing.
    package static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Whether the path itself is a link.
    package static func isLink(_ path: String) -> Bool {
        var information = stat()
        return lstat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFLNK
    }

    /// The kind of what the path leads to (`S_IFREG`, `S_IFDIR`, …); nil where there is nothing.
    private static func kind(_ path: String) -> mode_t? {
        var information = stat()
        return stat(path, &information) == 0 ? information.st_mode & S_IFMT : nil
    }

    /// The names in a folder, sorted; empty where it cannot be read.
    package static func entries(_ path: String) -> [String] { (try? names(in: path)) ?? [] }

    /// The names in a folder, sorted.
    static func names(in path: String) throws(FileProblem) -> [String] {
        guard let folder = opendir(path) else { throw systemProblem() }
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

    /// The text of a file; invalid UTF-8 is replaced by U+FFFD. See ``bytes(_:atMost:)``.
    package static func text(_ path: String, atMost limit: Int) throws(FileProblem) -> String {
        String(decoding: try bytes(path, atMost: limit), as: UTF8.self)
    }

    /// The bytes of a file.
    ///
    /// - Parameters:
    ///   - path: of a regular file, or `/dev/stdin` and `/dev/fd/N`; other pipes and devices could
    ///     keep the program waiting for ever and are refused.
    ///   - limit: in bytes.
    package static func bytes(_ path: String, atMost limit: Int) throws(FileProblem) -> [UInt8] {
        guard let kind = kind(path) else { throw systemProblem() }
        if kind == S_IFDIR { throw FileProblem("is a directory") }
        let isStream = path == "/dev/stdin" || path.hasPrefix("/dev/fd/")
        if kind != S_IFREG, !isStream { throw FileProblem("is not a regular file") }
        guard let file = fopen(path, "r") else { throw systemProblem() }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { break }
            bytes += buffer[..<count]
            if bytes.count > limit { throw FileProblem("is larger than \(limit) bytes") }
        }
        if ferror(file) != 0 { throw systemProblem() }
        return bytes
    }

    /// What the system says of the call that just failed.
    static func systemProblem() -> FileProblem {
        FileProblem(String(cString: strerror(errno)).lowercased())
    }
}
