import Model
import Support
import Value

/// Grows the volume of a bound claim that asks for more than it has: what upstream's expand controller,
/// a driver's external-resizer and the kubelet do together.
///
/// The volume grows first; the file system on it only when a running pod uses the claim. In between
/// the claim has the condition FileSystemResizePending and keeps its old capacity.
final class VolumeExpansionController: Controller {
    private static let resizer = EventSource("external-resizer \(VolumeProvisioner.name)")
    private static let allocatedStatuses: Key = .allocatedResourceStatuses

    private enum Code {
        static let resized: Int32 = 0
        static let mounted: Int32 = 1
    }

    /// Claims that asked for more since they were last looked at.
    private var grown: Set<ObjectKey> = []

    init() { super.init(name: "volume_expand", workers: 10) }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        grown = other.grown
    }

    override func start() {
        watch(.persistentVolumeClaim)
        watch(.pod)
    }

    override func observe(_ change: Change) {
        if change.kind == .persistentVolumeClaim {
            guard change.type != .deleted else { return }
            if let old = change.old, Self.asksForMore(change.object, than: old) {
                grown.insert(change.object.key)
            }
            enqueue(change.object)
        } else if change.type != .deleted, PodView(change.object.value).phase == "Running",
            change.old.map({ PodView($0.value).phase }) != "Running"
        {
            for name in ClaimProtectionController.claims(of: change.object) {
                enqueue(ObjectKey(namespace: change.object.namespace, name: name))
            }
        }
    }

    private static func asksForMore(_ claim: StoredObject, than old: StoredObject) -> Bool {
        guard let wanted = Quantity(PersistentVolumeClaimView(claim.value).requestedStorage),
            let before = Quantity(PersistentVolumeClaimView(old.value).requestedStorage)
        else { return false }
        return wanted > before
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        let hasGrown = grown.remove(key) != nil
        guard let claim = view.get(.persistentVolumeClaim, key), let wanted = growth(of: claim)
        else { return }
        if hasGrown {
            // Whoever made the volume: nobody but its driver can make it larger.
            record(
                claim, .normal, reason: "ExternalExpanding",
                message: "waiting for an external controller to expand this PVC")
        }
        guard let volume = volume(of: claim) else { return }
        let stage = claim.value[.status][Self.allocatedStatuses][.storage].string
        if VolumeMatching.size(volume) < wanted {
            guard stage != "ControllerResizeInProgress" else { return }
            try begin(claim, volume)
        } else if stage == "NodeResizePending", let pod = user(of: claim) {
            schedule(
                after: profile.statusWrite, code: Code.mounted, a: Int(claim.slot.index),
                b: Int(pod.slot.index))
        }
    }

    /// The size that a bound claim asks for, when that is more than it has.
    private func growth(of claim: StoredObject) -> Quantity? {
        let view = PersistentVolumeClaimView(claim.value)
        guard view.phase == "Bound", let wanted = Quantity(view.requestedStorage),
            let capacity = Quantity(view.capacity[.storage]), wanted > capacity
        else { return nil }
        return wanted
    }

    /// The claim's volume, if a driver made it.
    private func volume(of claim: StoredObject) -> StoredObject? {
        let name = PersistentVolumeClaimView(claim.value).volumeName
        guard let volume = view.get(.persistentVolume, name: name),
            !volume.value[.metadata][.annotations][VolumeKeys.provisionedBy].isNull
        else { return nil }
        return volume
    }

    private func user(of claim: StoredObject) -> StoredObject? {
        view.objects(.podsByClaim, LookUp.term(claim.namespace, claim.name)).filter {
            PodView($0.value).phase == "Running"
        }.min { $0.name < $1.name }
    }

    private func begin(_ claim: StoredObject, _ volume: StoredObject) throws(APIError) {
        let time = api.timestamp
        try api.modifyStatus(claim) { status in
            status[.allocatedResources][.storage] =
                PersistentVolumeClaimView(claim.value).requestedStorage
            status[Self.allocatedStatuses][.storage] = "ControllerResizeInProgress"
            status[.conditions] = [Self.condition("Resizing", "", time)]
        }
        record(
            claim, .normal, reason: "Resizing",
            message: "External resizer is resizing volume \(volume.name)", source: Self.resizer)
        schedule(after: profile.volumeProvisioning, code: Code.resized, a: Int(claim.slot.index))
    }

    private static func condition(_ type: String, _ message: String, _ time: Value) -> Value {
        var condition = Condition(type: type, status: "True", message: message).value
        condition[.lastProbeTime] = .null
        condition[.lastTransitionTime] = time
        return condition
    }

    override func fire(_ event: Event) {
        guard let claim = view.get(.persistentVolumeClaim, Slot(index: Int32(event.a))),
            let volume = volume(of: claim)
        else { return }
        do throws(APIError) {
            if event.code == Code.resized {
                try grow(claim, volume)
            } else if let pod = view.get(.pod, Slot(index: Int32(event.b))) {
                try finish(claim, volume, pod)
            }
        } catch {
            enqueueRateLimited(claim.key)
        }
    }

    private func grow(_ claim: StoredObject, _ volume: StoredObject) throws(APIError) {
        let size = claim.value[.status][.allocatedResources][.storage]
        let time = api.timestamp
        try api.modify(volume) { $0[.spec][.capacity][.storage] = size }
        try api.modifyStatus(claim) { status in
            status[Self.allocatedStatuses][.storage] = "NodeResizePending"
            status[.conditions] = [
                Self.condition(
                    "FileSystemResizePending",
                    "Waiting for user to (re-)start a pod to finish file system resize of volume "
                        + "on node.", time)
            ]
        }
        record(
            claim, .normal, reason: "FileSystemResizeRequired",
            message: "Require file system resize of volume on node", source: Self.resizer)
    }

    private func finish(
        _ claim: StoredObject, _ volume: StoredObject, _ pod: StoredObject
    ) throws(APIError) {
        guard claim.value[.status][Self.allocatedStatuses][.storage].string == "NodeResizePending"
        else { return }
        try api.modifyStatus(claim) { status in
            status[.capacity][.storage] = volume.value[.spec][.capacity][.storage]
            status[Self.allocatedStatuses] = .null
            status[.conditions] = .null
        }
        let node = pod.nodeName ?? ""
        for object in [pod, claim] {
            record(
                object, .normal, reason: "FileSystemResizeSuccessful",
                message:
                    "MountVolume.NodeExpandVolume succeeded for volume \"\(volume.name)\" \(node)",
                source: EventSource("kubelet", host: node))
        }
    }
}
