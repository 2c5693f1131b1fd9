import Glibc
import Tools
import Verbs

/// The files of a session as tools see them: what was written in it, on top of what lies on the disk
/// below the script's folder. Nothing on the disk changes.
final class SessionFiles: ToolFiles {
    private let files: ScriptFiles

    init(_ files: ScriptFiles) { self.files = files }

    private var memory: MemoryFolder { files.memory }

    /// The path that the files of the script know: relative, or absolute where only that leads to one.
    private func place(_ path: String) -> String {
        let relative = String(path.dropFirst())
        if relative.isEmpty { return "." }
        return files.exists(relative) || !files.exists(path) ? relative : path
    }

    func kind(of path: String) -> ToolFileKind? {
        if let kind = memory.kind(of: path), path != "/" { return kind }
        if isDevice(path) { return nil }
        let place = place(path)
        if path == "/" || files.entries(place) != nil || Self.usualFolders.contains(path) {
            return .directory
        }
        // Folders of the machine that may not be read are not there, so that the session can have its own.
        if files.isClosedFolder(place) { return nil }
        return files.exists(place) ? .file : nil
    }

    /// Folders that every machine has, and pages write to: a session has them without showing them.
    private static let usualFolders: Set<String> = [
        "/etc", "/etc/bash_completion.d", "/etc/containerd", "/etc/docker", "/etc/kubernetes",
        "/etc/kubernetes/manifests", "/etc/modules-load.d", "/etc/profile.d", "/etc/sysctl.d",
        "/etc/systemd", "/etc/systemd/system", "/etc/yum.repos.d", "/home", "/mnt", "/opt", "/root",
        "/srv", "/tmp", "/usr", "/usr/local", "/usr/local/bin", "/var", "/var/lib", "/var/log",
        "/var/tmp",
    ]

    func written(_ path: String) -> Int64? {
        memory.kind(of: path) == nil ? nil : memory.written(path)
    }

    /// Devices are the session's own, never those of the machine.
    private func isDevice(_ path: String) -> Bool { path == "/dev" || path.hasPrefix("/dev/") }

    func read(_ path: String) throws(ToolFileProblem) -> [UInt8] {
        if memory.isFile(path) { return try memory.read(path) }
        if kind(of: path) == .directory { throw .isDirectory }
        if isDevice(path) { throw .notFound }
        do throws(FileProblem) {
            return Array(try files.read(place(path)).utf8)
        } catch {
            throw error.message == FileProblem.notFound.message
                ? .notFound : ToolFileProblem(error.message)
        }
    }

    func list(_ path: String) throws(ToolFileProblem) -> [String] {
        guard let kind = kind(of: path) else { throw .notFound }
        guard kind == .directory else { throw .notDirectory }
        let names = files.entries(place(path)) ?? []
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    // MARK: Writing

    func write(_ bytes: [UInt8], to path: String) throws(ToolFileProblem) {
        if kind(of: path) == .directory { throw .isDirectory }
        try makeParent(of: path)
        try memory.write(bytes, to: path)
        files.removed.remove(MemoryFolder.normalize(path))
    }

    func append(_ bytes: [UInt8], to path: String) throws(ToolFileProblem) {
        if !memory.isFile(path), kind(of: path) == .file {
            try write(try read(path), to: path)
        }
        guard memory.isFile(path) else { return try write(bytes, to: path) }
        try memory.append(bytes, to: path)
    }

    func makeDirectory(_ path: String, parents: Bool) throws(ToolFileProblem) {
        if let kind = kind(of: path), !(parents && kind == .directory) { throw .exists }
        if !parents { try makeParent(of: path) }
        try memory.makeDirectory(path, parents: true)
        files.removed.remove(MemoryFolder.normalize(path))
    }

    func remove(_ path: String, recursive: Bool) throws(ToolFileProblem) {
        guard let kind = kind(of: path) else { throw .notFound }
        if kind == .directory, !recursive, try !list(path).isEmpty { throw .notEmpty }
        if memory.exists(path) { try memory.remove(path, recursive: recursive) }
        if Self.usualFolders.contains(path), files.entries(place(path)) == nil { return }
        files.removed.insert(MemoryFolder.normalize(path))
    }

    func rename(_ path: String, to other: String) throws(ToolFileProblem) {
        guard let kind = kind(of: path) else { throw .notFound }
        if kind == .directory {
            guard memory.isDirectory(path) else { throw .notPermitted }
            try makeParent(of: other)
            try memory.rename(path, to: other)
        } else {
            try write(try read(path), to: other)
            if memory.exists(path) { try memory.remove(path) }
        }
        files.removed.insert(MemoryFolder.normalize(path))
        files.removed.remove(MemoryFolder.normalize(other))
    }

    /// Makes the folder of a path in memory where it lies on the disk.
    private func makeParent(of path: String) throws(ToolFileProblem) {
        let parent = "/" + path.split(separator: "/").dropLast().joined(separator: "/")
        switch kind(of: parent) {
        case nil: throw .notFound
        case .file: throw .notDirectory
        case .directory: try memory.makeDirectory(parent, parents: true)
        }
    }
}
