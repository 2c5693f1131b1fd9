import Model
import Value

extension Verb {
    /// `kubectl taint`.
    static let taint: Verb = {
        var verb = Verb("taint", summary: "Set or remove taints of nodes")
        verb.usage = "NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 … KEY_N:EFFECT- … [flags]"
        verb.examples = [
            "taint node node-1 dedicated=db:NoSchedule", "taint nodes node-1 dedicated-",
        ]
        verb.flags = [
            .output, .selector, .all, .dryRun, .overwrite, .validate, .template,
            .allowMissingTemplateKeys, .fieldManager,
            .showManagedFields,
        ]
        verb.holdsGoTypes = true
        verb.completes = .names("nodes")
        verb.run = { call in try TaintEditing(call: call, printer: ResultPrinter(call)).run() }
        return verb
    }()
}

/// One run of `kubectl taint`. Source of rules and texts: kubectl's taint command and its utils.
private struct TaintEditing {
    let call: VerbCall
    let printer: ResultPrinter

    func run() throws {
        var words: [String] = []
        var specs: [String] = []
        for word in call.arguments {
            if word.contains("=") || word.contains(":") || (word.hasSuffix("-") && !words.isEmpty) {
                specs.append(word)
            } else if !specs.isEmpty {
                throw VerbError.message(
                    "all resources must be specified before taint changes: \(word)")
            } else {
                words.append(word)
            }
        }
        guard !words.isEmpty else {
            throw VerbError.message("one or more resources must be specified as <resource> <name>")
        }
        guard !specs.isEmpty else {
            throw VerbError.message("at least one taint update is required")
        }
        _ = try call.dryRun()
        let (added, removed) = try parse(specs)
        let info = try call.resources.info(
            words[0].split(separator: "/").first.map(String.init) ?? "")
        guard info.kind == .node else {
            throw VerbError.message(
                "invalid resource type \(words[0]), only node(s) is supported")
        }
        var query = ObjectQuery(call, words)
        query.hasAll = true
        try call.forEach(try query.run()) { object throws(VerbError) in
            try edit(object, added, removed)
        }
    }

    // MARK: Parsing

    private func parse(
        _ specs: [String]
    ) throws(VerbError) -> (added: [TaintView], removed: [TaintView]) {
        var added: [TaintView] = []
        var removed: [TaintView] = []
        for spec in specs {
            if spec.hasSuffix("-") {
                let body = String(spec.dropLast())
                let parts = body.split(separator: ":", omittingEmptySubsequences: false)
                    .map(String.init)
                let key = parts[0].split(separator: "=").first.map(String.init) ?? parts[0]
                let effect = parts.count > 1 ? parts[1] : ""
                if !effect.isEmpty { try checkEffect(effect) }
                removed.append(TaintView(key: key, effect: effect))
            } else {
                let taint = try parseAdded(spec)
                if added.contains(where: { $0.matches(taint) }) {
                    throw call.usageError(
                        "duplicated taints with the same key and effect: "
                            + "{\(taint.key) \(taint.text) \(taint.effect) <nil>}")
                }
                added.append(taint)
            }
        }
        return (added, removed)
    }

    private func parseAdded(_ spec: String) throws(VerbError) -> TaintView {
        let halves = spec.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard halves.count <= 2 else { throw call.usageError("invalid taint spec: \(spec)") }
        if halves.count == 1 { try checkKey(spec, spec) }
        if halves.count == 2 { try checkEffect(halves[1]) }
        let parts = halves[0].split(separator: "=", omittingEmptySubsequences: false)
            .map(String.init)
        guard parts.count <= 2 else { throw call.usageError("invalid taint spec: \(spec)") }
        if parts.count == 2 {
            let problems = NameRules.labelValue(parts[1])
            if !problems.isEmpty {
                throw call.usageError(
                    "invalid taint spec: \(spec), \(problems.joined(separator: "; "))")
            }
        }
        try checkKey(parts[0], spec)
        return TaintView(
            key: parts[0], text: parts.count == 2 ? parts[1] : "",
            effect: halves.count == 2 ? halves[1] : "")
    }

    /// A taint's key is the name of a label.
    private func checkKey(_ key: String, _ spec: String) throws(VerbError) {
        let problems = NameRules.qualifiedName(key)
        if !problems.isEmpty {
            throw call.usageError(
                "invalid taint spec: \(spec), \(problems.joined(separator: "; "))")
        }
    }

    private func checkEffect(_ effect: String) throws(VerbError) {
        guard ["NoSchedule", "PreferNoSchedule", "NoExecute"].contains(effect) else {
            throw call.usageError("invalid taint effect: \(effect), unsupported taint effect")
        }
    }

    // MARK: Editing

    private func edit(
        _ object: FoundObject, _ added: [TaintView], _ removed: [TaintView]
    ) throws(VerbError) {
        let present = NodeView(object.value).taints
        let overwrites = call.flags.bool("overwrite")
        if !overwrites {
            let clashes = added.filter { taint in present.contains { $0.matches(taint) } }
            if !clashes.isEmpty {
                let keys = clashes.map(\.key).joined(separator: ",")
                throw .message(
                    "node \(object.name) already has \(keys) taint(s) with same effect(s) and "
                        + "--overwrite is false")
            }
        }
        var taints = added + present.filter { old in !added.contains { $0.matches(old) } }
        let hasAdded = taints.count != present.count
        var hasRemoved = false
        for taint in removed {
            let count = taints.count
            taints.removeAll {
                $0.key == taint.key && (taint.effect.isEmpty || $0.effect == taint.effect)
            }
            if taints.count == count {
                throw .message("taint \"\(taint.summary)\" not found")
            }
            hasRemoved = true
        }
        let operation =
            hasAdded && hasRemoved || overwrites ? "modified" : hasAdded ? "tainted" : "untainted"
        let result = try call.patch(object) { value throws(VerbError) in
            var node = NodeView(value)
            node.taints = taints
            value = node.value
        }
        try printer.confirm(
            result ?? object, operation, dryRun: try call.dryRun())
        if try call.dryRun() == .none {
            call.warnOfManaged(added, on: NodeView((result ?? object).value))
        }
    }
}
