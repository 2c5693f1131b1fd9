import API
import Cluster
import Model
import Support
import Value

/// A pod without a node: what each node and each plugin of the scheduler says of it.
struct PodPlacement {
    let pod: StoredObject
    let inquiry: Inquiry
    let study: PlacementStudy
    /// Of a pod that is like another one: what would help both.
    private let knownHints: [Finding.Hint]?
    private var name: String { inquiry.name(pod) }

    init(_ pod: StoredObject, _ inquiry: Inquiry) {
        self.pod = pod
        self.inquiry = inquiry
        let known = inquiry.placement(of: Self.likeness(pod))
        knownHints = known?.hints
        study = known?.study ?? inquiry.cluster.studyPlacement(of: pod) ?? PlacementStudy()
    }

    /// What the answers of plugins depend on, and what nothing else has: claims of its own.
    private static func likeness(_ pod: StoredObject) -> Value {
        let spec = pod.value[.spec]
        var like: Value = [
            .labels: pod.value[.metadata][.labels], .namespace: Value(pod.namespace),
            .nominatedNodeName: pod.value[.status][.nominatedNodeName],
        ]
        for field in [
            Key.containers, .initContainers, .resources, .overhead, .nodeSelector, .affinity,
            .tolerations, .topologySpreadConstraints, .priority, .schedulingGates, .schedulerName,
            .nodeName, .volumes,
        ] {
            like[field] = spec[field]
        }
        return like
    }

    /// Rows of a table; what is alike stands together.
    private static let mostRows = 10
    private static let schedulerName = "default-scheduler"

    private var since: Milliseconds? {
        PodView(pod.value).conditions["PodScheduled"].flatMap {
            inquiry.time($0.value[.lastTransitionTime])
        } ?? inquiry.created(pod)
    }

    private func pending(
        _ detail: String, state: Finding.State = .stuck, because: [Finding] = [],
        table: Finding.Table? = nil, hints: [Finding.Hint] = []
    ) -> Finding {
        Finding(
            name, "is Pending", detail, since: since, state: state, because: because, table: table,
            hints: hints)
    }

    func explain() -> Finding {
        let wanted = pod.value[.spec][.schedulerName].string ?? Self.schedulerName
        if wanted != Self.schedulerName {
            return pending(
                "it asks for the scheduler \(wanted), and only \(Self.schedulerName) runs")
        }
        if !study.gates.isEmpty { return gated() }
        if study.isBinding { return binding() }
        if study.verdicts.isEmpty, study.preFilter.isEmpty {
            return pending("there are no nodes", hints: PlacementHints(self).hints())
        }
        if let objection = study.preFilter.first { return blocked(objection) }
        let feasible = study.feasible
        if !feasible.isEmpty { return soon(feasible) }
        if let node = study.nominated { return preempting(node) }
        let hints = knownHints ?? PlacementHints(self).hints()
        // Those that wait for something of their own are not alike.
        if knownHints == nil, study.retry == nil {
            inquiry.note(study, hints, of: Self.likeness(pod))
        }
        return pending(refusal, because: causes(), table: rejections(), hints: hints)
    }

    /// The nodes that count: those that a pod names, or all.
    var looked: [PlacementStudy.Verdict] {
        let named = study.verdicts.filter { !$0.isExcluded }
        return named.isEmpty ? study.verdicts : named
    }

    private var refusal: String {
        let count = looked.count
        if count < study.verdicts.count {
            return "\(inquiry.list(looked.map(\.node))), for which it is meant, cannot take it"
        }
        return count == 1 ? "the one node cannot take it" : "none of \(count) nodes can take it"
    }

    // MARK: Before nodes are looked at

    private func gated() -> Finding {
        let gates = pod.value[.spec][.schedulingGates].elements.map { $0.text(.name) }
        return pending(
            "it is not scheduled while it has the "
                + (gates.count == 1 ? "gate " : "gates ") + gates.joined(separator: ", "),
            hints: [
                Finding.Hint(
                    inquiry.command(
                        "patch pod \(pod.name) --type=merge -p '{\"spec\":{\"schedulingGates\":null}}'",
                        in: pod.namespace), "takes them away")
            ])
    }

    private func binding() -> Finding {
        let node = PodView(pod.value).status.nominatedNodeName
        return pending(
            "\(node.isEmpty ? "its node" : node) is chosen; it waits for its volumes to be bound",
            state: .waiting, because: claims(onlyTroubled: true))
    }

    /// A plugin turns the pod down whatever the nodes are like: mostly for its claims.
    private func blocked(_ objection: PlacementStudy.Objection) -> Finding {
        let causes = claims(onlyTroubled: true)
        return pending("\(objection.plugin) says: \(objection.words)", because: causes)
    }

