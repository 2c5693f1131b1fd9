import Model
import Support
import Value

/// Something that keeps a cluster from coming to rest, in words.
package struct Blocker: Hashable, Sendable {
    /// "pod/web-1", with the namespace's name where it is not `default`.
    package let object: String
    /// "terminating: finalizers example.com/hold", "not scheduled: 0/3 nodes are available: …".
    package let reason: String
}

extension SimulatedCluster {
    /// What a waiting command may be waiting for: objects that do not go, pods that do not become
    /// ready, workloads whose controller has not seen their spec. By kind, then namespace and name.
    package func blockers() -> [Blocker] {
        var found: [Blocker] = []
        for info in api.kinds.all where info.kind != .event {
            for object in state.list(info.kind) {
                if let reason = blocking(object) {
                    found.append(Blocker(object: reference(object, info), reason: reason))
                }
            }
        }
        return found
    }

    private func reference(_ object: StoredObject, _ info: KindDescriptor) -> String {
        let name = "\(info.qualifiedSingular)/\(object.name)"
        return object.namespace.isEmpty || object.namespace == "default"
            ? name : "\(name) in \(object.namespace)"
    }

    private func blocking(_ object: StoredObject) -> String? {
        let metadata = object.value[.metadata]
        if object.isDeleting {
            let finalizers = metadata[.finalizers].elements.compactMap(\.string)
            if !finalizers.isEmpty {
                return "terminating: held by finalizers \(finalizers.joined(separator: ", "))"
            }
            if let node = object.nodeName, machines[node] != .running {
                return "terminating: node \(node) does not answer"
            }
            return "terminating"
        }
        if object.kind == .pod { return blockingPod(object) }
        guard api.kinds[object.kind].reportsObservedGeneration, isUnobserved(object) else {
            return nil
        }
        return "its controller has not seen generation \(metadata.int(.generation))"
    }

    private func blockingPod(_ pod: StoredObject) -> String? {
        let view = PodView(pod.value)
        if view.isTerminal || view.isReady { return nil }
        let conditions = pod.value[.status].conditions
        if pod.nodeName?.isEmpty != false {
            let message = conditions["PodScheduled"]?.value.text(.message) ?? ""
            return message.isEmpty ? "not scheduled" : "not scheduled: \(message)"
        }
        let statuses = pod.value[.status][.containerStatuses].elements
        for status in pod.value[.status][.initContainerStatuses].elements + statuses {
            let waiting = status[.state][.waiting]
            guard let reason = waiting[.reason].string else { continue }
            let message = waiting.text(.message)
            let detail = message.isEmpty ? reason : "\(reason): \(message)"
            return "container \(status.text(.name)) waits: \(detail)"
        }
        return "not ready"
    }
}
