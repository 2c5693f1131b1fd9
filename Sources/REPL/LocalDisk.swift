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
        // Renamed in the end, so that nobody finds half a file.
        var temporary = Array("\(path).XXXXXX".utf8CString)
        let file = mkstemp(&temporary)
        guard file >= 0 else { throw Self.problem() }
        let name = temporary.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else {
                let problem = Self.problem()
                close(file)
                unlink(name)
                throw problem
            }
            rest = rest.dropFirst(count)
        }
        let mask = umask(0)
        umask(mask)
        fchmod(file, 0o666 & ~mask)
        guard close(file) == 0, rename(name, path) == 0 else {
            let problem = Self.problem()
            unlink(name)
            throw problem
        }
    }

    private static func problem() -> FileProblem {
        FileProblem(String(cString: strerror(errno)).lowercased())
    }
}
