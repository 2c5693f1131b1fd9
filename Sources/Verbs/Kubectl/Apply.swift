import Cluster
import Model
import Value

extension Verb {
    /// `kubectl apply`.
    static let apply: Verb = {
        var verb = Verb(
            "apply", summary: "Create or change objects so that they are as their manifests say")
        verb.usage = "(-f FILE | -k FOLDER) [flags]"
        verb.examples = ["apply -f web.yaml", "apply -f manifests/ -R", "apply -k overlays/dev"]
        verb.flags = [
            .filename, .recursive, .kustomize, .output, .selector, .dryRun, .validate, .record,
            .fieldManager, .template, .showManagedFields,
            Flag("server-side", nil, .bool, "merge on the server"),
            Flag("force-conflicts", nil, .bool, "take over fields of others (--server-side)"),
            Flag("force", nil, .bool, "delete and create anew what cannot be changed"),
            Flag("overwrite", nil, .bool, "accepted and ignored", standard: "true"),
            Flag(
                "prune", nil, .bool, "delete what the manifests no longer have (with -l or --all)"),
            Flag("all", nil, .bool, "with --prune: whatever the labels"),
            Flag("wait", nil, .bool, "wait for what is deleted"),
            Flag(
                "cascade", nil, .string, "how dependents of deleted objects go",
                standard: "background"),
            Flag("grace-period", nil, .int, "seconds for pods to stop", standard: "-1"),
            .timeout,
        ]
        verb.completes = .files
        verb.run = { call in try Apply(call: call).run() }
        return verb
    }()
}

/// The annotation in which client-side apply keeps the manifest.
enum LastApplied {
    static let annotation = "kubectl.kubernetes.io/last-applied-configuration"

    /// The manifest as the annotation holds it: compact JSON and a newline, without the annotation
    /// itself.
    static func text(of manifest: Value) -> String {
        var plain = manifest
        var annotations = plain[.metadata][.annotations].fields
        annotations[annotation] = .null
        plain[.metadata][.annotations] = .object(annotations)
        return JSON.text(plain, style: .canonical) + "\n"
    }

    /// The manifest with its own text as annotation.
    static func annotated(_ manifest: Value) -> Value {
        var result = manifest
        result[.metadata][.annotations][annotation] = Value(text(of: manifest))
        return result
    }

    /// The manifest that was applied last; null where there was none.
    static func original(of object: Value) -> Value {
        guard let text = object[.metadata][.annotations][annotation].string,
            let value = try? JSON.parse(text)
        else { return .null }
        return value
    }
}

/// One run of `kubectl apply`.
private struct Apply {
    let call: VerbCall

    func run() throws {
        if !call.arguments.isEmpty {
            throw call.usageError("Unexpected args: [\(call.arguments.joined(separator: " "))]")
        }
        guard call.flags.has("filename") || call.flags.has("kustomize") else {
            throw VerbError.message("must specify one of -f and -k")
        }
        var manifests = try call.manifests()
        if call.flags.has("selector") {
            let options = try call.listOptions()
            manifests.removeAll { !options.labels.matches($0.value[.metadata][.labels].fields) }
        }
        if manifests.isEmpty { throw VerbError.message("no objects passed to apply") }
        var errors: [VerbError] = []
        for manifest in manifests {
            do throws(VerbError) {
                try apply(manifest)
            } catch {
                errors.append(error)
            }
        }
        if errors.isEmpty, call.flags.bool("prune") { try prune(manifests) }
        try call.fail(errors)
    }

    private func apply(_ manifest: FoundObject) throws(VerbError) {
        if manifest.name.isEmpty {
            throw .message(
                "from \(manifest.source ?? ""): cannot use generate name with apply")
        }
        let current = try find(manifest)
        if call.flags.bool("server-side") { return try applyOnServer(manifest, over: current) }
        if let current {
            try patch(current, with: manifest)
        } else {
            try create(manifest)
        }
    }

    private func find(_ manifest: FoundObject) throws(VerbError) -> FoundObject? {
        do throws(APIError) {
            let value = try call.context.client.get(
                manifest.info.kind, namespace: manifest.namespace, name: manifest.name)
            return FoundObject(info: manifest.info, value: value, source: manifest.source)
        } catch {
            if error.isNotFound { return nil }
            throw .api(error, manifest.info)
        }
    }

    private func create(_ manifest: FoundObject) throws(VerbError) {
        let dryRun = try call.dryRun()
        var created = manifest
        created.value = recorded(LastApplied.annotated(manifest.value))
        if dryRun != .client {
            created.value = try request(manifest, "error when creating") {
                () throws(APIError) in
                try call.context.client.create(
                    manifest.info.kind, namespace: manifest.namespace, created.value,
                    options: options())
            }
        }
        try ResultPrinter(call: call).confirm(created, "created", dryRun: dryRun)
    }

