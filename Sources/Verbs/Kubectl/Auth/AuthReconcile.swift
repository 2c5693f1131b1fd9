import API
import Model
import Support
import Value

extension Verb {
    /// `kubectl auth reconcile`.
    static let authReconcile: Verb = {
        var verb = Verb("reconcile", summary: "Add to roles and bindings what they lack")
        verb.examples = ["auth reconcile -f roles.yaml"]
        verb.flags = [
            .filename, .recursive, .kustomize, .output, .dryRun, .template, .showManagedFields,
            .allowMissingTemplateKeys,
            Flag("remove-extra-permissions", nil, .bool, "take away other rules"),
            Flag("remove-extra-subjects", nil, .bool, "take away other subjects"),
        ]
        verb.holdsGoTypes = true
        verb.completes = .files
        verb.run = { call in try Reconciliation(call).run() }
        return verb
    }()
}

/// One run of `kubectl auth reconcile`. Source of rules and texts: kubectl's command of that name and
/// component-helpers/auth/rbac/reconciliation.
private struct Reconciliation {
    let call: VerbCall
    let printer: ResultPrinter
    let isDryRun: Bool
    /// Whether rules and subjects that nobody asked for go.
    private let removesRules: Bool
    private let removesSubjects: Bool

    /// What is to be done with one object.
    private struct Outcome {
        enum Operation: String { case none, create, update, recreate }

        var operation = Operation.none
        var object: Value
        var isProtected = false
        /// Rules or subjects that were not there, and those that nobody asked for.
        var missing: [Value] = []
        var extra: [Value] = []
    }

    init(_ call: VerbCall) throws {
        try call.requireFiles()
        self.call = call
        removesRules = call.flags.bool("remove-extra-permissions")
        removesSubjects = call.flags.bool("remove-extra-subjects")
        let dryRun = try call.dryRun()
        if dryRun == .server {
            throw VerbError.message("--dry-run=server for command reconcile is not supported yet")
        }
        isDryRun = dryRun == .client
        printer = try ResultPrinter(call)
    }

    func run() throws {
        // kubectl does not ask for namespaces that manifests leave out.
        var query = ObjectQuery(call, [])
        query.readsFilesAnew = false
        query.isLocal = true
        try call.forEach(try query.run()) { manifest throws(VerbError) in
            switch manifest.info.kind {
            case .role, .clusterRole: try reconcile(manifest, "rules", roleOutcome)
            case .roleBinding, .clusterRoleBinding:
                try reconcile(manifest, "subjects", bindingOutcome)
            default: break
            }
        }
    }

    private func reconcile(
        _ manifest: FoundObject, _ what: String, _ outcome: (Value, Value) -> Outcome
    ) throws(VerbError) {
        let client = call.context.client
        let (kind, namespace) = (manifest.info.kind, manifest.namespace)
        if !isDryRun, manifest.info.isNamespaced, namespace.isEmpty {
            throw .message("resource name may not be empty")
        }
        do throws(APIError) {
            var result: Outcome
            if let existing = try find(manifest) {
                result = outcome(existing, manifest.value)
            } else {
                result = Outcome(operation: .create, object: manifest.value)
                result.missing = manifest.value[Key(what)].elements
            }
            if !result.isProtected, !isDryRun {
                switch result.operation {
                case .none: break
                case .create:
                    result.object = try client.create(
                        kind, namespace: namespace, result.object, options: WriteOptions()
                    ).object
                case .update:
                    result.object = try client.replace(
                        kind, namespace: namespace, name: manifest.name, result.object,
                        subresource: .none, options: WriteOptions()
                    ).object
                case .recreate:
                    _ = try client.delete(
                        kind, namespace: namespace, name: manifest.name, options: DeleteOptions())
                    result.object = try client.create(
                        kind, namespace: namespace, result.object, options: WriteOptions()
                    ).object
                }
            }
            do throws(VerbError) {
                try report(result, manifest, what)
            } catch {
                throw APIError(.internalError, error.plainText)
            }
        } catch {
            throw .api(error, manifest.info)
        }
    }

