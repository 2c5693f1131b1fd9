import API
import Cluster
import Model
import Support
import Value

/// What would let a pod find a node. Each hint is tried before it is given: the scheduler's plugins are
/// asked what they would say then.
struct PlacementHints {
    private let placement: PodPlacement
    private var pod: StoredObject { placement.pod }
    private var inquiry: Inquiry { placement.inquiry }

    init(_ placement: PodPlacement) { self.placement = placement }

    /// Hints that are given, and attempts that are made for them.
    private static let most = 2
    private static let mostTrials = 12

    func hints() -> [Finding.Hint] {
        var found: [Finding.Hint] = []
        var trials = 0
        for (node, hint) in candidates() {
            guard found.count < Self.most, trials < Self.mostTrials else { break }
            trials += 1
            guard fits(node) else { continue }
            found.append(hint)
            // One new node is enough.
            if hint.command.hasPrefix("node add") { break }
        }
        return found.isEmpty ? makingRoom : found
    }

    /// What is to be said where a pod is meant for one node, and that one is full.
    private var makingRoom: [Finding.Hint] {
        let full = placement.looked.filter { verdict in
            verdict.objections.allSatisfy { $0.plugin == "NodeResourcesFit" }
        }
        guard full.count == 1, let node = full.first?.node else { return [] }
        return [Finding.Hint("", "something else must leave \(node), or ask for less")]
    }

    private func fits(_ node: Value) -> Bool {
        let name = NodeView(node).name
        let study = inquiry.cluster.studyPlacement(of: pod, with: [node], only: [name])
        return study?.feasible.isEmpty == false
    }

    /// Nodes as they could be, with what makes them so: the nodes that lack but one thing first, then
    /// nodes that do not exist yet.
    private func candidates() -> [(node: Value, hint: Finding.Hint)] {
        var found: [(Value, Finding.Hint)] = []
        for verdict in placement.study.verdicts where found.count < Self.mostTrials / 2 {
            guard let object = inquiry.get(.node, verdict.node),
                let plugin = verdict.objections.first?.plugin,
                verdict.objections.count == 1 || plugin == "NodeUnschedulable"
            else { continue }
            if let candidate = mended(object, plugin) { found.append(candidate) }
        }
        return found + (placement.looked.count < placement.study.verdicts.count ? [] : newNodes())
    }

    // MARK: Nodes that there are

    private func mended(
        _ node: StoredObject, _ plugin: String
    ) -> (Value, Finding.Hint)? {
        var value = node.value
        switch plugin {
        case "NodeUnschedulable":
            value[.spec][.unschedulable] = .null
            // The taint that goes with it goes with it.
            remove(&value) { $0.key == "node.kubernetes.io/unschedulable" }
            return (value, Finding.Hint("uncordon \(node.name)", "lets pods on the node again"))
        case "TaintToleration": return untainted(node)
        case "NodeAffinity": return labelled(node)
        default: return nil
        }
    }

    private func remove(_ node: inout Value, _ isUnwanted: (TaintView) -> Bool) {
        var view = NodeView(node)
        view.taints.removeAll(where: isUnwanted)
        node = view.value
    }

    private func untainted(_ node: StoredObject) -> (Value, Finding.Hint)? {
        let spec = PodSpecView(pod.value[.spec])
        let unwanted = NodeView(node.value).taints.filter {
            $0.effect != "PreferNoSchedule" && !spec.tolerates($0)
        }
        guard !unwanted.isEmpty,
            !unwanted.contains(where: { $0.key.hasPrefix("node.kubernetes.io/") })
        else { return recovered(node, unwanted) }
        var value = node.value
        remove(&value) { unwanted.contains($0) }
        let words = unwanted.map { "\($0.key):\($0.effect)-" }.joined(separator: " ")
        return (
            value, Finding.Hint("taint node \(node.name) \(words)", "lets pods on the node again")
        )
    }

    /// A node that is tainted because its machine does not run.
    private func recovered(
        _ node: StoredObject, _ taints: [TaintView]
    ) -> (Value, Finding.Hint)? {
        guard let state = inquiry.cluster.machine(node.name), state != .running else { return nil }
        var value = node.value
        remove(&value) { taints.contains($0) }
        return (
            value, Finding.Hint("node recover \(node.name)", "brings the machine back")
        )
    }

    /// The node with the labels that selector and affinity ask for.
    private func labelled(_ node: StoredObject) -> (Value, Finding.Hint)? {
        let wanted = wantedLabels.filter {
            node.value[.metadata][.labels][Key($0.key)].string != $0.value
        }
        guard !wanted.isEmpty else { return nil }
        var value = node.value
        for (key, text) in wanted { value[.metadata][.labels][Key(key)] = Value(text) }
        let isNew = wanted.allSatisfy {
            node.value[.metadata][.labels][Key($0.key)].isNull
        }
        let words = wanted.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        return (
            value,
            Finding.Hint(
                "label node \(node.name) \(words)\(isNew ? "" : " --overwrite")",
                "gives the node what the pod asks for")
        )
    }

