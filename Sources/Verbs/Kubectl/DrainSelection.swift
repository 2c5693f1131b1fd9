import API
import Model
import Value

/// Which pods of a node a drain evicts, what keeps it from that, and what it warns of.
///
/// Source: kubectl's drain filters: daemon sets, mirror pods, local storage, pods without a
/// controller; the first that objects decides.
struct DrainSelection {
    let call: VerbCall
    private(set) var pods: [FoundObject] = []
    /// The pods by what is wrong with them, in the order in which it was found.
    private var refused: [(reason: String, pods: [String])] = []
    private var noted: [(reason: String, pods: [String])] = []

    init(call: VerbCall, node: String, selector: LabelSelector) throws(VerbError) {
        self.call = call
        let found: ListResult
        do {
            found = try call.context.client.list(
                .pod, namespace: nil,
                options: ListOptions(
                    labels: selector, fields: try FieldSelector(parsing: "spec.nodeName=\(node)")))
        } catch let error as APIError {
            throw .api(error, nil)
        } catch {
            preconditionFailure("a node's name is a valid field value: \(error)")
        }
        for value in found.items {
            sort(FoundObject(info: call.context.kinds[.pod], value: value))
        }
    }

    var errors: [String] {
        refused.map { "cannot delete \($0.reason): \($0.pods.joined(separator: ", "))" }
    }

    var warnings: String {
        noted.map { "\($0.reason): \($0.pods.joined(separator: ", "))" }.joined(separator: "; ")
    }

    private enum Verdict {
        case evict
        case evictWith(warning: String)
        case leave
        case leaveWith(warning: String)
        case refuse(String)
    }

    private mutating func sort(_ pod: FoundObject) {
        var warning = ""
        for filter in [daemonSet, mirror, localStorage, unmanaged] {
            switch filter(pod) {
            // The last filter decides, also on what is warned of.
            case .evict: warning = ""
            case .evictWith(let text): warning = text
            case .leave: return
            case .leaveWith(let text): return Self.add(text, pod, to: &noted)
            case .refuse(let text): return Self.add(text, pod, to: &refused)
            }
        }
        if !warning.isEmpty { Self.add(warning, pod, to: &noted) }
        pods.append(pod)
    }

    private static func add(
        _ reason: String, _ pod: FoundObject, to list: inout [(reason: String, pods: [String])]
    ) {
        let name = "\(pod.namespace)/\(pod.name)"
        if let place = list.firstIndex(where: { $0.reason == reason }) {
            list[place].pods.append(name)
        } else {
            list.append((reason, [name]))
        }
    }

    private func daemonSet(_ pod: FoundObject) -> Verdict {
        guard let owner = ObjectMeta(pod.value[.metadata]).controllerReference,
            owner.kindName == "DaemonSet", !PodView(pod.value).isTerminal
        else { return .evict }
        do throws(APIError) {
            _ = try call.context.client.get(
                .daemonSet, namespace: pod.namespace, name: owner.name)
        } catch {
            return error.isNotFound && call.flags.bool("force")
                ? .evictWith(warning: error.message) : .refuse(error.message)
        }
        return call.flags.bool("ignore-daemonsets")
            ? .leaveWith(warning: "ignoring DaemonSet-managed Pods")
            : .refuse("DaemonSet-managed Pods (use --ignore-daemonsets to ignore)")
    }

    private func mirror(_ pod: FoundObject) -> Verdict {
        pod.value[.metadata][.annotations]["kubernetes.io/config.mirror"].isNull ? .evict : .leave
    }

    private func localStorage(_ pod: FoundObject) -> Verdict {
        let view = PodView(pod.value)
        guard view.spec.volumes.contains(where: { $0.fields.contains("emptyDir") }),
            !view.isTerminal
        else { return .evict }
        return call.flags.bool("delete-emptydir-data")
            ? .evictWith(warning: "deleting Pods with local storage")
            : .refuse("Pods with local storage (use --delete-emptydir-data to override)")
    }

    private func unmanaged(_ pod: FoundObject) -> Verdict {
        if PodView(pod.value).isTerminal { return .evict }
        if ObjectMeta(pod.value[.metadata]).controllerReference != nil { return .evict }
        return call.flags.bool("force")
            ? .evictWith(warning: "deleting Pods that declare no controller")
            : .refuse("Pods that declare no controller (use --force to override)")
    }
}
