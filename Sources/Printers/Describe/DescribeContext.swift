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
    /// The kinds of the cluster.
    package var kinds: KindRegistry
    /// How they are shown.
    package var printers: PrinterRegistry

    /// A context that reads related objects through `list`.
    package init(
        now: Timestamp, showsEvents: Bool = true, kinds: KindRegistry = .builtIn,
        printers: PrinterRegistry = .builtIn,
        list: @escaping (_ kind: KindReference, _ namespace: String) -> [Value]
    ) {
        self.now = now
        self.showsEvents = showsEvents
        self.kinds = kinds
        self.printers = printers
        let memory = Memory()
        self.memory = memory
        self.list = { kind, namespace in
            let place = Memory.Place(kind: kind, namespace: namespace)
            if let known = memory.lists[place] { return known }
            let found = list(kind, namespace)
            memory.lists[place] = found
            return found
        }
    }

    /// What was read before: all descriptions of a command are of one instant, and each would read all
    /// events anew.
    private final class Memory {
        struct Place: Hashable {
            let kind: KindReference
            let namespace: String
        }

        var lists: [Place: [Value]] = [:]
        /// The events of a namespace by the name of what they are about.
        var events: [String: [String: [Value]]] = [:]
    }

    private let memory: Memory

    /// The events of a namespace about whatever has the name.
    private func events(in namespace: String, about name: String) -> [Value] {
        if let known = memory.events[namespace] { return known[name] ?? [] }
        let grouped = Dictionary(grouping: list(.event, namespace)) {
            eventObject($0)[.name].cellText
        }
        memory.events[namespace] = grouped
        return grouped[name] ?? []
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
        let found = kinds.kind(
            apiVersion: owner[.apiVersion].cellText, name: owner[.kind].cellText)
        let info = (try? found.get()).map { kinds[$0] }
        let labels = info?.podSelector?.selector(of: owner) ?? .nothing
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
        return events(in: object.objectNamespace, about: object.objectName).filter { event in
            let involved = eventObject(event)
            return involved[.namespace].cellText == object.objectNamespace
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
    static let pod = KindReference(.pod)
    static let event = KindReference(.event)
    static let replicaSet = KindReference(.replicaSet)
    static let resourceQuota = KindReference(.resourceQuota)
    static let limitRange = KindReference(.limitRange)
    static let secret = KindReference(.secret)
    static let service = KindReference(.service)
    static let endpointSlice = KindReference(.endpointSlice)
    static let lease = KindReference(.lease)
}
