import Foundation

/// The program as it was built, run as a process of its own.
enum Program {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The debug binary, which `swift build --build-tests` makes too.
    static let path = root.appending(path: ".build/debug/drydock").path

    struct Result: Equatable {
        let output: String
        let exitCode: Int32
    }

    /// Runs a line of a shell with `drydock` on the path; standard error goes into the output.
    static func shell(
        _ line: String, in folder: URL = root, input: String = "",
        environment: [String: String] = [:]
    ) throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = folder
        var variables = ["PATH": root.path + "/.build/debug:/usr/bin:/bin", "HOME": folder.path]
        variables.merge(environment) { $1 }
        process.environment = variables
        let output = Pipe()
        let source = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = source
        try process.run()
        try source.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try source.fileHandleForWriting.close()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Result(
            output: String(decoding: bytes, as: UTF8.self), exitCode: process.terminationStatus)
    }

    /// A new folder, removed when `body` is done.
    static func withFolder<T>(_ body: (URL) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "drydock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}
