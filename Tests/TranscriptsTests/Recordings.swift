import Foundation

@testable import Transcripts

/// The recordings that the repository carries, for tests.
enum Recordings {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Transcripts")

    /// The paths of all files with an extension, relative to the folder, in byte order.
    static func paths(_ pathExtension: String) -> [String] {
        let all =
            FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return all.filter { $0.hasSuffix("." + pathExtension) }.sorted()
    }

    /// The timelines of the controllers' areas: what takes long is tried on these.
    static let controllerTimelines = paths("timeline").filter { path in
        ["replicaset/", "statefulset/", "daemonset/", "service/", "storage/", "node-failure/"]
            .contains { path.hasPrefix($0) }
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    /// A recorded line as some run may have printed it: every placeholder replaced by a value of
    /// its kind.
    static func instantiated(_ line: String) -> String {
        var text = line
        for (placeholder, value) in [
            ("{age}", "2m3s"), ("{rand}", "x7k2p"), ("{hash}", "5f7d9c8b6d"), ("{ip}", "10.0.0.7"),
            ("{uid}", "0f8fad5b-d9cb-469f-a165-70867728950e"), ("{time}", "2025-01-01T00:00:05Z"),
            ("{rv}", "4711"), ("{*}", "anything at all"),
        ] {
            text = text.replacingOccurrences(of: placeholder, with: value)
        }
        return text
    }
}
