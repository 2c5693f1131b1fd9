/// Files that containers see at some path: an emptyDir, a claim's, a mounted ConfigMap, or a container's
/// own layer.
package final class FileVolume {
    package let root: FileNode
    /// What `df` and `mount` name it: `overlay`, `/dev/sda1`, `tmpfs`.
    package let device: String
    /// Bytes that it holds, as `df` tells them; nil: the machine's disk.
    package let sizeBytes: Int64?
    /// The type that `mount` tells: `ext4`, `tmpfs`.
    package let type: String
    /// Brings what a kubelet shows from the API up to date; called whenever the volume is looked at.
    package var refresh: ((_ now: Int64) -> Void)?

    package init(
        root: FileNode = .folder(), device: String = "/dev/vda1", type: String = "ext4",
        sizeBytes: Int64? = nil
    ) {
        self.root = root
        self.device = device
        self.type = type
        self.sizeBytes = sizeBytes
    }
}

/// A volume, or a part of it, at a path of a container.
package struct FileMount {
    package let path: String
    package let volume: FileVolume
    /// Where in the volume it begins (`subPath`).
    package let root: FileNode
    package let isReadOnly: Bool

    package init(path: String, volume: FileVolume, root: FileNode? = nil, isReadOnly: Bool = false)
    {
        self.path = path
        self.volume = volume
        self.root = root ?? volume.root
        self.isReadOnly = isReadOnly
    }
}

/// Whose rights count when files are opened.
package struct FileUser: Equatable {
    package var id: Int
    package var group: Int
    package var groups: [Int]

    package init(id: Int = 0, group: Int = 0, groups: [Int] = []) {
        self.id = id
        self.group = group
        self.groups = groups
    }
}
