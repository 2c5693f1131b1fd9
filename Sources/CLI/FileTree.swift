import ArgumentParser
import Glibc

/// Files and folders given on the command line.
enum FileTree {
    /// The files that `paths` name, those below folders sorted by name, if they end in `ending`.
    static func files(_ paths: [String], ending: String) throws -> [String] {
        var found: [String] = []
        for path in paths {
            if isFolder(path) {
                found += below(path).filter { $0.hasSuffix(ending) }
            } else if access(path, R_OK) == 0 {
                found.append(path)
            } else {
                throw ValidationError("cannot read \(path): \(String(cString: strerror(errno)))")
            }
        }
        return found
    }

    static func isFolder(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a folder, sorted; empty where it cannot be read.
    static func entries(_ path: String) -> [String] {
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

    private static func below(_ folder: String) -> [String] {
        entries(folder).flatMap { name in
            let path = "\(folder)/\(name)"
            return isFolder(path) ? below(path) : [path]
        }
    }

    /// The text of a file; invalid UTF-8 is replaced, unreadable files are empty.
    static func text(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
