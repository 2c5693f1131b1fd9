import Glibc
import Verbs

extension DiskFile {
    /// Puts bytes in the place of whatever is at a path: whoever reads it sees the old text or the new one.
    ///
    /// - Parameter mode: the permissions; nil for those that any new file gets.
    package static func put(
        _ bytes: [UInt8], at path: String, mode: mode_t? = nil
    ) throws(FileProblem) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let (temporary, descriptor) = try newFile("\(folder).drydock-")
        do throws(FileProblem) {
            try write(bytes, to: descriptor)
            let isWhole =
                fchmod(descriptor, mode ?? usualMode()) == 0 && fsync(descriptor) == 0
            if !isWhole { throw systemProblem() }
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        guard close(descriptor) == 0, rename(temporary, path) == 0 else {
            let problem = systemProblem()
            unlink(temporary)
            throw problem
        }
    }

    /// A new file whose name begins and ends so, open for writing.
    package static func newFile(
        _ start: String, ending: String = ""
    ) throws(FileProblem) -> (path: String, descriptor: Int32) {
        var path = Array("\(start)XXXXXX\(ending)".utf8CString)
        let descriptor = mkstemps(&path, Int32(ending.utf8.count))
        guard descriptor >= 0 else { throw systemProblem() }
        return (path.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }, descriptor)
    }

    /// Writes all bytes.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(FileProblem) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw systemProblem()
            }
        }
    }

    /// The permissions of a new file, as the process is set.
    private static func usualMode() -> mode_t {
        let mask = umask(0)
        umask(mask)
        return 0o666 & ~mask
    }
}
