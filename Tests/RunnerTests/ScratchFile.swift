import Foundation

/// A script on the disk for as long as a test needs it.
enum ScratchFile {
    static func with<T>(_ text: String, _ body: (String) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "drydock-\(UUID().uuidString)")
        return try with(text, at: folder.appending(path: "script.dock").path, body)
    }

    /// - Parameter path: in a folder that is made for it, and removed with it.
    static func with<T>(_ text: String, at path: String, _ body: (String) throws -> T) throws -> T {
        let file = URL(filePath: path)
        let folder = file.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try text.write(to: file, atomically: true, encoding: .utf8)
        return try body(path)
    }
}
