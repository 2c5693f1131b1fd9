import Glibc
import Session
import struct Verbs.FileProblem

/// Files that are there and replaced as a whole.
enum AtomicFile {
    /// Puts `bytes` in place of a file, which keeps its permissions; a link keeps leading to it.
    ///
    /// - Returns: nil, or why the file is as it was.
    static func replace(_ path: String, with bytes: [UInt8]) -> String? {
        guard let target = DiskFile.resolved(path) else { return systemError() }
        var information = stat()
        guard stat(target, &information) == 0 else { return systemError() }
        // One may write into a folder and still not be meant to change this file.
        guard access(target, W_OK) == 0 else { return systemError() }
        do throws(FileProblem) {
            try DiskFile.put(bytes, at: target, mode: information.st_mode & 0o7777)
            return nil
        } catch {
            return error.message
        }
    }
}
