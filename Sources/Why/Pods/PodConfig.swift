import API
import Cluster
import Model
import Support
import Value

/// ConfigMaps and Secrets that a pod asks for and that are not there.
struct PodConfig {
    private let pod: StoredObject
    private let inquiry: Inquiry

    init(_ pod: StoredObject, _ inquiry: Inquiry) {
        self.pod = pod
        self.inquiry = inquiry
    }

    /// What would make what `message` misses: a kubelet's words.
    func hints(_ message: String) -> [Finding.Hint] {
        for (word, kind) in [("configmap", Kind.configMap), ("secret", Kind.secret)] {
            for name in names(word) {
                if message.contains("\(word) \"\(name)\" not found") { return [create(kind, name)] }
                let title = kind == .configMap ? "ConfigMap" : "Secret"
                let owner = "in \(title) \(pod.namespace)/\(name)"
                guard message.contains(owner), let key = missingKey(message) else { continue }
                return [add(key, kind, name)]
            }
        }
        return []
    }

    /// `couldn't find key level in ConfigMap default/app`.
    private func missingKey(_ message: String) -> String? {
        let parts = message.components(parted: "find key ")
        guard parts.count > 1 else { return nil }
        return parts[1].split(separator: " ").first.map(String.init)
    }

    private func create(_ kind: Kind, _ name: String) -> Finding.Hint {
        let keys = keys(kind, name)
        let literals = keys.isEmpty ? "" : keys.map { " --from-literal=\($0)=VALUE" }.joined()
        let verb = kind == .configMap ? "create configmap" : "create secret generic"
        return Finding.Hint(
            inquiry.command("\(verb) \(name)\(literals)", in: pod.namespace),
            "makes what the pod asks for" + (keys.isEmpty ? "" : ", with values of yours"))
    }

    private func add(_ key: String, _ kind: Kind, _ name: String) -> Finding.Hint {
        let field = kind == .configMap ? "data" : "stringData"
        return Finding.Hint(
            inquiry.command(
                "patch \(inquiry.kinds[kind].singular) \(name) -p "
                    + "'{\"\(field)\":{\"\(key)\":\"VALUE\"}}'", in: pod.namespace),
            "adds the key, with a value of yours")
    }

    // MARK: What the pod names

    private var containers: [Value] {
        let spec = pod.value[.spec]
        return spec[.initContainers].elements + spec[.containers].elements
    }

    private func names(_ word: String) -> [String] {
        let kind = word == "configmap" ? Kind.configMap : .secret
        var found: [String] = []
        for reference in references(kind) {
            let name = reference.name
            if !name.isEmpty, !found.contains(name) { found.append(name) }
        }
        return found
    }

    /// The keys of an object that the pod names, each once.
    private func keys(_ kind: Kind, _ name: String) -> [String] {
        var found: [String] = []
        for reference in references(kind) where reference.name == name {
            for key in reference.keys where !found.contains(key) { found.append(key) }
        }
        return found
    }

    private func references(_ kind: Kind) -> [(name: String, keys: [String])] {
        let (reference, all, volume): (Key, Key, Key) =
            kind == .configMap
            ? ("configMapKeyRef", "configMapRef", "configMap")
            : ("secretKeyRef", "secretRef", "secret")
        var found: [(name: String, keys: [String])] = []
        for container in containers {
            for entry in container[.env].elements {
                let source = entry["valueFrom"][reference]
                if !source.isNull { found.append((source.text(.name), [source.text(.key)])) }
            }
            for entry in container["envFrom"].elements where !entry[all].isNull {
                found.append((entry[all].text(.name), []))
            }
        }
        for entry in pod.value[.spec][.volumes].elements where !entry[volume].isNull {
            let source = entry[volume]
            let name = kind == .configMap ? source.text(.name) : source.text("secretName")
            found.append((name, source["items"].elements.map { $0.text(.key) }))
        }
        return found
    }
}

/// What would keep a container within its memory.
struct MemoryHints {
    private let pod: StoredObject
    private let inquiry: Inquiry

    init(_ pod: StoredObject, _ inquiry: Inquiry) {
        self.pod = pod
        self.inquiry = inquiry
    }

    func hints(_ container: ContainerView) -> [Finding.Hint] {
        guard let limit = Quantity(container.limits[.memory]) else { return [] }
        let owner = inquiry.controllers(of: pod).last
        guard let used = inquiry.cluster.memoryInUse(of: container.name, in: pod), let owner,
            inquiry.kinds[owner.kind].podTemplate != nil
        else {
            return [
                Finding.Hint(
                    "",
                    "it needs a memory limit above \(limit.text), or a program that is content "
                        + "with less")
            ]
        }
        // What it will use, rounded up to whole 64Mi.
        let step: Int64 = 64 << 20
        let wanted = (used + step) / step * step
        return [
            Finding.Hint(
                inquiry.command(
                    "set resources \(inquiry.kinds[owner.kind].singular)/\(owner.name) "
                        + "-c=\(container.name) --limits=memory=\(wanted >> 20)Mi",
                    in: owner.namespace), "gives it room enough")
        ]
    }
}

/// Whether what a workload was before would mend it.
struct TemplateHints {
    private let inquiry: Inquiry

    init(_ inquiry: Inquiry) { self.inquiry = inquiry }

    /// `rollout undo` for the workload of a pod whose template came with the last rollout; none for a pod
    /// of its first template.
    func undo(forPod pod: StoredObject) -> [Finding.Hint] {
        let owners = inquiry.controllers(of: pod)
        guard let owner = owners.last, isPresent(pod, owners) else { return [] }
        return undo(owner)
    }

    /// Whether a pod of a workload has another template than that has now: what is changed there does
    /// not reach it.
    func isOutdated(_ pod: StoredObject) -> Bool {
        let owners = inquiry.controllers(of: pod)
        guard let owner = owners.last else { return false }
        switch owner.kind {
        case .deployment, .statefulSet, .daemonSet: return !isPresent(pod, owners)
        default: return false
        }
    }

    /// Whether a pod has the template that its workload has now: only that can be undone.
    private func isPresent(_ pod: StoredObject, _ owners: [StoredObject]) -> Bool {
        guard let owner = owners.last else { return false }
        let hash = pod.value[.metadata][.labels]["controller-revision-hash"].string
        switch owner.kind {
        case .deployment:
            let revision: Key = "deployment.kubernetes.io/revision"
            return owners[0].value[.metadata][.annotations][revision]
                == owner.value[.metadata][.annotations][revision]
        case .statefulSet: return hash == StatefulSetView(owner.value).updateRevision
        case .daemonSet:
            let newest = inquiry.controlled(.controllerRevision, by: owner).max {
                $0.value.int("revision") < $1.value.int("revision")
            }
            return hash == newest?.value[.metadata][.labels]["controller-revision-hash"].string
        default: return false
        }
    }

    func undo(_ owner: StoredObject) -> [Finding.Hint] {
        guard hasEarlier(owner) else { return [] }
        return [
            Finding.Hint(
                inquiry.command(
                    "rollout undo \(inquiry.kinds[owner.kind].singular)/\(owner.name)",
                    in: owner.namespace), "goes back to the template before")
        ]
    }

    private func hasEarlier(_ owner: StoredObject) -> Bool {
        switch owner.kind {
        case .deployment: inquiry.controlled(.replicaSet, by: owner).count > 1
        case .statefulSet, .daemonSet:
            inquiry.controlled(.controllerRevision, by: owner).count > 1
        default: false
        }
    }
}
