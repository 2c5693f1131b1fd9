import Foundation

/// Sources with rules broken in them, and the way back.
///
/// What a file was stands in memory and in a folder below `.build`, so that a run that is killed is put
/// right by the next one. A file that someone else has changed meanwhile is left as it is.
struct MutatedSources {
    /// Where originals are kept while a rule is broken.
    static let keep = ".build/mutated"

    private var files: [(path: String, original: String, broken: String)] = []

    /// Breaks a rule. Throws where the code is not there once, or its file cannot be written.
    mutating func apply(_ mutation: Mutation) throws {
        let original = try String(contentsOfFile: mutation.file, encoding: .utf8)
        let broken = try mutation.applied(to: original)
        try FileManager.default.createDirectory(
            atPath: Self.keep, withIntermediateDirectories: true)
        let kept = "\(Self.keep)/\(Self.name(of: mutation.file))"
        try original.write(toFile: kept, atomically: true, encoding: .utf8)
        files.append((mutation.file, original, broken))
        try broken.write(toFile: mutation.file, atomically: true, encoding: .utf8)
    }

    /// Puts every file back.
    ///
    /// - Returns: the files that are neither as they were nor as they were broken; their originals stay
    ///   in ``keep``.
    @discardableResult
    mutating func restore() -> [String] {
        var changed: [String] = []
        for file in files {
            let text = try? String(contentsOfFile: file.path, encoding: .utf8)
            guard text == file.broken || text == file.original || text == nil else {
                changed.append(file.path)
                continue
            }
            try? file.original.write(toFile: file.path, atomically: true, encoding: .utf8)
            try? FileManager.default.removeItem(
                atPath: "\(Self.keep)/\(Self.name(of: file.path))")
        }
        files = []
        return changed
    }

    /// Puts back what a run that was killed left broken.
    ///
    /// - Returns: the paths that were put back.
    static func recover() throws -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: keep)) ?? []
        var paths: [String] = []
        for name in names.sorted() {
            let path = name.replacingOccurrences(of: "%", with: "/")
            let text = try String(contentsOfFile: "\(keep)/\(name)", encoding: .utf8)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.removeItem(atPath: "\(keep)/\(name)")
            paths.append(path)
        }
        return paths
    }

    private static func name(of path: String) -> String {
        path.replacingOccurrences(of: "/", with: "%")
    }
}
