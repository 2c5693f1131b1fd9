import Model
import Support
import Value

/// What a plugin has against a node, with what the node is like. Decides nothing: the plugin has.
struct PlacementWords {
    private let pod: PodToPlace
    private let cache: SchedulerCache

    init(_ pod: PodToPlace, _ cache: SchedulerCache) {
        self.pod = pod
        self.cache = cache
    }

    func words(_ rejection: Rejection, _ node: NodeState) -> String {
        switch rejection.plugin {
        case NodeResourcesFit.name:
            rejection.reasons.map { lack($0, node) }.joined(separator: "; ")
        case TaintToleration.name:
            "taint \(untolerated(node)) is not tolerated"
        case NodeUnschedulable.name: "it is cordoned"
        case NodeAffinity.name: "it has not \(missing(node))"
        case NodePorts.name: takenPort(node) ?? rejection.reasons.joined(separator: ", ")
        case PodTopologySpread.name: spread(rejection, node)
        case InterPodAffinity.name: affinity(rejection)
        case VolumeZone.name: "it lies in another zone or region than a volume of the pod"
        default:
            // Upstream's texts count nodes.
            rejection.reasons.map { reason in
                reason.hasPrefix("node(s) ") ? String(reason.dropFirst(8)) : reason
            }.joined(separator: ", ")
        }
    }

    // MARK: Resources

    private func lack(_ reason: String, _ node: NodeState) -> String {
        if reason == "Too many pods" {
            return "\(reason): it has \(node.pods.count) of \(node.allowedPods)"
        }
        guard reason.hasPrefix("Insufficient ") else { return reason }
        let name = String(reason.dropFirst("Insufficient ".count))
        let (wanted, all, used) = (
            pod.needs.request.amounts, node.allocatable, node.requested
        )
        let free: String
        switch name {
        case "cpu":
            free = text(wanted.milliCPU, all.milliCPU, used.milliCPU, Self.cpu)
        case "memory": free = text(wanted.memory, all.memory, used.memory, Self.bytes)
        case "ephemeral-storage":
            free = text(
                wanted.ephemeralStorage, all.ephemeralStorage, used.ephemeralStorage, Self.bytes)
        default:
            let key = Key(name)
            free = text(wanted.scalar(key), all.scalar(key), used.scalar(key)) { String($0) }
        }
        return "\(reason): asks for \(free)"
    }

    private func text(
        _ wanted: Int128, _ all: Int128, _ used: Int128, _ shown: (Int128) -> String
    ) -> String {
        "\(shown(wanted)), \(shown(max(all - used, 0))) of \(shown(all)) free"
    }

    static func cpu(_ milli: Int128) -> String {
        milli % 1_000 == 0 ? String(milli / 1_000) : "\(milli)m"
    }

    static func bytes(_ count: Int128) -> String {
        guard count > 0 else { return "0" }
        for (shift, unit) in [(30, "Gi"), (20, "Mi"), (10, "Ki")]
        where count % (1 << Int128(shift)) == 0 {
            return "\(count >> Int128(shift))\(unit)"
        }
        return String(count)
    }

    // MARK: The node itself

    private func untolerated(_ node: NodeState) -> String {
        node.hardTaints.filter { !pod.needs.tolerates($0) }.map(\.summary)
            .joined(separator: ", ")
    }

    /// What of the selector and of the required terms the node has not.
    private func missing(_ node: NodeState) -> String {
        let spec = pod.needs.spec
        let labels = spec[.nodeSelector].fields.sortedByName.filter {
            node.labels[$0.key] != $0.value
        }.map { "the label \($0.key.name)=\($0.value.string ?? "")" }
        if !labels.isEmpty { return labels.joined(separator: ", ") }
        let required = spec[.affinity][.nodeAffinity][
            .requiredDuringSchedulingIgnoredDuringExecution]
        let terms = required[.nodeSelectorTerms].elements.map(Self.term)
        return "what nodeAffinity requires (\(terms.joined(separator: " or ")))"
    }

    /// `disk in (ssd, nvme), !old`.
    static func term(_ term: Value) -> String {
        (term[.matchExpressions].elements + term[.matchFields].elements).map { entry in
            let values = entry[.values].elements.compactMap(\.string).joined(separator: ", ")
            let key = entry.text(.key)
            return switch entry.text(.operator) {
            case "In": "\(key) in (\(values))"
            case "NotIn": "\(key) not in (\(values))"
            case "Exists": key
            case "DoesNotExist": "!\(key)"
            case "Gt": "\(key) > \(values)"
            case "Lt": "\(key) < \(values)"
            case let other: "\(key) \(other) \(values)"
            }
        }.joined(separator: ", ")
    }

    private func takenPort(_ node: NodeState) -> String? {
        for port in pod.needs.hostPorts {
            for slot in node.pods {
                guard let other = cache.placement(of: slot),
                    other.needs.hostPorts.contains(where: { $0.conflicts(with: port) })
                else { continue }
                return "port \(port.number)/\(port.transport) is taken by pod/\(other.key.name)"
            }
        }
        return nil
    }

    private func affinity(_ rejection: Rejection) -> String {
        let terms = pod.needs.affinity
        if rejection === InterPodAffinity.noFriend {
            return "podAffinity: "
                + terms.friends.map { "no pod with \($0.words)" }
                .joined(separator: ", or ")
        }
        if rejection === InterPodAffinity.foe {
            return "podAntiAffinity: there is a pod with "
                + terms.foes.map(\.words).joined(separator: ", or ")
        }
        return "the podAntiAffinity of a pod there keeps it away"
    }

    private func spread(_ rejection: Rejection, _ node: NodeState) -> String {
        let hard = pod.needs.spread.filter(\.isHard)
        if let lacking = hard.first(where: { node.labels[$0.topologyKey].string == nil }) {
            return "it has no label \(lacking.topologyKey.name), by which the pods are spread"
        }
        let domains = hard.map { constraint in
            let value = node.labels[constraint.topologyKey].string ?? ""
            return "\(constraint.topologyKey.name)=\(value) (maxSkew \(constraint.maxSkew))"
        }
        return "one more pod in \(domains.joined(separator: ", ")) would be too many "
            + "beside the emptiest"
    }
}
