import API
import Model
import Printers
import Support
import Value

extension Verb {
    /// `kubectl top`: what the metrics server measures; scripts bring one with `load`.
    static let top: Verb = {
        var verb = Verb("top", summary: "Show the use of cpu and memory")
        verb.usage = "(node | pod)"
        verb.examples = ["top node", "top pod"]
        verb.subverbs = [.topNode, .topPod]
        return verb
    }()

    private static let sharedTopFlags = [
        Flag.selector, Flag("no-headers", nil, .bool, "rows only"),
        Flag("sort-by", nil, .string, "cpu or memory, the most first", choices: ["cpu", "memory"]),
        Flag.idle(
            "use-protocol-buffers", .bool, "there are no messages to encode", standard: "true"),
    ]

    private static let topNode: Verb = {
        var verb = Verb("node", summary: "Show the use of cpu and memory of nodes")
        verb.aliases = ["nodes", "no"]
        verb.usage = "[NAME | -l label]"
        verb.examples = ["top node", "top node --sort-by=cpu"]
        verb.flags =
            sharedTopFlags + [
                Flag("show-capacity", nil, .bool, "percent of the capacity, not of what pods get")
            ]
        verb.completes = .names("nodes")
        verb.run = { call in try TopNodes(call).run() }
        return verb
    }()

    private static let topPod: Verb = {
        var verb = Verb("pod", summary: "Show the use of cpu and memory of pods")
        verb.aliases = ["pods", "po"]
        verb.usage = "[NAME | -l label]"
        verb.examples = ["top pod", "top pod -A --sum", "top pod web-0 --containers"]
        verb.flags =
            sharedTopFlags + [
                .fieldSelector, .allNamespaces,
                Flag("containers", nil, .bool, "a row for each container"),
                Flag("sum", nil, .bool, "a last row with the sum"),
            ]
        verb.completes = .names("pods")
        verb.run = { call in try TopPods(call).run() }
        return verb
    }()
}

/// A row's two amounts, as kubectl writes and orders them.
private struct Use {
    var milliCPU: Int64
    var memoryBytes: Int64

    var cells: [String] { ["\(milliCPU)m", "\(memoryBytes / (1 << 20))Mi"] }

    /// The amount that `--sort-by` names.
    func amount(_ resource: String) -> Int64 { resource == "cpu" ? milliCPU : memoryBytes }
}

extension VerbCall {
    /// The name that the command line gives at most; it excludes a selector.
    fileprivate func topName() throws(VerbError) -> String? {
        if arguments.count > 1 {
            throw usageError("\(verb.name) [NAME | -l label]")
        }
        if !arguments.isEmpty, flags.has("selector") {
            throw .message(
                "only one of NAME or \(verb.name == "node" ? "--" : "")selector can be provided")
        }
        let sorting = flags.string("sort-by")
        if !["", "cpu", "memory"].contains(sorting) {
            throw .message("--sort-by accepts only cpu or memory")
        }
        return arguments.first
    }

    /// What the metrics API answers.
    fileprivate func measured<Metrics>(
        _ request: (any APIClient) throws(APIError) -> [Metrics]?
    ) throws(VerbError) -> [Metrics] {
        do throws(APIError) {
            if let metrics = try request(context.client) { return metrics }
        } catch {
            throw .api(error, nil)
        }
        throw .message("Metrics API not available")
    }

    /// Rows in tabs, aligned as kubectl does: also the last column is padded.
    fileprivate func print(_ rows: [[String]]) {
        let text = rows.map { row in row.map { $0 + "\t" }.joined() + "\n" }.joined()
        var writer = TabWriter(.table)
        writer.write(text)
        context.output.write(writer.flush())
    }
}

/// One run of `kubectl top pod`. Source: kubectl's top_pod.go and metrics_printer.go.
private struct TopPods {
    let call: VerbCall

    init(_ call: VerbCall) { self.call = call }

    /// How young pods may be for that there is nothing to say yet.
    private static let creationDelay: Int64 = 120

    func run() throws {
        let name = try call.topName()
        let isEverywhere = call.flags.bool("all-namespaces")
        let namespace = isEverywhere ? nil : call.namespace
        var metrics = try call.measured { client throws(APIError) in
            try client.podMetrics(namespace: namespace)
        }
        let options = try call.listOptions()
        metrics = metrics.filter {
            (name == nil || $0.name == name) && options.labels.matches($0.labels)
        }
        if call.flags.has("field-selector") {
            let pods = try list(options)
            metrics = metrics.filter { pod in
                pods.contains {
                    $0[.metadata].text(.name) == pod.name
                        && $0[.metadata].text(.namespace) == pod.namespace
                }
            }
        }
        if metrics.isEmpty { return try explainNothing(name, options) }
        printRows(sorted(metrics), isEverywhere)
    }

    private func list(_ options: ListOptions) throws(VerbError) -> [Value] {
        let isEverywhere = call.flags.bool("all-namespaces")
        do throws(APIError) {
            return try call.context.client.list(
                .pod, namespace: isEverywhere ? nil : call.namespace, options: options
            ).items
        } catch {
            throw .api(error, nil)
        }
    }

