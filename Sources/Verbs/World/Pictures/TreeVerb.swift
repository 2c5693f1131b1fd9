import API
import Model
import Pictures
import Printers
import Value

extension Verb {
    /// `tree`: an object with what it owns, and what that owns.
    static let tree: Verb = {
        var verb = Verb("tree", group: .world, summary: "Show objects with what they own")
        verb.usage = "[TYPE/NAME …]"
        verb.examples = ["tree deployment/web", "kubectl tree"]
        verb.flags = [.allNamespaces]
        verb.completes = .resources
        verb.run = { call in try Tree(call).run() }
        return verb
    }()
}

/// One run of `tree`.
private struct Tree {
    private struct Node {
        let info: KindDescriptor
        let value: Value

        var name: String { "\(info.singular)/\(value[.metadata].text(.name))" }
    }

    private let call: VerbCall
    private var nodes: [Node] = []
    /// By uid: the places in ``nodes`` of what the object controls.
    private var children: [String: [Int]] = [:]
    /// By namespace and name: the claims, which belong to the pods that use them.
    private var claims: [String: Int] = [:]
    private var volumes: [String: Int] = [:]

    init(_ call: VerbCall) throws {
        self.call = call
        for info in call.context.kinds.all where info.kind != .event {
            let found = try? call.context.client.list(
                info.kind, namespace: nil, options: ListOptions())
            for value in found?.items ?? [] { add(Node(info: info, value: value)) }
        }
    }

    private mutating func add(_ node: Node) {
        let meta = ObjectMeta(node.value[.metadata])
        if let owner = meta.controllerReference?.uid ?? meta.ownerReferences.first?.uid {
            children[owner, default: []].append(nodes.count)
        }
        switch node.info.kind {
        case .persistentVolumeClaim: claims["\(meta.namespace)/\(meta.name)"] = nodes.count
        case .persistentVolume: volumes[meta.name] = nodes.count
        default: break
        }
        nodes.append(node)
    }

    func run() throws {
        var lines: [(text: String, state: String)] = []
        let roots = try roots()
        for root in roots { add(root, first: "", rest: "", to: &lines) }
        guard !lines.isEmpty else {
            throw VerbError.message("no object of the namespace \(call.namespace) owns another")
        }
        let width = lines.map(\.text.count).max() ?? 0
        for line in lines {
            let blanks = String(repeating: " ", count: width - line.text.count + 3)
            call.context.output.line(
                line.state.isEmpty ? line.text : line.text + blanks + line.state)
        }
    }

    // MARK: What is shown

    /// The objects that are named, or all that own others and belong to nobody.
    private func roots() throws -> [Int] {
        guard !call.arguments.isEmpty else {
            return nodes.indices.filter { place in
                let meta = ObjectMeta(nodes[place].value[.metadata])
                let isHere =
                    call.flags.bool("all-namespaces") || meta.namespace == call.namespace
                return isHere && meta.ownerReferences.isEmpty && !self.children(of: place).isEmpty
            }
        }
        return try call.findAll(call.arguments).compactMap { object in
            nodes.firstIndex {
                $0.value[.metadata].text(.uid) == object.value[.metadata].text(.uid)
            }
        }
    }

    private func children(of place: Int) -> [Int] {
        let node = nodes[place]
        let meta = ObjectMeta(node.value[.metadata])
        var found = children[meta.uid] ?? []
        switch node.info.kind {
        case .pod:
            found += PodSpecView(node.value[.spec]).volumes.compactMap { volume in
                volume[.persistentVolumeClaim][.claimName].string
                    .flatMap { claims["\(meta.namespace)/\($0)"] }
            }
        case .persistentVolumeClaim:
            if let volume = node.value[.spec][.volumeName].string.flatMap({ volumes[$0] }) {
                found.append(volume)
            }
        default: break
        }
        return found
    }

    /// A line for an object, then those of what is below it. Ownership cannot go in circles for long: depth
    /// is bounded all the same, since a user can write any reference.
    private func add(
        _ place: Int, first: String, rest: String, depth: Int = 0,
        to lines: inout [(text: String, state: String)]
    ) {
        lines.append((first + nodes[place].name, state(of: nodes[place])))
        let below = depth < 16 ? children(of: place) : []
        for (number, child) in below.enumerated() {
            let isLast = number == below.count - 1
            add(
                child, first: rest + (isLast ? "└─ " : "├─ "),
                rest: rest + (isLast ? "   " : "│  "),
                depth: depth + 1, to: &lines)
        }
    }

    // MARK: States

    /// The columns of `get` that tell how an object is.
    private static let columns: Set<String> = [
        "READY", "STATUS", "RESTARTS", "DESIRED", "CURRENT", "UP-TO-DATE", "AVAILABLE",
        "COMPLETIONS",
        "CAPACITY", "ACTIVE", "SUSPEND", "ENDPOINTS", "CLUSTER-IP",
    ]

    private func state(of node: Node) -> String {
        let table = call.context.session.printers[node.info.reference].table
        let context = TableContext(now: call.context.now)
        var parts = table.columns.filter { Self.columns.contains($0.header) && !$0.isWide }
            .map { "\($0.header.lowercased()) \($0.cell(node.value, context))" }
        if node.info.kind == .pod, let name = node.value[.spec][.nodeName].string {
            parts.append("on \(name)")
        }
        if let revision = revision(of: node) { parts.append("revision \(revision)") }
        if node.info.kind != .pod, node.value[.metadata][.deletionTimestamp].string != nil {
            parts.append("terminating")
        }
        return parts.joined(separator: ", ")
    }

    private func revision(of node: Node) -> String? {
        if let number = ObjectMeta(node.value[.metadata]).annotation(
            "deployment.kubernetes.io/revision"),
            node.info.kind == .replicaSet
        {
            return number
        }
        return node.info.kind == .controllerRevision
            ? node.value[.revision].int.map(String.init) : nil
    }
}
