import Value
import YAML

/// Compares objects that a page shows as YAML or JSON: what it shows must be so here.
struct ObjectComparer {
    /// Fields that differ from run to run, that versions have dropped, or that clients keep.
    private static let unheeded: Set<String> = [
        "uid", "resourceVersion", "creationTimestamp", "selfLink", "managedFields", "generation",
        "observedGeneration", "lastTransitionTime", "lastUpdateTime", "lastProbeTime", "startTime",
        "startedAt",
        "hostIP", "podIP", "podIPs", "hostIPs", "clusterIP", "clusterIPs", "nodeName",
        "containerID", "imageID",
        "annotations", "message", "templateGeneration", "defaultMode", "nodePort", "image",
        "volumes",
        "volumeMounts", "serviceAccount", "finishedAt", "pod-template-hash",
        "controller-revision-hash",
        "volumeName", "heartbeatTime", "lastHeartbeatTime", "externalID", "currentRevision",
        "updateRevision",
        "collisionCount", "securityContext", "terminationMessagePolicy",
        "kubernetes.io/change-cause",
    ]

    func compare(_ page: [String], _ here: String) -> PageComparison {
        var comparison = PageComparison()
        let text = page.filter { !PageTable.isEllipsis($0) }.joined(separator: "\n")
        let (theirs, ours) = (YAML.read(text).documents, YAML.read(here).documents)
        guard let their = theirs.first?.value, let our = ours.first?.value else {
            if !here.isEmpty, page.isEmpty { return comparison }
            MessageComparer(isCut: true).compare([], [], &comparison)
            return comparison
        }
        compare(their, our, at: "", &comparison)
        return comparison
    }

    private func compare(
        _ page: Value, _ here: Value, at path: String, _ comparison: inout PageComparison
    ) {
        switch page {
        case .object(let object):
            guard case .object = here else { return note(page, here, path, &comparison) }
            for entry in object where !Self.unheeded.contains("\(entry.key)") {
                compare(entry.value, here[entry.key], at: "\(path).\(entry.key)", &comparison)
            }
        case .array(let items):
            guard case .array(let others) = here, items.count == others.count else {
                return note(page, here, path, &comparison)
            }
            for (index, pair) in zip(items, others).enumerated() {
                compare(pair.0, pair.1, at: "\(path)[\(index)]", &comparison)
            }
        default:
            if page.isNull { return }
            let (theirs, ours) = (PageToken.plain(shown(page)), PageToken.plain(shown(here)))
            if theirs != ours { note(page, here, path, &comparison) }
        }
    }

    private func note(
        _ page: Value, _ here: Value, _ path: String, _ comparison: inout PageComparison
    ) {
        let ours = here.isNull ? "absent" : shown(here)
        comparison.note("\(path) is \(shown(page)) on the page, \(ours) here", weight: 2)
    }

    private func shown(_ value: Value) -> String {
        switch value {
        case .array(let items): OutputComparer.count(items.count, "item")
        case .object: "an object"
        default: value.string ?? "\(value)"
        }
    }
}
