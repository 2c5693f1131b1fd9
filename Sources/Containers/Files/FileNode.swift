/// A file, folder or symbolic link of a simulated container.
///
/// A class: the same node is seen through several mounts, as emptyDir's are by the containers of a pod.
package final class FileNode {
    package enum Content {
        case file([UInt8])
        case folder([String: FileNode])
        case link(String)
        /// `/dev/null` and its like: takes everything and gives nothing.
        case device

        var isFolder: Bool {
            if case .folder = self { true } else { false }
        }
    }

    private enum Sort { case file, folder, link, device }

    // Each part in a place of its own, so that files and folders grow in place.
    private var sort: Sort
    private var bytes: [UInt8] = []
    private var entries: [String: FileNode] = [:]
    private var target = ""

    package var content: Content {
        get {
            switch sort {
            case .file: .file(bytes)
            case .folder: .folder(entries)
            case .link: .link(target)
            case .device: .device
            }
        }
        set { take(newValue) }
    }

    /// The permission bits, and sticky, setgid and setuid: `0o644`.
    package var mode: Int
    package var owner: Int
    package var group: Int
    /// In milliseconds since the world's time zero.
    package var modified: Int64

    package init(
        _ content: Content, mode: Int, owner: Int = 0, group: Int = 0, modified: Int64 = 0
    ) {
        sort = .device
        self.mode = mode
        self.owner = owner
        self.group = group
        self.modified = modified
        take(content)
    }

    private func take(_ content: Content) {
        (bytes, entries, target) = ([], [:], "")
        switch content {
        case .file(let bytes): (sort, self.bytes) = (.file, bytes)
        case .folder(let entries): (sort, self.entries) = (.folder, entries)
        case .link(let target): (sort, self.target) = (.link, target)
        case .device: sort = .device
        }
    }

    /// Adds to the end of a file. O(added), amortised.
    package func append(_ added: [UInt8]) {
        if sort == .file { bytes += added }
    }

    /// An empty folder.
    package static func folder(mode: Int = 0o755, modified: Int64 = 0) -> FileNode {
        FileNode(.folder([:]), mode: mode, modified: modified)
    }

    /// A file with a text.
    package static func file(_ text: String, mode: Int = 0o644, modified: Int64 = 0) -> FileNode {
        FileNode(.file(Array(text.utf8)), mode: mode, modified: modified)
    }

    package var isFolder: Bool { sort == .folder }
    package var isFile: Bool { sort == .file }
    package var isLink: Bool { sort == .link }

    /// How many bytes `ls -l` shows.
    package var size: Int {
        switch sort {
        case .file: bytes.count
        case .folder: 4096
        case .link: target.utf8.count
        case .device: 0
        }
    }

    /// What is in a folder, in byte order of the names; nothing for all else.
    package var names: [String] {
        entries.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package subscript(name: String) -> FileNode? {
        get { entries[name] }
        set { if sort == .folder { entries[name] = newValue } }
    }

    /// The node at a path below this one, made with the folders above it where it is missing.
    @discardableResult
    package func place(_ node: @autoclosure () -> FileNode, at path: String) -> FileNode {
        var folder = self
        let parts = path.split(separator: "/").map(String.init)
        guard let last = parts.last else { return self }
        for part in parts.dropLast() {
            if let next = folder[part] {
                folder = next
            } else {
                let next = FileNode.folder(modified: modified)
                folder[part] = next
                folder = next
            }
        }
        if let known = folder[last] { return known }
        let made = node()
        folder[last] = made
        return made
    }

    /// The node at a path below this one; links are not followed.
    package func find(_ path: String) -> FileNode? {
        var node = self
        for part in path.split(separator: "/") {
            guard let next = node[String(part)] else { return nil }
            node = next
        }
        return node
    }

    /// Bytes in the files at and below this node.
    package var totalBytes: Int {
        bytes.count + entries.values.reduce(0) { $0 + $1.totalBytes }
    }
}
