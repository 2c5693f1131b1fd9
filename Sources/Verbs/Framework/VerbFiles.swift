/// The files a verb may read: embedded ones, those below the script's folder, or a folder in memory.
package protocol VerbFiles: AnyObject {
    /// The text of a file. Throws ``FileProblem``.
    func read(_ path: String) throws(FileProblem) -> String
    /// The names in a folder, sorted; nil when `path` is no folder.
    func entries(_ path: String) -> [String]?
    /// Whether there is a file or folder.
    func exists(_ path: String) -> Bool
    /// Whether the path itself is a link to something else.
    func isLink(_ path: String) -> Bool
    /// The bytes of a file, which need be no text. Throws ``FileProblem``.
    func bytes(_ path: String) throws(FileProblem) -> [UInt8]
    /// Keeps a text in the session's own files; nothing on a disk changes. Throws ``FileProblem``.
    func write(_ text: String, to path: String) throws(FileProblem)
    /// Keeps bytes there, with the folders above them. Throws ``FileProblem``.
    func write(bytes: [UInt8], to path: String) throws(FileProblem)
    /// The path from the root of the session's files that a path of a command means.
    func absolute(_ path: String) -> String
}

extension VerbFiles {
    package func isLink(_ path: String) -> Bool { false }

    package func write(bytes: [UInt8], to path: String) throws(FileProblem) {
        try write(String(decoding: bytes, as: UTF8.self), to: path)
    }

    package func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "/" + path }

    package func bytes(_ path: String) throws(FileProblem) -> [UInt8] { Array(try read(path).utf8) }
}

/// Why a file cannot be read, in the words of the system.
package struct FileProblem: Error, Sendable {
    /// "no such file or directory".
    package let message: String

    package init(_ message: String) { self.message = message }

    package static let notFound = FileProblem("no such file or directory")
}