    private func patch(_ current: FoundObject, with manifest: FoundObject) throws(VerbError) {
        let dryRun = try call.dryRun()
        let original = LastApplied.original(of: current.value)
        if original.isNull {
            call.context.output.error(
                "Warning: resource \(manifest.info.plural)/\(manifest.name) is missing the "
                    + "\(LastApplied.annotation) annotation which is required by kubectl apply. "
                    + "kubectl apply should only be used on resources created declaratively by either "
                    + "kubectl create --save-config or kubectl apply. The missing annotation will be "
                    + "patched automatically.\n")
        }
        let modified = recorded(LastApplied.annotated(manifest.value))
        let facts: Int? = nil
        let patch = MergePatch.diff(from: original, to: modified)
        guard !patch.fields.isEmpty else {
            return try ResultPrinter(call: call).confirm(current, "unchanged", dryRun: dryRun)
        }
        var result = current
        if dryRun != .client {
            do throws(VerbError) {
                result.value = try request(manifest, "error when patching") {
                    () throws(APIError) in
                    try call.context.client.patch(
                        manifest.info.kind, namespace: manifest.namespace, name: manifest.name,
                        facts == nil ? .merge(patch) : .strategic(patch), subresource: .none,
                        options: options())
                }
            } catch {
                guard call.flags.bool("force"), isImmutable(error) else { throw error }
                result.value = try recreate(manifest, modified)
            }
        }
        let isSame =
            result.value[.metadata][.resourceVersion]
            == current.value[.metadata][.resourceVersion] && dryRun == .none
        try ResultPrinter(call: call).confirm(
            result, isSame ? "unchanged" : "configured", dryRun: dryRun)
    }

    private func isImmutable(_ error: VerbError) -> Bool {
        switch error {
        case .api(let error, _), .apiWhile(_, let error, _):
            error.reason == .invalid || error.reason == .conflict
        default: false
        }
    }

    private func recreate(
        _ manifest: FoundObject, _ modified: Value
    ) throws(VerbError) -> Value {
        let client = call.context.client
        return try request(manifest, "error when replacing") { () throws(APIError) in
            _ = try client.delete(
                manifest.info.kind, namespace: manifest.namespace, name: manifest.name,
                options: DeleteOptions(gracePeriodSeconds: 0, propagation: .background))
            return try client.create(
                manifest.info.kind, namespace: manifest.namespace, modified, options: options())
        }
    }

    // MARK: On the server

    /// Server-side apply: what the manifest says is merged by the field facts. Ownership of fields is
    /// not tracked, so that there are no conflicts, and a field left out is not removed.
    private func applyOnServer(
        _ manifest: FoundObject, over current: FoundObject?
    ) throws(VerbError) {
        let dryRun = try call.dryRun()
        var result = manifest
        result.value = try request(manifest, "error when applying") { () throws(APIError) in
            if current == nil {
                return try call.context.client.create(
                    manifest.info.kind, namespace: manifest.namespace, manifest.value,
                    options: options())
            }
            return try call.context.client.patch(
                manifest.info.kind, namespace: manifest.namespace, name: manifest.name,
                .strategic(manifest.value), subresource: .none, options: options())
        }
        try ResultPrinter(call: call).confirm(result, "serverside-applied", dryRun: dryRun)
    }

    // MARK: Pruning

    /// Deletes what earlier runs applied and the manifests no longer have.
    private func prune(_ manifests: [FoundObject]) throws(VerbError) {
        guard call.flags.has("selector") || call.flags.bool("all") else {
            throw .message(
                "all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector"
            )
        }
        let options = try call.listOptions()
        let kept = Set(manifests.map { "\($0.info.qualifiedPlural)/\($0.namespace)/\($0.name)" })
        for kind in Self.pruned {
            let info = call.context.kinds[kind]
            guard
                let result = try? call.context.client.list(
                    kind, namespace: info.isNamespaced ? call.namespace : nil, options: options)
            else { continue }
            for value in result.items where !LastApplied.original(of: value).isNull {
                let object = FoundObject(info: info, value: value)
                let key = "\(info.qualifiedPlural)/\(object.namespace)/\(object.name)"
                if kept.contains(key) { continue }
                do throws(APIError) {
                    _ = try call.context.client.delete(
                        kind, namespace: object.namespace, name: object.name,
                        options: DeleteOptions(propagation: .background))
                } catch {
                    throw .api(error, info)
                }
                call.context.output.line("\(object.reference) pruned")
            }
        }
    }

    /// Source: kubectl's default prune whitelist.
    private static let pruned: [Kind] = [
        .configMap, .endpoints, .namespace, .persistentVolumeClaim, .persistentVolume, .pod,
        .replicationController, .secret, .service, .job, .cronJob, .ingress, .daemonSet,
        .deployment,
        .replicaSet, .statefulSet,
    ]

    // MARK: Requests

    private func options() -> WriteOptions { (try? call.writeOptions()) ?? WriteOptions() }

    private func recorded(_ value: Value) -> Value { ChangeCause.record(value, call) }

    private func request(
        _ manifest: FoundObject, _ doing: String,
        _ send: () throws(APIError) -> WriteResult
    ) throws(VerbError) -> Value {
        do throws(APIError) {
            let result = try send()
            for warning in result.warnings { call.context.output.error("Warning: \(warning)\n") }
            return result.object
        } catch {
            throw .apiWhile("\(doing) \"\(manifest.source ?? "")\"", error, manifest.info)
        }
    }
}

/// `--record`: the command line as the annotation from which `rollout history` tells the cause.
enum ChangeCause {
    static let annotation = "kubernetes.io/change-cause"

    /// `value` with the annotation when the call asks for it.
    static func record(_ value: Value, _ call: VerbCall) -> Value {
        guard call.flags.bool("record") else { return value }
        var result = value
        result[.metadata][.annotations][annotation] = Value(call.commandLine)
        return result
    }
}
