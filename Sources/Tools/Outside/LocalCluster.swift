extension Tool {
    /// `minikube start` and the like: what sets a cluster up on somebody's machine adds the nodes that it
    /// would have, where there are none.
    static let minikube: Tool = outside(
        "minikube", "sets up a cluster: adds its nodes where there are none",
        ["minikube start", "minikube start --nodes 3"]
    ) { call throws(ToolStop) in
        try LocalCluster(call).minikube()
    }

    static let kind: Tool = outside(
        "kind", "sets up a cluster: adds its nodes where there are none",
        ["kind create cluster", "kind create cluster --config kind.yaml"]
    ) { call throws(ToolStop) in
        try LocalCluster(call).kind()
    }

    static let k3d: Tool = outside(
        "k3d", "sets up a cluster: adds its nodes where there are none",
        ["k3d cluster create demo --agents 2"]
    ) { call throws(ToolStop) in
        try LocalCluster(call).k3d()
    }

    static let kubeadm: Tool = outside(
        "kubeadm", "sets up a control plane: there is one", ["kubeadm init"]
    ) { call throws(ToolStop) in
        try LocalCluster(call).kubeadm()
    }

    static let kubens = Tool(
        "kubens", summary: "lists the namespaces, or says which one commands mean",
        usage: "[NAMESPACE]", examples: ["kubens kube-system"]
    ) { call throws(ToolStop) in
        let operands = try call.options().operands
        if operands.count > 1 { throw .failure("one namespace at a time") }
        guard let name = operands.first else {
            return try call.run(
                [
                    "kubectl", "get", "namespaces", "-o",
                    "jsonpath={range .items[*]}{.metadata.name}{\"\\n\"}{end}",
                ], input: ToolInput())
        }
        return try call.run(
            ["kubectl", "config", "set-context", "--current", "--namespace=\(name)"],
            input: ToolInput())
    }

    private static func outside(
        _ name: String, _ summary: String, _ examples: [String],
        _ run: @escaping @Sendable (ToolCall) throws(ToolStop) -> Int32
    ) -> Tool {
        var tool = Tool(
            name, summary: summary, usage: "COMMAND [ARG]...", examples: examples,
            takesOptions: false, run: run)
        tool.isOutside = true
        return tool
    }
}

/// A cluster that a program would set up on somebody's machine.
private struct LocalCluster {
    let call: ToolCall

    init(_ call: ToolCall) { self.call = call }

    private static let controlPlane = "node-role.kubernetes.io/control-plane"
    /// More machines than a page asks for.
    private static let mostNodes = 100

    // MARK: Programs

    func minikube() throws(ToolStop) -> Int32 {
        var words = call.arguments
        let profile = take("--profile", "-p", from: &words) ?? "minikube"
        switch words.subcommand {
        case "start":
            let count = try number(take("--nodes", "-n", from: &words) ?? "1", of: "--nodes")
            let names = (1...count).map { $0 == 1 ? profile : "\(profile)-m\(padded($0))" }
            return try create(
                controlPlanes: [names[0]], workers: Array(names.dropFirst()), isTainted: false)
        case "node" where words.contains("add"):
            let name = "\(profile)-m\(padded(try nodes().count + 1))"
            return try call.run(["node", "add", name], input: ToolInput())
        case "kubectl":
            let rest = words.drop { $0 != "kubectl" }.dropFirst()
            let command = rest.first == "--" ? rest.dropFirst() : rest
            return try call.run(["kubectl"] + command, input: call.input)
        case "status": return try call.run(["kubectl", "get", "nodes"], input: ToolInput())
        case "ip":
            return try call.run(
                [
                    "kubectl", "get", "nodes", "-o",
                    "jsonpath={.items[0].status.addresses[?(@.type==\"InternalIP\")].address}{\"\\n\"}",
                ], input: ToolInput())
        case "stop", "delete", "pause": return try refuseEnd()
        case "ssh", "cp", "mount", "logs", "docker-env":
            throw .failure("no machine stands behind a node; `describe node NAME` shows one")
        case "service":
            throw .failure(
                "`curl http://SERVICE/` asks a Service; `get service NAME` shows its ports")
        case "addons", "dashboard", "tunnel", "image", "cache", "config", "profile", "update-check",
            "version", "completion", "update-context", nil:
            return done()
        case let word?: throw .failure("unknown command \"\(word)\" for \"minikube\"", status: 64)
        }
    }

    func kind() throws(ToolStop) -> Int32 {
        var words = call.arguments
        let name = take("--name", "-n", from: &words) ?? "kind"
        let config = take("--config", nil, from: &words)
        switch (words.operands.first, words.operands.dropFirst().first) {
        case ("create", "cluster"):
            let (planes, workers) = try roles(config)
            return try create(
                controlPlanes: numbered("\(name)-control-plane", planes),
                workers: numbered("\(name)-worker", workers), isTainted: workers > 0)
        case ("get", "nodes"):
            for node in try nodes() { call.output.write(node + "\n") }
            return 0
        case ("get", "clusters"):
            if try !nodes().isEmpty { call.output.write(name + "\n") }
            return 0
        case ("delete", _): return try refuseEnd()
        default: return done()
        }
    }

