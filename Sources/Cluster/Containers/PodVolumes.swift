import Containers
import Model
import Support
import Value

/// Which files the volumes of a pod show: the same text is the same files.
enum PodVolumes {
    /// By name of the volume: what its files are kept under.
    static func keys(of pod: Value, uid: String, node: String, in api: APIServer) -> [String:
        String]
    {
        var keys: [String: String] = [:]
        let namespace = pod[.metadata].text(.namespace)
        for volume in pod[.spec][.volumes].elements {
            let name = volume.text(.name)
            keys[name] = key(of: volume, namespace, pod, uid, node, api)
        }
        return keys
    }

    private static func key(
        of volume: Value, _ namespace: String, _ pod: Value, _ uid: String, _ node: String,
        _ api: APIServer
    ) -> String {
        if !volume[.hostPath].isNull { return "host/\(node)/\(volume[.hostPath].text(.path))" }
        if !volume[.nfs].isNull {
            return "nfs/\(volume[.nfs].text(.server))/\(volume[.nfs].text(.path))"
        }
        let claim =
            !volume[.persistentVolumeClaim].isNull
            ? volume[.persistentVolumeClaim].text(.claimName)
            : !volume[.ephemeral].isNull
                ? "\(pod[.metadata].text(.name))-\(volume.text(.name))" : ""
        guard !claim.isEmpty else { return "pod/\(uid)/\(volume.text(.name))" }
        let bound = api.find(.persistentVolumeClaim, namespace: namespace, name: claim)?.value
        let name = bound?[.spec].text(.volumeName) ?? ""
        guard let persistent = api.find(.persistentVolume, name: name) else {
            return "claim/\(bound?[.metadata].text(.uid) ?? claim)"
        }
        let spec = persistent.value[.spec]
        // Files of a machine or a server stay when the volume's object goes.
        if !spec[.hostPath].isNull { return "host/\(node)/\(spec[.hostPath].text(.path))" }
        if !spec[.local].isNull { return "host/\(node)/\(spec[.local].text(.path))" }
        if !spec[.nfs].isNull { return "nfs/\(spec[.nfs].text(.server))/\(spec[.nfs].text(.path))" }
        return "volume/\(persistent.uid)"
    }

    /// How many bytes a claim's volume holds.
    static func size(of volume: Value, _ namespace: String, in api: APIServer) -> Int64? {
        let claim = volume[.persistentVolumeClaim].text(.claimName)
        guard !claim.isEmpty,
            let object = api.find(.persistentVolumeClaim, namespace: namespace, name: claim)
        else { return Quantity(volume[.emptyDir][.sizeLimit])?.value }
        return Quantity(object.value[.status][.capacity][.storage])?.value
    }
}

// tidy: no copy: where there is one, a world is not copied
/// Files that a kubelet writes from the API: config maps, secrets, projections and the downward API.
///
/// Source: pkg/volume/util's AtomicWriter; the volume plugins' CollectData.
final class WrittenVolume {
    private let volume: Value
    private let sources: VolumeSources
    /// When the container's pod began: the kubelet looks at its volumes every minute from then on.
    private let began: Milliseconds
    private var shown: [(path: String, bytes: [UInt8], mode: Int)] = []
    private var lastSync: Milliseconds?
    private let root: FileNode

    /// How often a kubelet looks at a pod's volumes (syncFrequency).
    static let interval: Milliseconds = 60_000

    init(_ volume: Value, sources: VolumeSources, began: Milliseconds) {
        self.volume = volume
        self.sources = sources
        self.began = began
        root = FileNode(.folder([:]), mode: 0o1777, modified: began)
    }

    /// The volume as containers mount it.
    func make() -> FileVolume {
        let isMemory = volume[.configMap].isNull && volume[.downwardAPI].isNull
        let made = FileVolume(
            root: root, device: isMemory ? "tmpfs" : "/dev/vda1", type: isMemory ? "tmpfs" : "ext4")
        made.refresh = { [self] now in refresh(at: now) }
        refresh(at: began)
        return made
    }

    /// The kubelet's last look at the pod.
    private func lookBefore(_ now: Milliseconds) -> Milliseconds {
        began + max(now - began, 0) / Self.interval * Self.interval
    }

    private func refresh(at now: Milliseconds) {
        let sync = lookBefore(now)
        if let lastSync, lastSync >= sync { return }
        lastSync = sync
        let files = sources.files(of: volume, at: sync)
        let isSame =
            files.count == shown.count
            && zip(files, shown).allSatisfy {
                $0.path == $1.path && $0.bytes == $1.bytes && $0.mode == $1.mode
            }
        if isSame, root["..data"] != nil { return }
        shown = files
        write(files, at: sync)
    }

