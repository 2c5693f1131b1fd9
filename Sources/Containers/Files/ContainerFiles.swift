import Tools

/// The files of one container: its own layer and what is mounted over it.
///
/// Paths are absolute, without `.` and `..` parts. Links are followed, also across mounts; the rights of
/// ``user`` count, and mounts that are read-only refuse every change.
package final class ContainerFiles {
    /// The layer first, then the mounts, the longer paths after the shorter ones.
    package let mounts: [FileMount]
    private let mountNumbers: [String: Int]
    package var user: FileUser
    /// In milliseconds since the world's time zero: what changed files say.
    package var now: Int64 = 0

    /// How many links a path may lead through (Linux: MAXSYMLINKS).
    private static let maximumLinks = 40

    /// - Parameter layer: the container's own files, whose changes are lost with it.
    package init(
        layer: FileVolume, isReadOnly: Bool = false, mounts: [FileMount] = [],
        user: FileUser = FileUser()
    ) {
        let sorted = mounts.enumerated().sorted {
            ($0.element.path.utf8.count, $0.offset) < ($1.element.path.utf8.count, $1.offset)
        }.map(\.element)
        self.mounts = [FileMount(path: "/", volume: layer, isReadOnly: isReadOnly)] + sorted
        self.user = user
        var numbers: [String: Int] = [:]
        for (number, mount) in self.mounts.enumerated() { numbers[mount.path] = number }
        mountNumbers = numbers
    }

    /// Where a path leads.
    package struct Place {
        package let node: FileNode
        /// Without links.
        package let path: String
        package let mount: FileMount
    }

    // MARK: Finding

    /// What is at `path`.
    ///
    /// - Parameter follows: whether a link at the end leads on.
    package func find(_ path: String, follows: Bool = true) throws(ToolFileProblem) -> Place {
        var place = enter("", mounts[0].root, mounts[0])
        var rest = Array(path.split(separator: "/").map(String.init).reversed())
        var above: [Place] = []
        var links = 0
        while let part = rest.popLast() {
            if part == "." { continue }
            if part == ".." {
                place = above.popLast() ?? place
                continue
            }
            guard place.node.isFolder else { throw .notDirectory }
            guard allows(place.node, 1) else { throw .denied }
            guard let node = place.node[part] else { throw .notFound }
            if case .link(let target) = node.content, follows || !rest.isEmpty {
                links += 1
                if links > Self.maximumLinks { throw .tooManyLinks }
                if target.hasPrefix("/") {
                    place = enter("", mounts[0].root, mounts[0])
                    above = []
                }
                rest += target.split(separator: "/").map(String.init).reversed()
                continue
            }
            above.append(place)
            place = enter(
                place.path == "/" ? "/" + part : place.path + "/" + part, node, place.mount)
        }
        return place
    }

    /// The place of a node, or of what is mounted over it.
    private func enter(_ path: String, _ node: FileNode, _ mount: FileMount) -> Place {
        let path = path.isEmpty ? "/" : path
        guard let number = mountNumbers[path] else {
            return Place(node: node, path: path, mount: mount)
        }
        let other = mounts[number]
        other.volume.refresh?(now)
        return Place(node: other.root, path: path, mount: other)
    }

    /// The folder that a path is in, to be changed, and the path's last part; a link at the end is
    /// followed to where a file would be made.
    private func parent(
        of path: String, follows: Bool = false
    ) throws(ToolFileProblem) -> (folder: Place, name: String) {
        var parts = path.split(separator: "/").map(String.init)
        guard let name = parts.popLast() else { throw .exists }
        let folder = try find("/" + parts.joined(separator: "/"))
        guard folder.node.isFolder else { throw .notDirectory }
        if follows, case .link(let target)? = folder.node[name]?.content {
            let base = target.hasPrefix("/") ? target : folder.path + "/" + target
            return try parent(of: base)
        }
        return (folder, name)
    }

    /// Fails where the folder may not be changed.
    private func check(_ folder: Place) throws(ToolFileProblem) {
        if folder.mount.isReadOnly { throw .readOnly }
        guard allows(folder.node, 2) else { throw .denied }
    }

    private func isMountPoint(_ folder: Place, _ name: String) -> Bool {
        mountNumbers[folder.path == "/" ? "/" + name : folder.path + "/" + name] != nil
    }

    /// Whether the user may read (4), write (2) or search (1).
    package func allows(_ node: FileNode, _ right: Int) -> Bool {
        if user.id == 0 { return true }
        let shift =
            node.owner == user.id
            ? 6 : node.group == user.group || user.groups.contains(node.group) ? 3 : 0
        return node.mode >> shift & right == right
    }

    // MARK: Links and modes

    /// Makes a symbolic link.
    package func link(_ path: String, to target: String) throws(ToolFileProblem) {
        let (folder, name) = try parent(of: path)
        if folder.node[name] != nil { throw .exists }
        try check(folder)
        add(.link(target), mode: 0o777, as: name, in: folder.node)
    }

    /// Makes an entry; in a folder with the setgid bit it gets the folder's group.
    private func add(_ content: FileNode.Content, mode: Int, as name: String, in folder: FileNode) {
        let isInherited = folder.mode & 0o2000 != 0
        folder[name] = FileNode(
            content,
            mode: folder.isFolder && isInherited && content.isFolder ? mode | 0o2000 : mode,
            owner: user.id, group: isInherited ? folder.group : user.group, modified: now)
        folder.modified = now
    }

    /// Changes the permission bits.
    package func setMode(_ mode: Int, of path: String) throws(ToolFileProblem) {
        let place = try find(path)
        if place.mount.isReadOnly { throw .readOnly }
        guard user.id == 0 || user.id == place.node.owner else { throw .notPermitted }
        place.node.mode = mode
    }

    /// Changes owner and group; nil leaves one as it is.
    package func setOwner(_ owner: Int?, group: Int?, of path: String) throws(ToolFileProblem) {
        let place = try find(path)
        if place.mount.isReadOnly { throw .readOnly }
        guard user.id == 0 else { throw .notPermitted }
        place.node.owner = owner ?? place.node.owner
        place.node.group = group ?? place.node.group
    }
}

