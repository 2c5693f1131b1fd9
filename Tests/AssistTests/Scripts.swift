import Foundation

/// The scripts of the repository that run without errors.
enum Scripts {
    static func all() throws -> [(path: String, text: String)] {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.appending(path: "scenarios")
        let files = FileManager.default.enumerator(atPath: folder.path)
        let names = (files?.compactMap { $0 as? String } ?? []).filter {
            $0.hasSuffix(".dock") && !$0.hasPrefix("errors/") && !$0.hasPrefix("corpus/")
        }
        return try names.sorted().map { name in
            let path = folder.appending(path: name).path
            return (path, try String(contentsOfFile: path, encoding: .utf8))
        }
    }
}