    /// A folder with the new files, and `..data`, which from now on leads to it.
    private func write(
        _ files: [(path: String, bytes: [UInt8], mode: Int)], at instant: Milliseconds
    ) {
        let time = Timestamp(worldTime: instant).text.prefix(19)
        let stamp =
            ".." + String(time.map { "-T:".contains($0) ? "_" : $0 })
            + ".\(1_000_000_000 + (instant &* 7919 &+ 104_729) % 999_999_937)"
        root.content = .folder([:])
        let folder = FileNode(
            .folder([:]), mode: 0o755, group: sources.group ?? 0, modified: instant)
        root[stamp] = folder
        root["..data"] = FileNode(.link(stamp), mode: 0o777, modified: instant)
        for file in files {
            let mode = sources.group == nil ? file.mode : file.mode | 0o440
            folder.place(
                FileNode(
                    .file(file.bytes), mode: mode, group: sources.group ?? 0, modified: instant),
                at: file.path)
            guard let first = file.path.split(separator: "/").first.map(String.init) else {
                continue
            }
            if root[first] == nil {
                root[first] = FileNode(.link("..data/\(first)"), mode: 0o777, modified: instant)
            }
        }
        root.modified = instant
    }
}

/// Where the files of a volume come from.
struct VolumeSources {
    let namespace: String
    /// The group that files belong to (`fsGroup`).
    let group: Int?
    /// A config map or secret as it was at an instant.
    let object: (_ kind: Kind, _ name: String, _ instant: Milliseconds) -> Value?
    /// The pod as it was then.
    let fields: (_ instant: Milliseconds) -> DownwardFields
    let token: (_ audience: String?, _ seconds: Int, _ instant: Milliseconds) -> String

    typealias Files = [(path: String, bytes: [UInt8], mode: Int)]

    func files(of volume: Value, at instant: Milliseconds) -> Files {
        for (key, kind) in [(Key.configMap, Kind.configMap), (.secret, .secret)]
        where !volume[key].isNull {
            let name = kind == .secret ? volume[key].text(.secretName) : volume[key].text(.name)
            return files(volume[key], kind, name, mode(volume[key]), instant)
        }
        if !volume[.downwardAPI].isNull {
            return downward(volume[.downwardAPI], mode(volume[.downwardAPI]), instant)
        }
        let projected = volume[.projected]
        let standard = mode(projected)
        var found: Files = []
        for source in projected[.sources].elements {
            if !source[.configMap].isNull {
                found += files(
                    source[.configMap], .configMap, source[.configMap].text(.name), standard,
                    instant)
            } else if !source[.secret].isNull {
                found += files(
                    source[.secret], .secret, source[.secret].text(.name), standard, instant)
            } else if !source[.downwardAPI].isNull {
                found += downward(source[.downwardAPI], standard, instant)
            } else if !source[.serviceAccountToken].isNull {
                let part = source[.serviceAccountToken]
                let text = token(
                    part[.audience].string, part[.expirationSeconds].int ?? 3600, instant)
                found.append((part.text(.path), Array(text.utf8), standard))
            }
        }
        return found
    }

    private func mode(_ source: Value) -> Int { source[.defaultMode].int ?? 0o644 }

    private func files(
        _ source: Value, _ kind: Kind, _ name: String, _ mode: Int, _ instant: Milliseconds
    ) -> Files {
        guard let object = object(kind, name, instant) else { return [] }
        let data = SourceData.bytes(of: object, kind)
        let items = source[.items].elements
        if items.isEmpty { return data.map { ($0.key, $0.bytes, mode) } }
        return items.compactMap { item in
            guard let entry = data.first(where: { $0.key == item.text(.key) }) else { return nil }
            return (item.text(.path), entry.bytes, item[.mode].int ?? mode)
        }
    }

    private func downward(_ source: Value, _ mode: Int, _ instant: Milliseconds) -> Files {
        let fields = fields(instant)
        return source[.items].elements.compactMap { item in
            let text =
                item[.fieldRef].isNull
                ? fields.resource(item[.resourceFieldRef], container: .null)
                : fields.field(item[.fieldRef].text(.fieldPath))
            return text.map { (item.text(.path), Array($0.utf8), item[.mode].int ?? mode) }
        }
    }
}