extension ToolFileProblem {
    package static let readOnly = ToolFileProblem("Read-only file system")
    package static let denied = ToolFileProblem("Permission denied")
    package static let tooManyLinks = ToolFileProblem("Too many levels of symbolic links")
    package static let busy = ToolFileProblem("Device or resource busy")
}

extension ContainerFiles: ToolFiles {
    package func read(_ path: String) throws(ToolFileProblem) -> [UInt8] {
        let place = try find(path)
        guard allows(place.node, 4) else { throw .denied }
        switch place.node.content {
        case .file(let bytes): return bytes
        case .folder: throw .isDirectory
        case .device: return []
        case .link: throw .notFound
        }
    }

    package func write(_ bytes: [UInt8], to path: String) throws(ToolFileProblem) {
        try store(bytes, at: path, appending: false)
    }

    package func append(_ bytes: [UInt8], to path: String) throws(ToolFileProblem) {
        try store(bytes, at: path, appending: true)
    }

    private func store(
        _ bytes: [UInt8], at path: String, appending: Bool
    ) throws(ToolFileProblem) {
        let known: Place?
        do throws(ToolFileProblem) {
            known = try find(path)
        } catch {
            guard error == .notFound else { throw error }
            known = nil
        }
        guard let known else {
            let (folder, name) = try parent(of: path, follows: true)
            try check(folder)
            add(.file(bytes), mode: 0o644, as: name, in: folder.node)
            return
        }
        if known.node.isFolder { throw .isDirectory }
        // A device takes everything.
        guard known.node.isFile else { return }
        if known.mount.isReadOnly { throw .readOnly }
        guard allows(known.node, 2) else { throw .denied }
        known.node.modified = now
        if appending { known.node.append(bytes) } else { known.node.content = .file(bytes) }
    }

    package func remove(_ path: String, recursive: Bool) throws(ToolFileProblem) {
        let (folder, name) = try parent(of: path)
        guard let node = folder.node[name] else { throw .notFound }
        if isMountPoint(folder, name) { throw .busy }
        try check(folder)
        if node.isFolder, !recursive, !node.names.isEmpty { throw .notEmpty }
        folder.node[name] = nil
        folder.node.modified = now
    }

    package func rename(_ path: String, to other: String) throws(ToolFileProblem) {
        let (from, name) = try parent(of: path)
        let (target, newName) = try parent(of: other)
        guard let node = from.node[name] else { throw .notFound }
        if isMountPoint(from, name) { throw .busy }
        try check(from)
        try check(target)
        if let there = target.node[newName] {
            if there === node { return }
            if there.isFolder, !node.isFolder { throw .isDirectory }
            if !there.isFolder, node.isFolder { throw .notDirectory }
            if !there.names.isEmpty { throw .notEmpty }
        }
        if node.isFolder, target.path == path || target.path.hasPrefix(path + "/") {
            throw ToolFileProblem("Invalid argument")
        }
        from.node[name] = nil
        target.node[newName] = node
        from.node.modified = now
        target.node.modified = now
    }

    package func list(_ path: String) throws(ToolFileProblem) -> [String] {
        let place = try find(path)
        guard place.node.isFolder else { throw .notDirectory }
        guard allows(place.node, 4) else { throw .denied }
        return place.node.names
    }

    package func makeDirectory(_ path: String, parents: Bool) throws(ToolFileProblem) {
        if let known = try? find(path) {
            if parents, known.node.isFolder { return }
            throw .exists
        }
        var parts = path.split(separator: "/").map(String.init)
        guard !parts.isEmpty else { throw .exists }
        parts.removeLast()
        let above = "/" + parts.joined(separator: "/")
        if parents, (try? find(above)) == nil { try makeDirectory(above, parents: true) }
        let (folder, name) = try parent(of: path)
        try check(folder)
        add(.folder([:]), mode: 0o755, as: name, in: folder.node)
    }

    package func kind(of path: String) -> ToolFileKind? {
        guard let place = try? find(path) else { return nil }
        return place.node.isFolder ? .directory : .file
    }
}
