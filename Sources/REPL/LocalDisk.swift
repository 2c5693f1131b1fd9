import Glibc
import Session
import Verbs

/// The disk as `save` writes to it: whole files, each in the place of the old one at once.
struct LocalDisk: DiskWriter {
    /// Where relative paths begin.
    let folder: String

    private func full(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }

    func occupant(_ path: String) -> DiskOccupant {
        let path = full(path)
        var information = stat()
        guard lstat(path, &information) == 0 else { return .nothing }
        guard information.st_mode & S_IFMT == S_IFREG else { return .other }
        let limit = ScriptFiles.maximumSize
        return (try? DiskFile.bytes(path, atMost: limit)).map { .file($0) } ?? .other
    }

    func write(_ bytes: [UInt8], to path: String) throws(FileProblem) {
        let path = full(path)
        let parts = path.split(separator: "/")
        var folder = path.hasPrefix("/") ? "" : "."
        for part in parts.dropLast() {
            folder += "/\(part)"
            if mkdir(folder, 0o777) != 0, errno != EEXIST { throw Self.problem() }
        }
        try DiskFile.put(bytes, at: path)
    }

    private static func problem() -> FileProblem {
        FileProblem(String(cString: strerror(errno)).lowercased())
    }
}