    func k3d() throws(ToolStop) -> Int32 {
        var words = call.arguments
        let agents = try number(
            take("--agents", "-a", from: &words) ?? "0", of: "--agents", from: 0)
        let servers = try number(take("--servers", "-s", from: &words) ?? "1", of: "--servers")
        let operands = words.operands
        guard operands.first == "cluster" else { return done() }
        switch operands.dropFirst().first {
        case "create":
            let name = operands.dropFirst(2).first ?? "k3s-default"
            return try create(
                controlPlanes: (0..<servers).map { "k3d-\(name)-server-\($0)" },
                workers: (0..<agents).map { "k3d-\(name)-agent-\($0)" }, isTainted: false)
        case "delete", "stop": return try refuseEnd()
        default: return done()
        }
    }

    func kubeadm() throws(ToolStop) -> Int32 {
        switch call.arguments.subcommand {
        case "join":
            call.complain("nothing is to be joined: `node add NAME` adds a machine")
        case "reset":
            throw .failure("the control plane stays; `node remove NAME` takes a machine away")
        case "init", "config", "token", "certs", "upgrade", "version", nil:
            if call.arguments.subcommand == "init" { try writeConfiguration() }
            call.complain(
                "nothing is to be set up: the API server is there; `node add NAME` adds machines")
        default: throw .failure("the control plane has no machine to look into")
        }
        return 0
    }

    /// What one copies afterwards, to reach the cluster.
    private func writeConfiguration() throws(ToolStop) {
        let kept = ToolOutput()
        _ = try call.run(["kubectl", "config", "view", "--raw"], input: ToolInput(), output: kept)
        do throws(ToolFileProblem) {
            try call.context.files.makeDirectory("/etc/kubernetes", parents: true)
            try call.context.files.write(kept.bytes, to: "/etc/kubernetes/admin.conf")
        } catch {
            throw .failure("/etc/kubernetes/admin.conf: \(error.reason)")
        }
    }

    // MARK: The cluster

    /// Adds machines where there are none; where there are some, they are the cluster.
    private func create(
        controlPlanes: [String], workers: [String], isTainted: Bool
    ) throws(ToolStop) -> Int32 {
        let found = try nodes()
        guard found.isEmpty else {
            call.complain(
                "nothing is to be set up: the cluster has \(found.count) node"
                    + "\(found.count == 1 ? "" : "s") already (`node add NAME` adds more)")
            return 0
        }
        let taint = isTainted ? ["--taint", "\(Self.controlPlane):NoSchedule"] : []
        let status = try call.run(
            ["node", "add"] + controlPlanes + ["--label", "\(Self.controlPlane)="] + taint,
            input: ToolInput())
        guard status == 0, !workers.isEmpty else { return status }
        return try call.run(["node", "add"] + workers, input: ToolInput())
    }

    private func nodes() throws(ToolStop) -> [String] {
        let kept = ToolOutput()
        _ = try call.run(
            [
                "kubectl", "get", "nodes", "-o",
                "jsonpath={range .items[*]}{.metadata.name}{\"\\n\"}{end}",
            ], input: ToolInput(), output: kept)
        return kept.text.split(separator: "\n").map(String.init)
    }

    private func refuseEnd() throws(ToolStop) -> Int32 {
        throw .failure(
            "a session has one cluster as long as it lasts; `node remove NAME` takes machines away")
    }

    private func done() -> Int32 {
        call.complain(
            "nothing is to be done: the cluster is here, and every image that a pod names exists")
        return 0
    }

    // MARK: Words

    /// Takes an option with its value away: `--nodes 3`, `--nodes=3`.
    private func take(_ long: String, _ short: String?, from words: inout [String]) -> String? {
        for (index, word) in words.enumerated() {
            if word == long || word == short {
                words.remove(at: index)
                return index < words.count ? words.remove(at: index) : nil
            }
            for name in [long, short].compactMap({ $0 }) where word.hasPrefix(name + "=") {
                words.remove(at: index)
                return String(word.dropFirst(name.count + 1))
            }
        }
        return nil
    }

    private func number(
        _ text: String, of option: String, from least: Int = 1
    ) throws(ToolStop) -> Int {
        guard let number = Int(text), (least...Self.mostNodes).contains(number) else {
            throw .failure(
                "\(option) is a number from \(least) to \(Self.mostNodes); found \(text)")
        }
        return number
    }

    private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    /// `kind-worker`, `kind-worker2`, …
    private func numbered(_ name: String, _ count: Int) -> [String] {
        (0..<count).map { $0 == 0 ? name : "\(name)\($0 + 1)" }
    }

    /// How many machines of each role kind's configuration asks for: the lines `role: worker`.
    private func roles(_ path: String?) throws(ToolStop) -> (controlPlanes: Int, workers: Int) {
        guard let path else { return (1, 0) }
        let text: String
        do throws(ToolFileProblem) {
            text = try call.open(path).readAll().text
        } catch {
            throw .failure("\(path): \(error.reason)")
        }
        var counts: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split { " \t-,{}\"'".contains($0) }
            for (word, next) in zip(words, words.dropFirst()) where word == "role:" {
                counts[String(next), default: 0] += 1
            }
        }
        // `control-plane` is cut at its dash.
        let planes = counts["control", default: 0]
        let workers = counts["worker", default: 0]
        guard planes + workers <= Self.mostNodes else {
            throw .failure("\(path) asks for more than \(Self.mostNodes) nodes")
        }
        return planes + workers == 0 ? (1, 0) : (max(1, planes), workers)
    }
}
