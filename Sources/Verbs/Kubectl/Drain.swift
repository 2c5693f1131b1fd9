import Model
import Value

extension Verb {
    /// `kubectl drain`.
    static let drain: Verb = {
        var verb = Verb("drain", summary: "Cordon a node and evict its pods")
        verb.usage = "NODE [flags]"
        verb.examples = [
            "drain node-1 --ignore-daemonsets", "drain node-1 --force --delete-emptydir-data",
        ]
        verb.flags = [
            .selector, .dryRun, .timeout,
            Flag("ignore-daemonsets", nil, .bool, "leave the pods of DaemonSets alone"),
            Flag("delete-emptydir-data", nil, .bool, "also pods with emptyDir volumes"),
            Flag("force", nil, .bool, "also pods without a controller"),
            Flag("grace-period", nil, .int, "seconds for pods to stop", standard: "-1"),
            Flag("pod-selector", nil, .string, "only pods with these labels"),
            Flag("disable-eviction", nil, .bool, "delete without asking disruption budgets"),
            Flag(
                "skip-wait-for-delete-timeout", nil, .int,
                "do not wait for pods that have been stopping for so many seconds", standard: "0"),
            .chunkSize,
        ]
        verb.completes = .names("nodes")
        verb.advancesTime = true
        verb.run = { call in try Drain(call).run() }
        return verb
    }()
}

/// One run of `kubectl drain`. Source of rules and texts: kubectl's drain command and package.
private struct Drain {
    let call: VerbCall
    let dryRun: DryRun
    let podSelector: LabelSelector

    init(_ call: VerbCall) throws(VerbError) {
        self.call = call
        dryRun = try call.dryRun()
        do throws(SelectorError) {
            podSelector = try LabelSelector(parsing: call.flags.string("pod-selector"))
        } catch {
            throw .message("--pod-selector=<pod_selector> must be a valid label selector")
        }
    }

    func run() throws {
        let nodes = try call.findNodes()
        try call.forEach(Found(nodes)) { node throws(VerbError) in
            try node.setUnschedulable(true, call)
        }
        var failures: [String] = []
        var remaining: [String] = []
        for node in nodes {
            do {
                try drain(node.name)
                call.context.output.line("\(node.reference) drained\(dryRun.suffix)")
            } catch let error as DrainFailure {
                call.context.output.error(
                    "error: unable to drain node \"\(node.name)\" due to error: \(error.text), "
                        + "continuing command...\n")
                failures += error.texts
                remaining.append(node.name)
                continue
            }
            tellRemaining(remaining)
        }
        if nodes.count == 1 { tellRemaining(remaining) }
        // kubectl prints the errors again at the end, without a prefix though there be but one.
        if !failures.isEmpty {
            throw VerbError.plain(failures.map { $0 + "\n" }.joined())
        }
    }

    private func tellRemaining(_ names: [String]) {
        guard !names.isEmpty else { return }
        call.context.output.error(
            "There are pending nodes to be drained:\n" + names.map { " \($0)\n" }.joined())
    }

    private func drain(_ node: String) throws {
        let selection = try DrainSelection(call: call, node: node, selector: podSelector)
        let errors = selection.errors
        if !errors.isEmpty { throw DrainFailure(errors) }
        if !selection.warnings.isEmpty {
            call.context.output.error("Warning: \(selection.warnings)\n")
        }
        if dryRun == .client {
            for pod in selection.pods {
                call.context.output.line(
                    "evicting pod \(pod.namespace)/\(pod.name)\(dryRun.suffix)")
            }
            return
        }
        do {
            try Eviction(call: call, dryRun: dryRun).evict(selection.pods)
        } catch let failure as DrainFailure {
            let pending = try DrainSelection(call: call, node: node, selector: podSelector).pods
            if !pending.isEmpty {
                call.context.output.error(
                    "There are pending pods in node \"\(node)\" when an error occurred: "
                        + "\(failure.text)\n" + pending.map { "pod/\($0.name)\n" }.joined())
            }
            throw failure
        }
    }
}

/// Why a node was not drained: one text, or several in brackets as Go's aggregates print.
struct DrainFailure: Error {
    let texts: [String]
    let text: String

    init(_ texts: [String]) {
        var unique: [String] = []
        for text in texts where !unique.contains(text) { unique.append(text) }
        self.texts = unique
        text = unique.count == 1 ? unique[0] : "[\(unique.joined(separator: ", "))]"
    }
}
