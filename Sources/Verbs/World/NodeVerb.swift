import API
import Model
import Value

extension Verb {
    /// `node add|remove|fail|recover|partition`: the machines of the cluster.
    static let node: Verb = {
        var verb = Verb("node", group: .world, summary: "Add, remove, break and mend machines")
        verb.changesMachines = true
        verb.usage = "add|remove|fail|recover|partition NAME …"
        verb.subverbs = [.nodeAdd, .nodeRemove, .nodeFail, .nodeRecover, .nodePartition]
        verb.checksSubverbs = true
        return verb
    }()

    static let nodeAdd: Verb = {
        var verb = Verb(
            "add", group: .world, summary: "Add machines, whose kubelets register Ready nodes")
        verb.usage =
            "NAME … [--cpu 4] [--memory 8Gi] [--pods 110] [--label k=v] [--taint k=v:Effect] "
            + "[--not-ready] [--network-unavailable]"
        verb.examples = [
            "node add worker-1 worker-2", "node add gpu-1 --cpu 16 --memory 64Gi --label disk=ssd",
        ]
        verb.flags = [
            Flag("cpu", nil, .string, "cores", standard: "4"),
            Flag("memory", nil, .string, "memory", standard: "8Gi"),
            Flag("pods", nil, .int, "how many pods fit", standard: "110"),
            Flag("label", "l", .strings, "a label, key=value"),
            Flag("taint", nil, .strings, "a taint, key=value:Effect"),
            Flag("version", nil, .string, "the kubelet's version"),
            Flag(
                "not-ready", nil, .bool,
                "without a network: not ready until a network plugin's DaemonSet runs there"),
            Flag(
                "network-unavailable", nil, .bool,
                "without a route: kept from pods until a network plugin's DaemonSet runs there"),
        ]
        verb.run = addNodes
        return verb
    }()

    private static func addNodes(_ call: VerbCall) throws {
        guard !call.arguments.isEmpty else {
            throw VerbError.message("node add needs at least one name, as in: node add worker-1")
        }
        let world = try call.context.world()
        let template = try template(call, from: world.nodeTemplate)
        for name in call.arguments {
            do throws(APIError) {
                try world.addMachine(name, template)
            } catch {
                throw VerbError.message(
                    error.isAlreadyExists ? "there is a node \(name) already" : error.message)
            }
            call.context.output.line("node/\(name) added")
            let taints = template.taints.map { TaintView(key: $0.key, effect: $0.effect) }
            call.warnOfManaged(taints, onNode: name, isReady: !template.lacks.contains(.runtime))
        }
    }

    private static func template(
        _ call: VerbCall, from standard: NodeTemplate
    ) throws(VerbError) -> NodeTemplate {
        var template = standard
        for (flag, path) in [("cpu", \NodeTemplate.cpu), ("memory", \NodeTemplate.memory)] {
            guard call.flags.has(flag) else { continue }
            let text = call.flags.string(flag)
            guard let quantity = try? Quantity(parsing: text), quantity > .zero else {
                throw .message(
                    "--\(flag) is a quantity above zero such as 4, 500m or 8Gi; found \(text)")
            }
            template[keyPath: path] = quantity.text
        }
        if call.flags.has("pods") { template.pods = call.flags.int("pods") }
        if call.flags.bool("not-ready") { template.lacks.insert(.runtime) }
        if call.flags.bool("network-unavailable") { template.lacks.insert(.route) }
        if call.flags.has("version") { template.version = call.flags.string("version") }
        for label in call.flags.strings("label").flatMap({ $0.split(separator: ",") }) {
            let halves = label.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else {
                throw .message("--label is key=value; found \(label)")
            }
            template.labels.append((String(halves[0]), String(halves[1])))
        }
        for taint in call.flags.strings("taint") {
            let halves = taint.split(separator: ":", omittingEmptySubsequences: false)
            guard halves.count == 2,
                ["NoSchedule", "PreferNoSchedule", "NoExecute"].contains(String(halves[1]))
            else {
                throw .message(
                    "--taint is key=value:Effect with the effect NoSchedule, PreferNoSchedule or "
                        + "NoExecute; found \(taint)")
            }
            let pair = halves[0].split(separator: "=", maxSplits: 1).map(String.init)
            template.taints.append(
                (
                    key: pair.first ?? "", value: pair.count == 2 ? pair[1] : "",
                    effect: String(halves[1])
                ))
        }
        return template
    }

    static let nodeRemove = machineVerb(
        "remove", summary: "Take machines and their Node objects away", done: "removed"
    ) { world, name throws(APIError) in
        try world.removeMachine(name)
    }

    static let nodeFail = machineVerb(
        "fail", summary: "Let machines die; their Node objects stay", done: "failed"
    ) { world, name throws(APIError) in
        world.setMachine(name, .failed)
    }

    static let nodeRecover = machineVerb(
        "recover", summary: "Start dead machines again, or connect cut-off ones", done: "recovered"
    ) { world, name throws(APIError) in
        world.setMachine(name, .running)
    }

    static let nodePartition = machineVerb(
        "partition", summary: "Cut machines off: containers run on, but nobody hears of them",
        done: "partitioned"
    ) { world, name throws(APIError) in
        world.setMachine(name, .partitioned)
    }

    private static func machineVerb(
        _ name: String, summary: String, done: String,
        _ work: @escaping @Sendable (any WorldControl, String) throws(APIError) -> Void
    ) -> Verb {
        var verb = Verb(name, group: .world, summary: summary)
        verb.usage = "NAME …"
        verb.examples = ["node \(name) worker-1"]
        verb.completes = .names("nodes")
        verb.run = { call in
            guard !call.arguments.isEmpty else {
                throw VerbError.message(
                    "node \(name) needs at least one name, as in: node \(name) worker-1")
            }
            let world = try call.context.world()
            for node in call.arguments {
                guard let machine = world.machine(node), machine != .removed else {
                    throw VerbError.message(
                        "there is no machine \(node); `get nodes` lists the nodes")
                }
                do throws(APIError) {
                    try work(world, node)
                } catch {
                    throw VerbError.message(error.message)
                }
                call.context.output.line("node/\(node) \(done)")
            }
        }
        return verb
    }
}