    /// Labels that fulfil `nodeSelector` and the first required term of node affinity.
    private var wantedLabels: [(key: String, value: String)] {
        let spec = PodSpecView(pod.value[.spec])
        var found = spec.nodeSelector.sortedByName.map {
            (key: $0.key.name, value: $0.value.string ?? "")
        }
        let required = spec.affinity[.nodeAffinity][
            .requiredDuringSchedulingIgnoredDuringExecution]
        for entry in required[.nodeSelectorTerms][0][.matchExpressions].elements {
            switch entry.text(.operator) {
            case "In": found.append((entry.text(.key), entry[.values][0].string ?? ""))
            case "Exists": found.append((entry.text(.key), "true"))
            default: break
            }
        }
        return found
    }

    // MARK: Nodes that there are not

    private func newNodes() -> [(Value, Finding.Hint)] {
        var template = inquiry.cluster.nodeTemplate
        let size = NodeSize(pod, template)
        template.cpu = size.cpu
        template.memory = size.memory
        template.taints = []
        var name = freeName
        var labels = wantedLabels + volumeLabels
        if let host = labels.first(where: { $0.key == "kubernetes.io/hostname" }) {
            guard inquiry.get(.node, host.value) == nil else { return [] }
            name = host.value
            labels.removeAll { $0.key == host.key }
        }
        return spreads.map { spread in
            let all = labels + spread
            template.labels = all.map { ($0.key, $0.value) }
            let words =
                ["node add \(name)"] + size.flags + all.map { "--label \($0.key)=\($0.value)" }
            return (
                inquiry.cluster.prospectiveNode(name, template),
                Finding.Hint(words.joined(separator: " "), "adds a node that can take it")
            )
        }
    }

    /// The labels by which volumes of the pod are tied to some nodes.
    private var volumeLabels: [(key: String, value: String)] {
        var found: [(key: String, value: String)] = []
        for volume in pod.value[.spec][.volumes].elements {
            guard let name = volume[.persistentVolumeClaim][.claimName].string,
                let claim = inquiry.get(.persistentVolumeClaim, name, in: pod.namespace),
                let object = inquiry.get(
                    .persistentVolume, PersistentVolumeClaimView(claim.value).volumeName)
            else { continue }
            let required = PersistentVolumeView(object.value).nodeAffinity[.required]
            for entry in required[.nodeSelectorTerms][0][.matchExpressions].elements
            where entry.text(.operator) == "In" {
                found.append((entry.text(.key), entry[.values][0].string ?? ""))
            }
            for label in object.value[.metadata][.labels].fields.sortedByName
            where label.key.name.hasPrefix("topology.kubernetes.io/") {
                found.append((label.key.name, label.value.string ?? ""))
            }
        }
        var seen: Set<String> = []
        return found.filter { seen.insert($0.key).inserted }
    }

    /// The domains into which a new node could come, by the constraints that spread the pod: those that
    /// there are, then a new one; one without labels where nothing spreads it.
    private var spreads: [[(key: String, value: String)]] {
        let keys = pod.value[.spec][.topologySpreadConstraints].elements.filter {
            $0[.whenUnsatisfiable].string != "ScheduleAnyway"
        }.map { $0.text(.topologyKey) }.filter { $0 != "kubernetes.io/hostname" }
        guard let key = keys.first else { return [[]] }
        var values: [String] = []
        for verdict in placement.study.verdicts {
            let label = inquiry.get(.node, verdict.node)?.value[.metadata][.labels][Key(key)].string
            if let label, !values.contains(label) { values.append(label) }
        }
        return (values.prefix(4) + ["new"]).map { value in keys.map { ($0, value) } }
    }

    /// A name like those of the nodes that there are: worker-3 after worker-1 and worker-2.
    private var freeName: String {
        let names = placement.study.verdicts.map(\.node)
        let model = names.last ?? "worker-0"
        let stem = String(model.reversed().drop { $0.isNumber }.reversed())
        var number = Int(model.dropFirst(stem.count)) ?? 1
        var name = model
        repeat {
            number += 1
            name = "\(stem)\(number)"
        } while inquiry.get(.node, name) != nil
        return name
    }
}

/// The size of a machine on which a pod fits.
private struct NodeSize {
    let cpu: String
    let memory: String
    /// What of it differs from the standard size.
    let flags: [String]

    init(_ pod: StoredObject, _ template: NodeTemplate) {
        var (cpu, memory): (Int64, Int64) = (0, 0)
        for container in pod.value[.spec][.containers].elements {
            let requests = container[.resources][.requests]
            cpu += Quantity(requests[.cpu]).map { Int64($0.milliValue) } ?? 0
            memory += Quantity(requests[.memory]).map { Int64($0.value) } ?? 0
        }
        let standard = (
            cpu: (try? Quantity(parsing: template.cpu)).map { Int64($0.milliValue) } ?? 0,
            memory: (try? Quantity(parsing: template.memory)).map { Int64($0.value) } ?? 0
        )
        let needsCPU = cpu > standard.cpu
        let needsMemory = memory > standard.memory
        self.cpu = needsCPU ? String((cpu + 999) / 1_000) : template.cpu
        let gibi: Int64 = 1 << 30
        self.memory = needsMemory ? "\((memory + gibi - 1) / gibi)Gi" : template.memory
        flags =
            (needsCPU ? ["--cpu \(self.cpu)"] : [])
            + (needsMemory ? ["--memory \(self.memory)"] : [])
    }
}
