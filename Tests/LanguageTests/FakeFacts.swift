import Language
import Support
import Tools
import Value

/// Kinds, fields and commands of a small world.
class FakeFacts: Facts {
    static let kinds: [KindFacts] = [
        KindFacts(id: 1, kind: "Pod", resource: "pods", isNamespaced: true),
        KindFacts(id: 2, kind: "Deployment", resource: "deployments", isNamespaced: true),
        KindFacts(id: 3, kind: "Node", resource: "nodes", isNamespaced: false),
        KindFacts(id: 4, kind: "Event", resource: "events", isNamespaced: true),
    ]
    static let shortNames = [
        "po": 1, "pod": 1, "deploy": 2, "deployment": 2, "deployments.apps": 2, "node": 3,
    ]

    /// Paths (items as `*`) with their types; `?` marks integers and booleans that read zero.
    static let fields: [Int: [String: String]] = [
        1: [
            "apiVersion": "string", "kind": "string", "metadata": "map",
            "metadata.name": "string", "metadata.namespace": "string", "metadata.labels": "any",
            "metadata.creationTimestamp": "time", "spec": "map", "spec.nodeName": "string",
            "spec.containers": "list", "spec.containers.*": "map",
            "spec.containers.*.name": "string", "spec.containers.*.image": "string",
            "spec.containers.*.cpu": "quantity", "spec.containers.*.ports": "list",
            "spec.containers.*.ports.*": "map",
            "spec.containers.*.ports.*.containerPort": "integer",
            "status": "map", "status.phase": "string", "status.ready": "boolean?",
            "status.restarts": "integer?", "status.startTime": "time", "status.reason": "string",
        ],
        2: [
            "apiVersion": "string", "kind": "string", "metadata": "map",
            "metadata.name": "string", "metadata.labels": "any", "spec": "map",
            "spec.replicas": "integer", "spec.paused": "boolean", "spec.surge": "integerOrString",
            "status": "map", "status.replicas": "integer?", "status.readyReplicas": "integer?",
        ],
        3: [
            "apiVersion": "string", "kind": "string", "metadata": "map",
            "metadata.name": "string", "status": "map", "status.capacity": "map",
            "status.capacity.cpu": "quantity", "status.grace": "duration",
        ],
    ]

    var includes: [String: String] = [:]

    func kind(named name: String) -> KindFacts? {
        if let id = Self.shortNames[name] { return Self.kinds[id - 1] }
        return Self.kinds.first { $0.resource == name || $0.kind == name }
    }

    func kind(apiVersion: String, kind: String) -> KindFacts? {
        Self.kinds.first { $0.kind == kind }
    }

    func nearestKind(to name: String) -> String? {
        nearestName(to: name, among: Self.kinds.map(\.resource) + ["pod", "deployment", "node"])
    }

    func fieldFact(of kind: KindFacts, at path: [FactStep]) -> FieldFact {
        var text: [String] = []
        for step in path {
            switch step {
            case .field(let name): text.append(name)
            case .item: text.append("*")
            }
            if Self.fields[kind.id]?[text.joined(separator: ".")] == "any", text.count < path.count
            {
                return .unchecked
            }
        }
        guard let type = Self.fields[kind.id]?[text.joined(separator: ".")] else {
            let prefix = text.dropLast().joined(separator: ".")
            let siblings = (Self.fields[kind.id] ?? [:]).keys.sorted().filter {
                $0.split(separator: ".").dropLast().joined(separator: ".") == prefix
            }.map { String($0.split(separator: ".").last ?? "") }
            return .unknown(
                owner: prefix.isEmpty ? kind.kind : "\(kind.kind) .\(prefix)",
                nearest: nearestName(to: text.last ?? "", among: siblings))
        }
        let names: [String: FieldType] = [
            "boolean": .boolean, "integer": .integer, "string": .string, "quantity": .quantity,
            "integerOrString": .integerOrString, "duration": .duration, "time": .time,
            "list": .list, "map": .map, "any": .any,
        ]
        let readsZero = type.hasSuffix("?")
        return .known(
            names[readsZero ? String(type.dropLast()) : type] ?? .any, readsZero: readsZero)
    }

    func mergeKeys(of kind: KindFacts, at path: [FactStep]) -> [String] {
        switch path.last {
        case .field("containers")?: ["name"]
        case .field("ports")?: ["containerPort"]
        default: []
        }
    }

    static let verbs = [
        "fail", "advance", "set", "remove", "later", "get", "seed", "apply", "words", "edit",
    ]

    func problems(with command: CommandShape) -> [CommandProblem] {
        guard let verb = command.words.first ?? nil, !Self.verbs.contains(verb),
            ToolRegistry.tool(named: verb) == nil, ShellBuiltin(rawValue: verb) == nil
        else { return [] }
        return [
            CommandProblem(
                wordIndex: 0, message: "unknown command `\(verb)`",
                hint: nearestName(to: verb, among: Self.verbs + ToolRegistry.names).map {
                    "did you mean `\($0)`?"
                })
        ]
    }

    func advancesTime(_ command: CommandShape) -> Bool { command.words.first == "advance" }

    func includedText(path: String, including: String) -> (name: String, text: String)? {
        includes[path].map { (path, $0) }
    }
}