    /// The claims that the pod uses, as far as they are not bound.
    private func claims(onlyTroubled: Bool) -> [Finding] {
        var found: [Finding] = []
        for volume in pod.value[.spec][.volumes].elements {
            guard let name = volume[.persistentVolumeClaim][.claimName].string else { continue }
            guard let claim = inquiry.get(.persistentVolumeClaim, name, in: pod.namespace) else {
                found.append(
                    Finding(
                        inquiry.name(.persistentVolumeClaim, name, in: pod.namespace),
                        "does not exist", hints: claimHint(name)))
                continue
            }
            let finding = inquiry.explain(claim)
            if !onlyTroubled || !finding.isFine { found.append(finding) }
        }
        return found
    }

    /// The nearest name of a claim that exists.
    private func claimHint(_ name: String) -> [Finding.Hint] {
        let names = inquiry.state.list(.persistentVolumeClaim, namespace: pod.namespace).map(\.name)
        guard let near = nearestName(to: name, among: names) else {
            return [Finding.Hint("", "apply a PersistentVolumeClaim named \(name)")]
        }
        return [Finding.Hint("", "there is a claim \(near): did the pod mean that one?")]
    }

    // MARK: Nodes that could

    private func soon(_ feasible: [PlacementStudy.Verdict]) -> Finding {
        let names = inquiry.list(feasible.map(\.node))
        if let retry = study.retry, retry > inquiry.now {
            return pending(
                "\(names) can take it: it is tried again in \(Inquiry.text(retry - inquiry.now))",
                state: .waiting)
        }
        return pending("\(names) can take it: its turn comes", state: .waiting)
    }

    private func preempting(_ node: String) -> Finding {
        let priority = pod.value[.spec].int(.priority)
        let victims = inquiry.state.list(.pod) {
            $0.nodeName == node && $0.isDeleting && $0.value[.spec].int(.priority) < priority
        }
        return pending(
            "preemption makes room for it on \(node)", state: .waiting,
            because: victims.prefix(3).map { inquiry.explain($0) })
    }

    // MARK: Nodes that cannot

    /// What each plugin has against each node.
    func rejections() -> Finding.Table {
        var rows = group { $0.words }
        if rows.count > Self.mostRows { rows = group { $0.reasons.joined(separator: ", ") } }
        return Finding.Table(["NODE", "PLUGIN", "WHY"], Array(rows.prefix(Self.mostRows * 2)))
    }

    /// Nodes about which a plugin says the same share a row.
    private func group(_ words: (PlacementStudy.Objection) -> String) -> [[String]] {
        var order: [[String]] = []
        var nodes: [[String]: [String]] = [:]
        for verdict in looked {
            for objection in verdict.objections {
                let key = [objection.plugin, words(objection)]
                if nodes[key] == nil { order.append(key) }
                nodes[key, default: []].append(verdict.node)
            }
        }
        return order.map { [inquiry.list(nodes[$0] ?? [])] + $0 }
    }

    /// Why nodes are as they are: those that are not ready, claims that bind the pod to others, pods that
    /// it wants to be with.
    private func causes() -> [Finding] {
        var found: [Finding] = []
        for verdict in looked where found.count < 2 {
            guard let node = inquiry.get(.node, verdict.node),
                verdict.objections.contains(where: { $0.plugin == "TaintToleration" }),
                NodeExplainer.hasTroubleTaint(node)
            else { continue }
            let finding = inquiry.explain(node)
            if !finding.isFine { found.append(finding) }
        }
        let plugins = Set(study.verdicts.flatMap { $0.objections.map(\.plugin) })
        if plugins.contains("VolumeBinding") || plugins.contains("VolumeZone") {
            found += VolumePlaces(pod, inquiry).findings()
        }
        if plugins.contains("InterPodAffinity") {
            found += AffinityWishes(pod, inquiry).findings()
        }
        return found
    }

    // MARK: The whole table

    /// Every node with what each plugin says of it: who objects, or else the points that it gives.
    func table() -> Finding {
        var names: [String] = []
        for verdict in study.verdicts {
            for score in verdict.scores where !names.contains(score.plugin) {
                names.append(score.plugin)
            }
        }
        let rows = study.verdicts.map { verdict in
            guard verdict.objections.isEmpty else {
                let words = verdict.objections.map { "\($0.plugin): \($0.words)" }
                return [verdict.node, "no", words.joined(separator: "; ")]
            }
            let points = names.map { name in
                let score = verdict.scores.first { $0.plugin == name }
                return "\(name) \(score?.points ?? 0)"
            }
            return [verdict.node, String(verdict.total), points.joined(separator: ", ")]
        }
        let subject = pod.nodeName == nil ? "if it were placed now" : "if it were placed anew now"
        return Finding(
            remark: study.preFilter.first.map { "\($0.plugin) says: \($0.words)" } ?? subject,
            state: .fine
        ).with(table: Finding.Table(["NODE", "POINTS", "PLUGINS"], rows))
    }
}

