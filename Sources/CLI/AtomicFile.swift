import Glibc

/// Files that are replaced as a whole: whoever reads one sees the old text or the new one.
enum AtomicFile {
    /// Puts `bytes` in place of a file, which keeps its permissions; a link keeps leading to it.
    ///
    /// - Returns: nil, or why the file is as it was.
    static func replace(_ path: String, with bytes: [UInt8]) -> String? {
        guard let resolved = realpath(path, nil) else { return systemError() }
        defer { free(resolved) }
        let target = String(cString: resolved)
        var information = stat()
        guard stat(target, &information) == 0 else { return systemError() }
        // One may write into a folder and still not be meant to change this file.
        guard access(target, W_OK) == 0 else { return systemError() }
        let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? ""
        var template = Array("\(folder).drydock-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { return systemError() }
        let temporary = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        let file = OutputFile(descriptor, name: path)
        var problem: String?
        if fchmod(descriptor, information.st_mode & 0o7777) != 0 { problem = systemError() }
        file.write(bytes)
        file.flush()
        if file.problem != nil || fsync(descriptor) != 0 { problem = problem ?? systemError() }
        close(descriptor)
        if problem == nil, rename(temporary, target) != 0 { problem = systemError() }
        if problem != nil { unlink(temporary) }
        return problem
    }
}
