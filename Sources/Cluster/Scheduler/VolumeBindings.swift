import Model
import Support
import Value

/// The pods whose node is chosen and whose claims are being bound.
///
/// Such a pod keeps its place on the node, so that nobody else takes it, but is not bound: the plugin
/// looks once a second whether the claims are (`BindPodVolumes`), for at most ten minutes.
struct VolumeBindings {
    /// Upstream's poll in BindPodVolumes.
    static let pollInterval: Milliseconds = 1_000
    /// Upstream's `bindTimeoutSeconds`.
    static let timeout: Milliseconds = 600_000

    struct Entry {
        let key: ObjectKey
        let node: String
        let needs: PodNeeds
        let claims: [PendingClaim]
        let deadline: Milliseconds
    }

    /// By slot of the pod. Only looked up, never iterated.
    private var entries: [Int32: Entry] = [:]

    subscript(slot: Slot) -> Entry? {
        get { entries.isEmpty ? nil : entries[slot.index] }
        set { entries[slot.index] = newValue }
    }

    enum Outcome {
        case bound
        case waiting
        case failed(String)
    }

    /// How far the claims are (`checkBindings`).
    static func check(_ entry: Entry, at now: Milliseconds, in view: View) -> Outcome {
        guard view.get(.node, name: entry.node) != nil else {
            return .failed(
                "failed to get node \"\(entry.node)\": node \"\(entry.node)\" not found")
        }
        var areBound = true
        for pending in entry.claims {
            let name = pending.key.name
            guard let claim = view.get(.persistentVolumeClaim, pending.key) else {
                return .failed("persistentvolumeclaim \"\(name)\" not found")
            }
            if VolumeMatching.isFullyBound(claim) { continue }
            areBound = false
            // A provisioner that fails takes the annotation back.
            let selected = claim.value[.metadata][.annotations][VolumeKeys.selectedNode].string
            if pending.isProvisioned, selected != entry.node {
                return .failed("provisioning failed for PVC \"\(name)\"")
            }
        }
        if areBound { return .bound }
        return now < entry.deadline ? .waiting : .failed("context deadline exceeded")
    }
}

// MARK: - Binding of volumes before the pod

extension Scheduler {
    /// Has the volumes of a pod bound before the pod is.
    func bindVolumes(_ pod: StoredObject, _ cycle: SchedulingCycle, on node: String) {
        let claims: [PendingClaim]?
        do throws(APIError) {
            claims = try cycle.volumes.bind(on: node, api: api, view: view)
        } catch {
            return failBinding(pod, error.message)
        }
        guard let claims else {
            return queue.setUnschedulable(pod.slot, remedies: .storage, at: now)
        }
        queue.remove(pod.slot)
        cache.place(pod.slot, pod.key, cycle.needs, on: node, startTime: "")
        volumeBindings[pod.slot] = VolumeBindings.Entry(
            key: pod.key, node: node, needs: cycle.needs, claims: claims,
            deadline: now + VolumeBindings.timeout)
        checkVolumesLater(pod.slot)
    }

    private func checkVolumesLater(_ slot: Slot) {
        schedule(
            after: VolumeBindings.pollInterval, code: Code.checkVolumes, a: Int(slot.index))
    }

    /// A second has passed.
    func checkVolumes(_ slot: Slot) {
        guard let entry = volumeBindings[slot] else { return }
        guard let pod = view.get(.pod, slot), pod.key == entry.key, pod.nodeName == nil else {
            volumeBindings[slot] = nil
            return
        }
        cluster.enter(self, trigger: pod.resourceVersion, key: pod.key)
        switch VolumeBindings.check(entry, at: now, in: view) {
        case .waiting: checkVolumesLater(slot)
        case .bound:
            volumeBindings[slot] = nil
            bind(pod, entry.needs, to: entry.node)
        case .failed(let problem):
            volumeBindings[slot] = nil
            cache.remove(slot)
            failBinding(pod, problem)
        }
    }

    /// The pod goes back into the queue.
    private func failBinding(_ pod: StoredObject, _ problem: String) {
        if queue[pod.slot] == nil {
            let priority = PodSpecView(pod.value[.spec]).priority
            queue.putBack(pod.key, pod.slot, priority: priority, at: now)
        } else {
            queue.setUnschedulable(pod.slot, remedies: .all, at: now)
        }
        let message = "running PreBind plugin \"VolumeBinding\": binding volumes: \(problem)"
        record(pod, .warning, reason: "FailedScheduling", message: message)
        report(pod, message, nil, reason: "SchedulerError")
        retry(pod.slot)
    }
}
