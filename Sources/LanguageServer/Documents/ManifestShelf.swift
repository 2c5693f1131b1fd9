import Assist
import Session

/// The manifests beside scripts, read anew only where their bytes have changed.
final class ManifestShelf {
    /// A file with its objects.
    struct Manifest {
        let path: String
        /// The path from the script's folder.
        let name: String
        let text: ManifestText
    }

    /// Folders are looked into this deep, from 0 for that of the script.
    private static let maximumDepth = 2
    private static let maximumCount = 300
    private static let maximumSize = 1 << 20

    private var known: [String: (bytes: [UInt8], text: ManifestText)] = [:]

    /// Those in and below a folder, in the order of their paths.
    func manifests(below folder: String) -> [Manifest] {
        names(in: folder, prefix: "", depth: 0).filter(Self.isManifest).prefix(Self.maximumCount)
            .compactMap { name in
                let path = "\(folder)/\(name)"
                return text(of: path).map { Manifest(path: path, name: name, text: $0) }
            }
    }

    /// The files and folders in and below a folder, folders with a slash at their end.
    func names(in folder: String) -> [String] { names(in: folder, prefix: "", depth: 0) }

    private func names(in folder: String, prefix: String, depth: Int) -> [String] {
        var found: [String] = []
        for name in DiskFile.entries(folder) where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            if found.count > Self.maximumCount * 4 { break }
            guard DiskFile.isFolder(path) else {
                found.append(prefix + name)
                continue
            }
            found.append(prefix + name + "/")
            if depth < Self.maximumDepth, name != "node_modules" {
                found += names(in: path, prefix: prefix + name + "/", depth: depth + 1)
            }
        }
        return found
    }

    static func isManifest(_ name: String) -> Bool {
        [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
    }

    private func text(of path: String) -> ManifestText? {
        guard let bytes = try? DiskFile.bytes(path, atMost: Self.maximumSize) else { return nil }
        if let known = known[path], known.bytes == bytes { return known.text }
        let text = ManifestText(String(decoding: bytes, as: UTF8.self))
        known[path] = (bytes, text)
        return text
    }
}