    private func find(_ manifest: FoundObject) throws(APIError) -> Value? {
        do throws(APIError) {
            return try call.context.client.get(
                manifest.info.kind, namespace: manifest.namespace, name: manifest.name)
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    private func report(
        _ result: Outcome, _ manifest: FoundObject, _ what: String
    ) throws(VerbError) {
        var object = manifest
        object.value = result.object
        try printer.confirm(object, "reconciled", dryRun: isDryRun ? .client : .none)
        guard result.operation != .none else { return }
        let caveat =
            result.isProtected
            ? ", but object opted out (rbac.authorization.kubernetes.io/autoupdate: false)" : ""
        var text = "\treconciliation required \(result.operation.rawValue)\(caveat)\n"
        if !result.missing.isEmpty {
            text += "\tmissing \(what) added:\n" + list(result.missing, what)
        }
        if removesExtra(what), !result.extra.isEmpty {
            text += "\textra \(what) removed:\n" + list(result.extra, what)
        }
        call.context.output.error(text)
    }

    private func removesExtra(_ what: String) -> Bool {
        what == "rules" ? removesRules : removesSubjects
    }

    /// The structs as Go prints them with their fields.
    private func list(_ values: [Value], _ what: String) -> String {
        let fields: [(name: String, key: Key)] =
            what == "rules"
            ? [
                ("Verbs", "verbs"), ("APIGroups", "apiGroups"), ("Resources", "resources"),
                ("ResourceNames", "resourceNames"), ("NonResourceURLs", "nonResourceURLs"),
            ]
            : [
                ("Kind", .kind), ("APIGroup", "apiGroup"), ("Name", .name),
                ("Namespace", .namespace),
            ]
        return values.map { value -> String in
            let parts = fields.map { name, key in
                let texts = value[key].elements.compactMap(\.string).joined(separator: " ")
                return "\(name):" + (what == "rules" ? "[\(texts)]" : value.text(key))
            }
            return "\t\t{\(parts.joined(separator: " "))}\n"
        }.joined()
    }

    // MARK: Comparing

    /// The existing object with the labels and annotations of the wanted one, whether that changes it.
    private func merged(_ existing: Value, _ wanted: Value) -> Outcome {
        var outcome = Outcome(object: existing)
        let annotation = "rbac.authorization.kubernetes.io/autoupdate"
        outcome.isProtected =
            existing[.metadata][.annotations][annotation].string == "false"
        for key in [Key.annotations, .labels] {
            // What the object has already wins.
            for field in wanted[.metadata][key].fields
            where existing[.metadata][key][field.key].isNull {
                outcome.object[.metadata][key][field.key] = field.value
                outcome.operation = .update
            }
        }
        return outcome
    }

    private func roleOutcome(_ existing: Value, _ wanted: Value) -> Outcome {
        var outcome = merged(existing, wanted)
        let (old, new) = (existing["rules"].elements, wanted["rules"].elements)
        let aggregation: Key = "aggregationRule"
        if wanted[aggregation].isNull || existing[aggregation].isNull {
            outcome.extra = RuleCoverage.uncovered(old, by: new)
        }
        outcome.missing = RuleCoverage.uncovered(new, by: old)
        let removes = removesExtra("rules")
        if !removes, !outcome.missing.isEmpty {
            outcome.object["rules"] = .array(old + outcome.missing)
            outcome.operation = .update
        } else if removes, !(outcome.missing.isEmpty && outcome.extra.isEmpty) {
            outcome.object["rules"] = wanted["rules"]
            outcome.operation = .update
        }
        let selectors: Key = "clusterRoleSelectors"
        let present = existing[aggregation][selectors].elements
        let lacking = wanted[aggregation][selectors].elements.filter { !present.contains($0) }
        if wanted[aggregation].isNull, !existing[aggregation].isNull {
            outcome.object[aggregation] = .null
            outcome.operation = .update
        } else if removes, existing[aggregation] != wanted[aggregation] {
            outcome.object[aggregation] = wanted[aggregation]
            outcome.operation = .update
        } else if !lacking.isEmpty {
            outcome.object[aggregation][selectors] = .array(present + lacking)
            outcome.operation = .update
        }
        return outcome
    }

    private func bindingOutcome(_ existing: Value, _ wanted: Value) -> Outcome {
        var outcome = merged(existing, wanted)
        let reference: Key = "roleRef"
        if existing[reference] != wanted[reference] {
            outcome.object = wanted
            outcome.operation = .recreate
            return outcome
        }
        let (old, new) = (existing["subjects"].elements, wanted["subjects"].elements)
        outcome.missing = new.filter { !old.contains($0) }
        outcome.extra = old.filter { !new.contains($0) }
        let removes = removesExtra("subjects")
        if !removes, !outcome.missing.isEmpty {
            outcome.object["subjects"] = .array(old + outcome.missing)
            outcome.operation = .update
        } else if removes, !(outcome.missing.isEmpty && outcome.extra.isEmpty) {
            outcome.object["subjects"] = wanted["subjects"]
            outcome.operation = .update
        }
        return outcome
    }
}
