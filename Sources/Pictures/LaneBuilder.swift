import API
import Model
import Support
import Value

/// Reads a history into lanes: pods under the workloads that own them, nodes, and other objects that were
/// asked for.
package struct LaneBuilder {
    /// Which objects are drawn.
    package struct Choice: Sendable {
        /// An object, by the name of its kind as one types it.
        package struct Name: Hashable, Sendable {
            package let kind: String
            package let name: String

            package init(kind: String, name: String) {
                self.kind = kind
                self.name = name
            }
        }

        /// Nil: those of every namespace.
        package var namespace: String?
        /// Pods are drawn that are one of these or that one of these owns, also through others; nodes on
        /// which such pods are; other objects by their changes. Empty: all pods and nodes.
        package var names: [Name]

        package init(namespace: String?, names: [Name]) {
            self.namespace = namespace
            self.names = names
        }
    }

    private let history: History
    private let choice: Choice
    private(set) var letters = RevisionLetters()
    /// Whether pods are of more than one namespace.
    private var hasSeveralNamespaces = false
    /// By uid: the last known version of each object that can own pods.
    private var owners: [String: History.Item] = [:]
    private var pods: [String: Lane] = [:]
    private var podWorkloads: [String: String] = [:]
    private var podOrder: [String] = []
    private var nodes: [String: Lane] = [:]
    private var nodeOrder: [String] = []
    /// The nodes that drawn pods were bound to.
    private var usedNodes: Set<String> = []
    private var changes: [Choice.Name: [Milliseconds]] = [:]
    /// By uid: the pods for which an image is pulled.
    private var pulling: Set<String> = []
    /// By uid: the last version of each pod.
    private var lastPods: [String: Value] = [:]

    package init(_ history: History, _ choice: Choice) {
        self.history = history
        self.choice = choice
        readOwners()
        readWrites()
        readUnchanged()
    }

    // MARK: What was found

    /// The nodes, then what was asked for beside pods, then workloads in the order of their first pods.
    package var groups: [LaneGroup] {
        var groups: [LaneGroup] = []
        let shownNodes = nodeOrder.filter {
            choice.names.isEmpty || usedNodes.contains($0) || isNamed($0)
        }
        if !shownNodes.isEmpty {
            var group = LaneGroup(title: "", countsReady: false)
            group.lanes = shownNodes.compactMap { nodes[$0] }
            groups.append(group)
        }
        var places: [String: Int] = [:]
        for key in podOrder {
            let workload = podWorkloads[key] ?? ""
            if places[workload] == nil {
                places[workload] = groups.count
                groups.append(LaneGroup(title: workload, countsReady: !workload.isEmpty))
            }
            if let place = places[workload], let lane = pods[key] {
                groups[place].lanes.append(lane)
            }
        }
        for place in groups.indices where groups[place].countsReady {
            groups[place].lanes.sort { isBefore($0, $1) }
        }
        return groups
    }

    /// When objects changed that are neither pods nor nodes nor owners of drawn pods, in the order in
    /// which they were named.
    package var otherChanges: [(name: String, instants: [Milliseconds])] {
        choice.names.compactMap { name in
            guard name.kind != "pod", name.kind != "node" else { return nil }
            let title = "\(name.kind)/\(name.name)"
            guard !podWorkloads.values.contains(title) else { return nil }
            return (title, changes[name] ?? [])
        }
    }

    /// Lanes by when they begin, then by the ordinals that end their names.
    private func isBefore(_ left: Lane, _ right: Lane) -> Bool {
        let (first, second) = (left.spans.first?.start ?? 0, right.spans.first?.start ?? 0)
        let (one, other) = (Self.ordinal(left.name), Self.ordinal(right.name))
        if let one, let other { return one != other ? one < other : left.name < right.name }
        return first != second ? first < second : left.name < right.name
    }

    /// The number behind the last dash, if it is one.
    private static func ordinal(_ name: String) -> Int? {
        guard let dash = name.lastIndex(of: "-") else { return nil }
        let digits = name[name.index(after: dash)...]
        return digits.count <= 5 && digits.allSatisfy(\.isNumber) ? Int(digits) : nil
    }

    // MARK: Owners

    private mutating func readOwners() {
        var namespaces = Set(
            history.writes.lazy.filter { $0.kind == "pod" }.map(\.record.key.namespace))
        for item in history.objects where item.kind == "pod" {
            namespaces.insert(item.value[.metadata].text(.namespace))
        }
        hasSeveralNamespaces = namespaces.count > 1
        for write in history.writes where write.kind != "event" && write.kind != "pod" {
            owners[write.record.object[.metadata].text(.uid)] = History.Item(
                kind: write.kind, value: write.record.object)
        }
        for item in history.objects where item.kind != "event" && item.kind != "pod" {
            owners[item.value[.metadata].text(.uid)] = item
        }
    }

    /// The chain of controllers above an object: as they are typed, the next one first.
    private func line(above value: Value) -> [Choice.Name] {
        var line: [Choice.Name] = []
        var next = ObjectMeta(value[.metadata]).controllerReference
        while let reference = next, line.count < 8 {
            let owner = owners[reference.uid]
            line.append(
                Choice.Name(
                    kind: owner?.kind ?? reference.value.text(.kind).lowercased(),
                    name: reference.name))
            next = owner.flatMap { ObjectMeta($0.value[.metadata]).controllerReference }
        }
        return line
    }

    private func isNamed(_ node: String) -> Bool {
        choice.names.contains(Choice.Name(kind: "node", name: node))
    }

    private func isWanted(_ value: Value) -> Bool {
        choice.namespace.map { $0 == value[.metadata].text(.namespace) } ?? true
    }

    // MARK: Writes

    private mutating func readWrites() {
        for write in history.writes {
            let record = write.record
            switch write.kind {
            case "pod": readPod(record)
            case "node": readNode(record)
            case "event": readEvent(record)
            default: break
            }
            if !choice.names.isEmpty {
                let name = Choice.Name(kind: write.kind, name: record.key.name)
                if choice.names.contains(name),
                    isWanted(record.object) || record.key.namespace.isEmpty
                {
                    changes[name, default: []].append(record.time)
                }
            }
        }
    }

    private mutating func readPod(_ record: WriteRecord) {
        let uid = record.object[.metadata].text(.uid)
        if let old = record.old, lastPods[uid] == nil { show(pod: old, at: history.start) }
        if record.type == .deleted {
            end(pod: record.object, at: record.time)
            lastPods[uid] = nil
        } else {
            show(pod: record.object, at: record.time)
        }
    }

    private func laneKey(_ pod: Value) -> String {
        "\(pod[.metadata].text(.namespace))/\(pod[.metadata].text(.name))"
    }

    private mutating func show(pod: Value, at instant: Milliseconds) {
        guard isWanted(pod) else { return }
        let meta = pod[.metadata]
        let line = line(above: pod)
        if !choice.names.isEmpty {
            let own = Choice.Name(kind: "pod", name: meta.text(.name))
            guard ([own] + line).contains(where: choice.names.contains) else {
                if let node = pod[.spec][.nodeName].string, isNamed(node) {
                    return keep(pod, line, at: instant)
                }
                return
            }
        }
        keep(pod, line, at: instant)
    }

    private mutating func keep(_ pod: Value, _ line: [Choice.Name], at instant: Milliseconds) {
        let meta = ObjectMeta(pod[.metadata])
        let uid = meta.uid
        lastPods[uid] = pod
        let workload = line.last.map { "\($0.kind)/\($0.name)" } ?? ""
        let key = laneKey(pod)
        if pods[key] == nil {
            pods[key] = Lane(name: title(of: meta))
            podWorkloads[key] = workload
            podOrder.append(key)
        }
        if let node = pod[.spec][.nodeName].string { usedNodes.insert(node) }
        pods[key]?.append(
            Lane.Span(
                start: instant, stage: Stage(pod: pod, isPulling: pulling.contains(uid)),
                letter: letters.letter(
                    for: pod, workload: workload, owner: meta.controllerReference)))
    }

    private func title(of meta: ObjectMeta) -> String {
        choice.namespace == nil && hasSeveralNamespaces
            ? "\(meta.namespace)/\(meta.name)" : meta.name
    }

    private mutating func end(pod: Value, at instant: Milliseconds) {
        pods[laneKey(pod)]?.append(Lane.Span(start: instant, stage: nil))
        pulling.remove(pod[.metadata].text(.uid))
    }

    private mutating func readNode(_ record: WriteRecord) {
        if let old = record.old { show(node: old, at: history.start) }
        if record.type == .deleted {
            nodes[record.key.name]?.append(Lane.Span(start: record.time, stage: nil))
        } else {
            add(node: record.object, at: record.time)
        }
    }

    /// A node that was there already, if it is not known yet.
    private mutating func show(node: Value, at instant: Milliseconds) {
        if nodes[node[.metadata].text(.name)] == nil { add(node: node, at: instant) }
    }

    private mutating func add(node: Value, at instant: Milliseconds) {
        let name = node[.metadata].text(.name)
        if nodes[name] == nil {
            nodes[name] = Lane(name: "node/\(name)")
            nodeOrder.append(name)
        }
        nodes[name]?.append(Lane.Span(start: instant, stage: Stage(node: node)))
    }

    /// A kubelet tells of a pull by events alone.
    private mutating func readEvent(_ record: WriteRecord) {
        let event = record.object
        let uid = event[.involvedObject].text(.uid)
        switch event.text(.reason) {
        case "Pulling": pulling.insert(uid)
        case "Pulled", "Failed", "BackOff": pulling.remove(uid)
        default: return
        }
        if let pod = lastPods[uid] { show(pod: pod, at: record.time) }
    }

    // MARK: What did not change

    private mutating func readUnchanged() {
        for item in history.objects {
            switch item.kind {
            case "pod" where lastPods[item.value[.metadata].text(.uid)] == nil:
                show(pod: item.value, at: history.start)
            case "node": show(node: item.value, at: history.start)
            default: break
            }
        }
    }
}
