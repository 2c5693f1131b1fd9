import Model
import Support
import Value

/// What a description needs beside its object. The caller reads it from the cluster on demand.
package struct DescribeContext {
    /// The instant of printing, for ages.
    package var now: Timestamp
    /// `--show-events`, true by default.
    package var showsEvents: Bool
    /// Lists the objects of a kind in a namespace ("" for all of them, and for kinds without
    /// namespaces), by namespace and name as the server does. Selecting is the description's.
    package var list: (_ kind: KindReference, _ namespace: String) -> [Value]

    /// A context that reads related objects through `list`.
    package init(
        now: Timestamp, showsEvents: Bool = true,
        list: @escaping (_ kind: KindReference, _ namespace: String) -> [Value]
    ) {
        self.now = now
        self.showsEvents = showsEvents
        self.list = list
    }

    /// A context without related objects: descriptions then show none, and no events.
    package init(now: Timestamp) {
        self.init(now: now, showsEvents: false) { _, _ in [] }
    }

    func age(_ timestamp: Value) -> String { ageText(timestamp, now: now) }
}

extension DescribeContext {
    func pods(in namespace: String) -> [Value] { list(.pod, namespace) }

    /// The object of a kind by name, or null.
    func object(_ kind: KindReference, namespace: String, name: String) -> Value {
        list(kind, namespace).first { $0.objectName == name } ?? .null
    }

    /// The objects of a kind that `owner` selects and controls.
    func controlled(by owner: Value, _ kind: KindReference) -> [Value] {
        let uid = owner[.metadata][.uid]
        guard !uid.isNull else { return [] }
        let selector = owner[.spec][.selector]
        // Only a ReplicationController selects by a plain map.
        let labels =
            owner[.kind].string == "ReplicationController"
            ? LabelSelector(labels: selector.fields) : LabelSelector(selector)
        return list(kind, owner.objectNamespace).filter {
            $0.controllerReference[.uid] == uid && labels.matches($0[.metadata][.labels].fields)
        }
    }

    /// The events about an object. As kubectl asks for them, pods match in any kind, and for nodes
    /// also those whose uid is the node's name.
    func events(about object: Value) -> [Value] {
        let metadata = object[.metadata]
        let kind = object[.kind].cellText
        var uids = [metadata[.uid].cellText]
        if kind == "Node" { uids.append(object.objectName) }
        return list(.event, object.objectNamespace).filter { event in
            let involved = eventObject(event)
            return involved[.name].cellText == object.objectName
                && involved[.namespace].cellText == object.objectNamespace
                && uids.contains(involved[.uid].cellText)
                && (kind == "Pod" || involved[.kind].cellText == kind)
        }
    }

    /// How many of the pods that `owner` controls are in each phase.
    func podPhases(of owner: Value) -> PodPhaseCounts {
        var counts = PodPhaseCounts()
        for pod in controlled(by: owner, .pod) {
            switch pod[.status][.phase].cellText {
            case "Running": counts.running += 1
            case "Pending": counts.waiting += 1
            case "Succeeded": counts.succeeded += 1
            case "Failed": counts.failed += 1
            default: break
            }
        }
        return counts
    }
}

/// Pods of a controller by phase.
struct PodPhaseCounts {
    var running = 0
    var waiting = 0
    var succeeded = 0
    var failed = 0

    /// As "Pods Status" shows them.
    var text: String {
        "\(running) Running / \(waiting) Waiting / \(succeeded) Succeeded / \(failed) Failed"
    }
}

extension KindReference {
    static let pod = KindReference(group: "", kind: "Pod")
    static let event = KindReference(group: "", kind: "Event")
    static let replicaSet = KindReference(group: "apps", kind: "ReplicaSet")
    static let resourceQuota = KindReference(group: "", kind: "ResourceQuota")
    static let limitRange = KindReference(group: "", kind: "LimitRange")
    static let secret = KindReference(group: "", kind: "Secret")
    static let service = KindReference(group: "", kind: "Service")
    static let endpointSlice = KindReference(group: "discovery.k8s.io", kind: "EndpointSlice")
    static let lease = KindReference(group: "coordination.k8s.io", kind: "Lease")
}
