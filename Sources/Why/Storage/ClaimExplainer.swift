import API
import Cluster
import Model
import Support
import Value

/// A claim: which volume it has or waits for, and why none is for it.
enum ClaimExplainer: Explainer {
    static let kinds = [Kind.persistentVolumeClaim]

    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        ClaimBinding(object, inquiry).explain()
    }
}

private struct ClaimBinding {
    private let claim: StoredObject
    private let view: PersistentVolumeClaimView
    private let inquiry: Inquiry
    private var name: String { inquiry.name(claim) }
    private var since: Milliseconds? { inquiry.created(claim) }

    init(_ claim: StoredObject, _ inquiry: Inquiry) {
        self.claim = claim
        self.inquiry = inquiry
        view = PersistentVolumeClaimView(claim.value)
    }

    func explain() -> Finding {
        if view.phase == "Lost" { return lost() }
        if inquiry.cluster.isFullyBound(claim) { return bound() }
        if !view.volumeName.isEmpty { return named() }
        let table = volumes
        guard let name = view.storageClassName, !name.isEmpty else {
            var finding = pending(
                view.storageClassName == nil
                    ? "it names no class, and there is no default class; no volume is for it"
                    : "its class is \"\": no volume is made for it, and none that there is will do",
                table)
            finding.because = size(table)
            return finding
        }
        guard let object = inquiry.get(.storageClass, name) else {
            return noClass(name, table)
        }
        return classed(StorageClassView(object.value), name, table)
    }

    private func pending(
        _ detail: String, _ table: Finding.Table? = nil, state: Finding.State = .stuck
    ) -> Finding {
        Finding(name, "is Pending", detail, since: since, state: state, table: table)
    }

    // MARK: Bound and lost

    private func lost() -> Finding {
        let event = inquiry.warning(claim, "ClaimLost", "ClaimMisbound")
        return Finding(
            name, "is Lost",
            event?.message ?? "its volume \(view.volumeName) is gone", since: event?.first,
            hints: [
                Finding.Hint(
                    "", "what was on the volume is lost; delete the claim and make it anew")
            ])
    }

    private func bound() -> Finding {
        let wanted = Quantity(view.requestedStorage) ?? .zero
        let has = Quantity(view.capacity[.storage]) ?? .zero
        if has < wanted { return growing(has, wanted) }
        return Finding(
            name, "is bound to \(inquiry.name(.persistentVolume, view.volumeName))", since: since,
            state: .fine)
    }

    private func growing(_ has: Quantity, _ wanted: Quantity) -> Finding {
        let conditions = Conditions(claim.value[.status][.conditions])
        if let condition = conditions["FileSystemResizePending"], condition.status == "True" {
            return Finding(
                name, "grows from \(has.text) to \(wanted.text)",
                "the file system grows when a pod uses the claim on a node",
                since: inquiry.time(condition.value[.lastTransitionTime]))
        }
        let event = inquiry.warning(claim, "VolumeResizeFailed", "ExternalExpanding")
        return Finding(
            name, "grows from \(has.text) to \(wanted.text)", event?.message ?? "",
            since: event?.first, state: event == nil ? .waiting : .stuck)
    }

    // MARK: A volume by name

    private func named() -> Finding {
        let volumeName = view.volumeName
        guard let volume = inquiry.get(.persistentVolume, volumeName) else {
            let names = inquiry.state.list(.persistentVolume).map(\.name)
            let near = nearestName(to: volumeName, among: names).map { "; there is \($0)" } ?? ""
            return pending("it asks for the volume \(volumeName), which does not exist\(near)")
        }
        let obstacle = inquiry.cluster.obstacle(between: volume, and: claim)
        return pending(
            obstacle.map { "it asks for the volume \(volumeName): \($0)" }
                ?? "it is bound to \(volumeName) in a moment",
            state: obstacle == nil ? .waiting : .stuck)
    }

    // MARK: Volumes that there are

    /// What speaks against each volume; nil without any.
    private var volumes: Finding.Table? {
        var order: [String] = []
        var names: [String: [String]] = [:]
        for volume in inquiry.state.list(.persistentVolume) {
            guard let words = inquiry.cluster.obstacle(between: volume, and: claim) else {
                continue
            }
            if names[words] == nil { order.append(words) }
            names[words, default: []].append(volume.name)
        }
        guard !order.isEmpty else { return nil }
        return Finding.Table(
            ["VOLUME", "WHY NOT"], order.map { [inquiry.list(names[$0] ?? []), $0] })
    }

    private func size(_ table: Finding.Table?) -> [Finding] {
        guard table == nil else { return [] }
        let size = view.requestedStorage.string ?? ""
        return [
            Finding(
                remark: "there are no volumes: one of \(size) or more with "
                    + "\(view.accessModes.joined(separator: ", ")) would do")
        ]
    }

    // MARK: Classes

    private func noClass(_ name: String, _ table: Finding.Table?) -> Finding {
        var finding = pending("its class \"\(name)\" does not exist", table)
        let classes = inquiry.state.list(.storageClass).map(\.name)
        finding.because = [
            Finding(
                remark: classes.isEmpty
                    ? "there are no classes" : "there are \(inquiry.list(classes))")
        ]
        finding.hints = [
            Finding.Hint(
                "",
                "a claim's class cannot be changed: apply a StorageClass \(name), or delete the claim and "
                    + "make it anew"
                    + (nearestName(to: name, among: classes).map { " with \($0)" } ?? ""))
        ]
        return finding
    }

    private func classed(
        _ storageClass: StorageClassView, _ name: String, _ table: Finding.Table?
    ) -> Finding {
        let selected = claim.value[.metadata][.annotations][
            "volume.kubernetes.io/selected-node"
        ].string
        if storageClass.volumeBindingMode == "WaitForFirstConsumer", selected == nil {
            return waitsForConsumer(name, table)
        }
        if storageClass.provisioner == "kubernetes.io/no-provisioner" {
            var finding = pending(
                "its class \(name) makes no volumes (kubernetes.io/no-provisioner), and none that "
                    + "there is will do", table)
            finding.because = size(table)
            return finding
        }
        if let event = inquiry.warning(claim, "ProvisioningFailed") {
            var finding = pending(
                "\(storageClass.provisioner) cannot make its volume: \(event.message)", table)
            finding.since = event.first
            return finding
        }
        let events = inquiry.cluster.events(about: claim)
        if events.contains(where: { $0.reason == "ExternalProvisioning" }),
            !inquiry.cluster.hasProvisioner(forClass: name)
        {
            return pending(
                "it waits for \(storageClass.provisioner) to make its volume, and nobody of that "
                    + "name is here", table)
        }
        return pending(
            "\(storageClass.provisioner) makes its volume", state: .waiting)
    }

    /// The volume comes when a pod that uses the claim has its node.
    private func waitsForConsumer(_ name: String, _ table: Finding.Table?) -> Finding {
        let pods = inquiry.state.list(.pod, namespace: claim.namespace) { pod in
            pod.nodeName == nil
                && pod.value[.spec][.volumes].elements.contains {
                    $0[.persistentVolumeClaim][.claimName].string == claim.name
                }
        }
        guard let pod = pods.first else {
            return pending(
                "its class \(name) waits for the first pod that uses the claim, and none does",
                table)
        }
        var finding = pending(
            "its class \(name) waits until the first pod that uses the claim has a node", table)
        finding.because = [inquiry.explain(pod)]
        return finding
    }
}
