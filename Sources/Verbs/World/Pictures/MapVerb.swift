import API
import Model
import Pictures
import Value

extension Verb {
    /// `map`: nodes with their pods, and how full they are.
    static let map: Verb = {
        var verb = Verb("map", group: .world, summary: "Show nodes with their pods, as they fill")
        verb.usage = "[--width COLUMNS]"
        verb.examples = ["map"]
        verb.flags = [
            Flag("width", nil, .int, "the columns of a line; that of the terminal, or 80")
        ]
        verb.run = { call in
            guard call.arguments.isEmpty else {
                throw VerbError.message(
                    "map takes no names; `describe node/\(call.arguments[0])` shows one node")
            }
            try NodeMap(call).run()
        }
        return verb
    }()
}

/// One run of `map`.
private struct NodeMap {
    private let call: VerbCall
    private let width: Int
    private let nodes: [Value]
    /// By node, in the order of names; those of no node under "".
    private var pods: [String: [Value]] = [:]
    private var workloads = WorkloadLetters()

    init(_ call: VerbCall) throws {
        self.call = call
        width = try call.pictureWidth()
        func list(_ kind: Kind) throws -> [Value] {
            try call.context.client.list(kind, namespace: nil, options: ListOptions()).items
        }
        nodes = try list(.node)
        for pod in try list(.pod) where !PodView(pod).isTerminal {
            pods[PodView(pod).nodeName, default: []].append(pod)
        }
    }

    func run() throws {
        guard !nodes.isEmpty else {
            throw VerbError.message("the cluster has no nodes; `node add worker-1` adds one")
        }
        var map = self
        for node in nodes { map.show(node) }
        map.show(pods: pods[""] ?? [], under: "no node yet")
        for line in map.workloads.legend { call.context.output.line(line) }
    }

    private mutating func show(_ node: Value) {
        let meta = ObjectMeta(node[.metadata])
        let own = pods[meta.name] ?? []
        let has = Model.ResourceList(node[.status][.allocatable].fields)
        var used = Model.ResourceList()
        for pod in own { used.add(PodSpecView(pod[.spec]).requests) }
        let amounts = [
            "cpu " + share(used[.cpu].milliValue, has[.cpu].milliValue, used[.cpu], has[.cpu]),
            "memory " + share(used[.memory].value, has[.memory].value, used[.memory], has[.memory]),
            "pods \(own.count)/\(has[.pods].value)",
        ]
        show(
            pods: own,
            under: "\(meta.name)  \(Stage(node: node).stateWord)  "
                + amounts.joined(separator: "  "), isNode: true)
    }

    /// `[####······] 500m of 4`
    private func share(_ part: Int64, _ whole: Int64, _ used: Quantity, _ has: Quantity) -> String {
        let full = whole > 0 ? Int(min(Double(part) / Double(whole), 1) * 10 + 0.5) : 0
        let bar = String(repeating: "#", count: full) + String(repeating: "·", count: 10 - full)
        return "[\(bar)] \(used.text) of \(has.text)"
    }

    private mutating func show(pods: [Value], under title: String, isNode: Bool = false) {
        guard isNode || !pods.isEmpty else { return }
        call.context.output.line(title)
        var line = "  "
        for pod in pods {
            if line.count >= width { flush(&line) }
            line.append(workloads.sign(of: pod))
        }
        if line.count > 2 { flush(&line) }
    }

    private func flush(_ line: inout String) {
        call.context.output.line(line)
        line = "  "
    }
}

/// A letter for each controller of pods, in the order of their first pods.
private struct WorkloadLetters {
    private var letters: [String: Character] = [:]
    private var names: [String] = []
    private var stages: Set<UInt8> = []

    mutating func sign(of pod: Value) -> Character {
        let meta = ObjectMeta(pod[.metadata])
        let owner = meta.controllerReference.map {
            "\($0.value.text(.kind).lowercased())/\($0.name)"
        }
        let name = "\(owner ?? "pod/\(meta.name)") in \(meta.namespace)"
        if letters[name] == nil {
            letters[name] = Character(UnicodeScalar(UInt8(65 + names.count % 26)))
            names.append(name)
        }
        let stage = Stage(pod: pod, isPulling: false)
        let sign = Lane.Span(start: 0, stage: stage, letter: letters[name]).sign
        if stage != .ready, stage != .starting { stages.insert(stage.rawValue) }
        return sign
    }

    var legend: [String] {
        guard !names.isEmpty else { return [] }
        var signs = ["A ready", "a starting or not ready"]
        signs += Stage.allCases.filter { stages.contains($0.rawValue) }.map {
            "\($0.sign) \($0.words)"
        }
        return ["", signs.joined(separator: "   ")]
            + names.map { "\(letters[$0] ?? "?")  \($0)" }
    }
}