    /// `verifyEmptyMetrics`.
    private func explainNothing(_ name: String?, _ options: ListOptions) throws(VerbError) {
        if let name {
            throw .api(
                APIError(
                    .notFound,
                    "podmetrics.metrics.k8s.io \"\(call.namespace)/\(name)\" not found"), nil)
        }
        let pods = try list(options)
        if pods.isEmpty {
            return call.context.output.error(
                call.flags.bool("all-namespaces")
                    ? "No resources found\n"
                    : "No resources found in \(call.namespace) namespace.\n")
        }
        for pod in pods {
            guard let created = Timestamp(pod[.metadata][.creationTimestamp]) else { continue }
            let age = call.context.now - created
            if age.seconds > Self.creationDelay {
                throw .message(
                    "Metrics not available for pod \(pod[.metadata].text(.namespace))/"
                        + "\(pod[.metadata].text(.name)), age: \(age.text)")
            }
        }
        throw .message("metrics not available yet")
    }

    private func sorted(_ metrics: [PodMetrics]) -> [PodMetrics] {
        let resource = call.flags.string("sort-by")
        guard !resource.isEmpty else { return metrics }
        return metrics.sorted { left, right in
            let (first, second) = (use(left).amount(resource), use(right).amount(resource))
            if first != second { return first > second }
            return (left.namespace, left.name) < (right.namespace, right.name)
        }
    }

    private func use(_ pod: PodMetrics) -> Use {
        Use(milliCPU: pod.milliCPU, memoryBytes: pod.memoryBytes)
    }

    private func printRows(_ metrics: [PodMetrics], _ isEverywhere: Bool) {
        let byContainer = call.flags.bool("containers")
        var rows: [[String]] = []
        let header =
            (isEverywhere ? ["NAMESPACE"] : []) + (byContainer ? ["POD"] : [])
            + ["NAME", "CPU(cores)", "MEMORY(bytes)"]
        if !call.flags.bool("no-headers") { rows.append(header) }
        for pod in metrics {
            let lead = isEverywhere ? [pod.namespace] : []
            guard byContainer else {
                rows.append(lead + [pod.name] + use(pod).cells)
                continue
            }
            for (name, use) in containers(pod) { rows.append(lead + [pod.name, name] + use.cells) }
        }
        if call.flags.bool("sum") {
            let sum = Use(
                milliCPU: metrics.reduce(0) { $0 + $1.milliCPU },
                memoryBytes: metrics.reduce(0) { $0 + $1.memoryBytes })
            rows.append(header.map { _ in "________" })
            rows.append([String](repeating: "", count: header.count - 2) + sum.cells)
        }
        call.print(rows)
    }

    private func containers(_ pod: PodMetrics) -> [(String, Use)] {
        let resource = call.flags.string("sort-by")
        return pod.containers.map {
            ($0.name, Use(milliCPU: $0.milliCPU, memoryBytes: $0.memoryBytes))
        }.sorted { left, right in
            let (first, second) = (left.1.amount(resource), right.1.amount(resource))
            if !resource.isEmpty, first != second { return first > second }
            return left.0 < right.0
        }
    }
}

/// One run of `kubectl top node`: the pods of each node together. Source: kubectl's top_node.go.
private struct TopNodes {
    let call: VerbCall

    init(_ call: VerbCall) { self.call = call }

    func run() throws {
        let name = try call.topName()
        let metrics = try call.measured { client throws(APIError) in try client.nodeMetrics() }
        let uses = Dictionary(
            uniqueKeysWithValues: metrics.map {
                ($0.name, Use(milliCPU: $0.milliCPU, memoryBytes: $0.memoryBytes))
            })
        var nodes = try list()
        if let name {
            nodes = nodes.filter { $0[.metadata].text(.name) == name }
            if nodes.isEmpty {
                throw VerbError.api(
                    APIError(.notFound, "nodemetrics.metrics.k8s.io \"\(name)\" not found"), nil)
            }
        }
        if nodes.isEmpty { return call.context.output.error("No resources found\n") }
        let sorting = call.flags.string("sort-by")
        let measured = nodes.map { node in
            (node: node, use: uses[node[.metadata].text(.name)])
        }.sorted { left, right in
            let (first, second) = (
                left.use?.amount(sorting) ?? -1, right.use?.amount(sorting) ?? -1
            )
            if !sorting.isEmpty, first != second { return first > second }
            if (left.use == nil) != (right.use == nil) { return right.use == nil }
            return left.node[.metadata].text(.name) < right.node[.metadata].text(.name)
        }
        var rows: [[String]] = []
        if !call.flags.bool("no-headers") {
            rows.append(["NAME", "CPU(cores)", "CPU(%)", "MEMORY(bytes)", "MEMORY(%)"])
        }
        for (node, use) in measured { rows.append(row(node, use)) }
        call.print(rows)
    }

    private func list() throws(VerbError) -> [Value] {
        let options = try call.listOptions()
        do throws(APIError) {
            return try call.context.client.list(.node, namespace: nil, options: options).items
        } catch {
            throw .api(error, nil)
        }
    }

    /// `use` is nil for a node whose kubelet does not answer.
    private func row(_ node: Value, _ use: Use?) -> [String] {
        let name = node[.metadata].text(.name)
        guard let use else { return [name] + [String](repeating: "<unknown>", count: 4) }
        let room = node[.status][call.flags.bool("show-capacity") ? .capacity : .allocatable]
        func percent(_ milli: Int64, _ resource: Key) -> String {
            let all = (Quantity(room[resource]) ?? .zero).milliValue
            return all == 0 ? "<unknown>" : "\(Int64(Double(milli) / Double(all) * 100))%"
        }
        return [
            name, use.cells[0], percent(use.milliCPU, "cpu"), use.cells[1],
            percent(Int64(clamping: Int128(use.memoryBytes) * 1_000), "memory"),
        ]
    }
}
