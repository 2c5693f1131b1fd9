import API
import Cluster
import Model
import Support
import Value

/// An object whose deletion was asked for: who asked, what holds it, and who would let go.
enum Leaving {
    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        if object.kind == .namespace { return NamespaceLeaving(object, inquiry).explain() }
        let metadata = ObjectMeta(object.value[.metadata])
        var finding = Finding(
            inquiry.name(object), "is being deleted",
            since: request(object, inquiry)?.time
                ?? inquiry.time(metadata.value[.deletionTimestamp]))
        let finalizers = metadata.finalizers.filter { $0 != "kubernetes" }
        if object.kind == .pod, let ending = containers(object, inquiry) {
            finding.detail = ending.detail
            finding.state = ending.state
            finding.hints = ending.hints
        } else if finalizers.isEmpty {
            finding.detail = "it goes in a moment"
            finding.state = .waiting
        } else {
            finding.detail =
                "held by the finalizer\(finalizers.count == 1 ? "" : "s") "
                + finalizers.joined(separator: ", ")
            finding.because = finalizers.map { Finalizer($0, object, inquiry).explain() }
        }
        if let asked = asked(object, inquiry) { finding.because.append(asked) }
        return finding
    }

    /// The write with which the deletion was asked for; nil where it is not kept.
    static func request(_ object: StoredObject, _ inquiry: Inquiry) -> Change? {
        WrittenCause(inquiry).last(object.kind, object.key) { change in
            change.object.uid == object.uid && change.type == .modified
                && change.object.isDeleting && change.old?.isDeleting == false
        }
    }

    /// Who asked, and on whose behalf.
    static func asked(_ object: StoredObject, _ inquiry: Inquiry) -> Finding? {
        guard let request = request(object, inquiry) else { return nil }
        return Origin(request, inquiry).finding
    }

    // MARK: Pods

    /// What a pod waits for that is to end; nil where only finalizers hold it.
    private static func containers(
        _ pod: StoredObject, _ inquiry: Inquiry
    ) -> (detail: String, state: Finding.State, hints: [Finding.Hint])? {
        let view = PodView(pod.value)
        guard !view.isTerminal, let node = pod.nodeName else { return nil }
        if let machine = inquiry.cluster.machine(node), machine != .running {
            let force = Finding.Hint(
                inquiry.command(
                    "delete pod \(pod.name) --grace-period=0 --force", in: pod.namespace),
                "takes the object away, whatever becomes of its containers")
            let recover = Finding.Hint("node recover \(node)", "brings the machine back")
            return (
                "its node \(node) does not answer (its machine is \(words(machine))), so nobody "
                    + "says that its containers have ended", .stuck,
                machine == .removed ? [force] : [recover, force]
            )
        }
        let end = inquiry.time(pod.value[.metadata][.deletionTimestamp]) ?? inquiry.now
        let rest = max(end - inquiry.now, 0)
        return (
            "its containers have \(rest > 0 ? Inquiry.text(rest) : "no time") left to end "
                + "(grace period \(pod.value[.metadata].int(.deletionGracePeriodSeconds))s)",
            .waiting, []
        )
    }

    static func words(_ machine: MachineState) -> String {
        switch machine {
        case .running: "running"
        case .failed: "dead"
        case .partitioned: "cut off"
        case .removed: "gone"
        }
    }
}

/// One finalizer: who lets go of it, and when.
private struct Finalizer {
    private let name: String
    private let object: StoredObject
    private let inquiry: Inquiry

    init(_ name: String, _ object: StoredObject, _ inquiry: Inquiry) {
        self.name = name
        self.object = object
        self.inquiry = inquiry
    }

    func explain() -> Finding {
        switch name {
        case "kubernetes.io/pvc-protection": protectedClaim()
        case "kubernetes.io/pv-protection": protectedVolume()
        case "foregroundDeletion": foreground()
        case "orphan":
            Finding(remark: "\(name): the garbage collector frees its dependents", state: .waiting)
        case "batch.kubernetes.io/job-tracking":
            Finding(remark: "\(name): the job controller counts it first", state: .waiting)
        default: foreign()
        }
    }