extension Finding {
    func with(table: Table) -> Finding {
        var finding = self
        finding.table = table
        return finding
    }
}

/// Where the volumes of a pod's claims can be used.
private struct VolumePlaces {
    private let pod: StoredObject
    private let inquiry: Inquiry

    init(_ pod: StoredObject, _ inquiry: Inquiry) {
        self.pod = pod
        self.inquiry = inquiry
    }

    func findings() -> [Finding] {
        var found: [Finding] = []
        for volume in pod.value[.spec][.volumes].elements {
            guard let name = volume[.persistentVolumeClaim][.claimName].string,
                let claim = inquiry.get(.persistentVolumeClaim, name, in: pod.namespace)
            else { continue }
            let bound = PersistentVolumeClaimView(claim.value).volumeName
            guard !bound.isEmpty, let object = inquiry.get(.persistentVolume, bound) else {
                let finding = inquiry.explain(claim)
                if !finding.isFine { found.append(finding) }
                continue
            }
            let places = Self.places(object)
            guard !places.isEmpty else { continue }
            found.append(
                Finding(
                    inquiry.name(claim), "is bound to \(inquiry.name(object))",
                    "it can be used only where \(places)"))
        }
        return found
    }

    /// What the volume asks of a node, by its node affinity and its labels.
    private static func places(_ volume: StoredObject) -> String {
        let required = PersistentVolumeView(volume.value).nodeAffinity[.required]
        let terms = required[.nodeSelectorTerms].elements.map { term in
            term[.matchExpressions].elements.map { entry in
                let values = entry[.values].elements.compactMap(\.string)
                return "\(entry.text(.key)) is \(values.joined(separator: " or "))"
            }.joined(separator: " and ")
        }
        if !terms.isEmpty { return terms.joined(separator: ", or ") }
        return volume.value[.metadata][.labels].fields.sortedByName.filter {
            $0.key.name.hasPrefix("topology.kubernetes.io/")
        }.map { "\($0.key.name) is \($0.value.string ?? "")" }.joined(separator: " and ")
    }
}

/// The pods that a pod wants to be with, and which of them there are.
private struct AffinityWishes {
    private let pod: StoredObject
    private let inquiry: Inquiry

    init(_ pod: StoredObject, _ inquiry: Inquiry) {
        self.pod = pod
        self.inquiry = inquiry
    }

    /// The label that would make a pod that is nearly meant one that is.
    private func relabelling(_ selector: LabelSelector) -> [Finding.Hint] {
        guard selector.requirements.count == 1, let wanted = selector.requirements.first,
            let value = wanted.values.first,
            let near = SelectorWords(inquiry).correction(wanted.key, value, in: pod.namespace)
        else { return [] }
        let friend = inquiry.state.list(.pod, namespace: pod.namespace) {
            $0.nodeName != nil && $0.controllerUID == nil
                && $0.value[.metadata][.labels][wanted.key].string == near
        }.first
        return friend.map {
            [
                Finding.Hint(
                    inquiry.command(
                        "label pod \($0.name) \(wanted.key.name)=\(value) --overwrite",
                        in: pod.namespace), "makes it one that is meant")
            ]
        } ?? []
    }

    func findings() -> [Finding] {
        let required = pod.value[.spec][.affinity][.podAffinity][
            .requiredDuringSchedulingIgnoredDuringExecution]
        return required.elements.compactMap { term in
            let selector = LabelSelector(term[.labelSelector])
            let named = term["namespaces"].elements.compactMap(\.string)
            let namespaces = named.isEmpty ? [pod.namespace] : named
            let friends = inquiry.state.list(.pod) {
                namespaces.contains($0.namespace) && $0.nodeName != nil
                    && selector.matches($0.value[.metadata][.labels].fields)
            }
            let key = term.text(.topologyKey)
            if friends.isEmpty {
                return Finding(
                    remark: "there are no pods with \(selector.text) that have a node",
                    because: SelectorWords(inquiry).nearest(selector, in: pod.namespace),
                    hints: relabelling(selector))
            }
            let nodes = Set(friends.compactMap(\.nodeName)).sorted()
            return Finding(
                remark: "it wants to be where pods with \(selector.text) are, by \(key): "
                    + "they are on \(inquiry.list(nodes))")
        }
    }
}