    private func protectedClaim() -> Finding {
        let users = inquiry.state.list(.pod, namespace: object.namespace) { pod in
            !PodView(pod.value).isTerminal
                && pod.value[.spec][.volumes].elements.contains {
                    $0[.persistentVolumeClaim][.claimName].string == object.name
                }
        }
        let names = users.map { inquiry.name($0) }
        guard let user = users.first else {
            return Finding(
                remark: "\(name): no pod uses it any more, the controller lets it go",
                state: .waiting)
        }
        var finding = Finding(
            remark: "\(name): it is used by \(inquiry.list(names)), and goes when "
                + (users.count == 1 ? "that pod is gone" : "those pods are gone"))
        if let owner = inquiry.controllers(of: user).last,
            inquiry.kinds[owner.kind].replicas != nil
        {
            finding.hints = [
                Finding.Hint(
                    inquiry.command(
                        "scale \(inquiry.kinds[owner.kind].singular)/\(owner.name) --replicas=0",
                        in: owner.namespace), "takes the pods away that use it")
            ]
        } else {
            finding.hints = [
                Finding.Hint(
                    inquiry.command(
                        "delete pod \(users.map(\.name).joined(separator: " "))",
                        in: object.namespace), "takes away what uses it")
            ]
        }
        return finding
    }

    private func protectedVolume() -> Finding {
        let claim = PersistentVolumeView(object.value).claimRef
        guard !claim.isNull,
            inquiry.get(
                .persistentVolumeClaim, claim.text(.name), in: claim.text(.namespace)) != nil
        else {
            return Finding(remark: "\(name): the controller lets it go", state: .waiting)
        }
        var finding = Finding(
            remark: "\(name): it is bound to "
                + inquiry.name(
                    .persistentVolumeClaim, claim.text(.name), in: claim.text(.namespace)))
        finding.hints = [
            Finding.Hint(
                inquiry.command(
                    "delete pvc \(claim.text(.name))", in: claim.text(.namespace)),
                "frees the volume (and gives up what is on it)")
        ]
        return finding
    }

    private func foreground() -> Finding {
        var blockers: [StoredObject] = []
        for info in inquiry.kinds.all where info.kind != .event {
            blockers += inquiry.state.list(info.kind, namespace: object.namespace) { other in
                other.value[.metadata][.ownerReferences].elements.contains {
                    $0.text(.uid) == object.uid && $0.flag(.blockOwnerDeletion)
                }
            }
        }
        guard !blockers.isEmpty else {
            return Finding(remark: "\(name): the garbage collector lets it go", state: .waiting)
        }
        return Finding(
            remark: "\(name): it goes after \(inquiry.list(blockers.map { inquiry.name($0) }))",
            state: .waiting, because: inquiry.troubles(blockers, most: 2))
    }

    private func foreign() -> Finding {
        var finding = Finding(
            remark: "\(name): nobody in this cluster removes it; whoever set it must")
        let word = "\(inquiry.kinds[object.kind].singular) \(object.name)"
        finding.hints = [
            Finding.Hint(
                inquiry.command(
                    "patch \(word) --type=merge -p '{\"metadata\":{\"finalizers\":null}}'",
                    in: object.namespace), "lets it go without whatever the finalizer was for")
        ]
        return finding
    }
}

/// Who began what led to a write.
struct Origin {
    private let change: Change
    private let inquiry: Inquiry

    init(_ change: Change, _ inquiry: Inquiry) {
        self.change = change
        self.inquiry = inquiry
    }

    /// "asked for by replicaset-controller, in answer to …", with the writes on the way.
    var finding: Finding {
        let written = WrittenCause(inquiry)
        let writes = written.origin(change)
        let condition = PodView(change.object.value).conditions["DisruptionTarget"]
        let verb = condition?.reason == "EvictionByEvictionAPI" ? "evicted" : "deleted"
        let who = "\(verb) by \(written.actor(change)) at \(Inquiry.instant(change.time))"
        let rest = writes.dropFirst()
        let behalf = rest.last.map { last in
            ", on behalf of \(written.actor(last))"
        }
        var finding = Finding(remark: who + (behalf ?? ""))
        finding.because = rest.map { Finding(remark: "in answer to: \(written.line($0))") }
        return finding
    }
}

extension Inquiry {
    /// "12.345s": an instant, not a length of time.
    static func instant(_ time: Milliseconds) -> String {
        "\(time / 1_000).\(String(1_000 + time % 1_000).dropFirst())s"
    }
}
