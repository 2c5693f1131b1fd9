import API
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
            .fieldManager, .template, .showManagedFields, .allowMissingTemplateKeys,
            Flag("server-side", nil, .bool, "merge on the server"),
            Flag("force-conflicts", nil, .bool, "take over fields of others (--server-side)"),
            Flag("force", nil, .bool, "delete and create anew what cannot be changed"),
            .idle(
                "overwrite", .bool, "what the manifest says always overwrites",
                standard: "true"),
            Flag(
                "prune", nil, .bool, "delete what the manifests no longer have (with -l or --all)"),
            Flag("all", nil, .bool, "with --prune: whatever the labels"),
            Flag(
                "prune-allowlist", nil, .strings,
                "with --prune: the kinds to look at, as group/version/kind"),
            .idle("wait", .bool, "what is pruned goes in its own time, as in kubectl"),
            Flag("applyset", nil, .string, "with --prune: the set that the objects belong to")
                .alpha,
            Flag(
                "subresource", nil, .string, "status or scale, with --server-side",
                choices: ["status", "scale", "resize"]),
            Flag(
                "cascade", nil, .string, "how dependents of deleted objects go",
                standard: "background"),
            Flag("grace-period", nil, .int, "seconds for pods to stop", standard: "-1"),
            .timeout,
        ]
        verb.completes = .files
        verb.subverbs = [.applyEditLastApplied, .applySetLastApplied, .applyViewLastApplied]
        verb.run = { call in try Apply(call).run() }
        return verb
    }()
}

/// One run of `kubectl apply`. Source of rules and texts: kubectl's apply and its patcher.
private final class Apply {
    let call: VerbCall
    let printer: ResultPrinter
    let dryRun: DryRun
    /// With `-o json` and the like, what is printed at the end.
    private var results: [FoundObject] = []
    /// The uids of what was applied.
    private var visited: Set<String> = []

    init(_ call: VerbCall) throws(VerbError) {
        self.call = call
        printer = try ResultPrinter(call)
        dryRun = try call.dryRun()
    }

    func run() throws {
        if !call.arguments.isEmpty { throw call.unexpectedArguments }
        try call.requireFiles()
        try call.checkApplyFlags(dryRun)
        try call.checkCascade()
        _ = try call.writeOptions()
        let pruning = Pruning(call: call, printer: printer, dryRun: dryRun)
        let set = call.flags.has("applyset") ? try ApplySet(call) : nil
        if call.flags.bool("prune"), set == nil { try pruning.check() }
        try set?.check()
        let found = try call.findManifests()
        var manifests = found.objects
        if let set { manifests = try manifests.map { try set.member($0) } }
        if manifests.isEmpty, found.errors.isEmpty {
            throw VerbError.message("no objects passed to apply")
        }
        // What could not be read is told first, as one error.
        var errors: [VerbError] = found.errors.isEmpty ? [] : [.several(found.errors)]
        // What is wrong with an item of a list is an error in errors, which Go prints without a prefix.
        if found.errors.count == 1, case .several(let unread) = found.errors[0], unread.count == 1,
            case .several(let inner) = unread[0]
        {
            errors = [.plain(inner.map(\.plainText).joined(separator: "\n"))]
        }
        try set?.begin(manifests, dryRun)
        for manifest in manifests {
            try call.context.nextObject()
            do {
                try apply(manifest)
            } catch let error as VerbError {
                errors.append(error)
            }
        }
        try printResults()
        if errors.isEmpty, let set {
            try set.prune(visited, printer, dryRun)
        } else if errors.isEmpty, call.flags.bool("prune") {
            try pruning.run(manifests)
        }
        try call.fail(errors)
    }

    /// Says what was done, or keeps the object for the end.
    private func report(_ object: FoundObject, _ operation: String) throws(VerbError) {
        visited.insert(object.value[.metadata].text(.uid))
        if printer.isPlain || printer.isName {
            try printer.confirm(object, operation, dryRun: dryRun)
        } else {
            results.append(object)
        }
    }

    private func printResults() throws(VerbError) {
        guard let first = results.first else { return }
        if results.count == 1 { return try printer.write(first.value) }
        try printer.writeList(results)
    }

    private func apply(_ manifest: FoundObject) throws {
        if manifest.name.isEmpty {
            let prefix = manifest.value[.metadata].text(.generateName)
            if !prefix.isEmpty {
                throw VerbError.message(
                    "from \(prefix): cannot use generate name with apply")
            }
            throw VerbError.message(
                retrieving(manifest) + "resource name may not be empty")
        }
        if call.flags.bool("server-side") { return try applyOnServer(manifest) }
        let current = try find(manifest)
        if let current {
            try patch(current, with: manifest)
        } else {
            try create(manifest)
        }
    }

    private func find(_ manifest: FoundObject) throws(VerbError) -> FoundObject? {
        call.warnOfVersion(manifest.info)
        do throws(APIError) {
            let value = try call.context.client.get(
                manifest.info.kind, namespace: manifest.namespace, name: manifest.name)
            return FoundObject(info: manifest.info, value: value, source: manifest.source)
        } catch {
            if error.isNotFound { return nil }
            throw .apiWhile(
                String(retrieving(manifest).dropLast(2)), error, manifest.info)
        }
    }

    /// What is said before an error of reading the object that a manifest is about.
    private func retrieving(_ manifest: FoundObject) -> String {
        "error when retrieving current configuration of:\n\(place(manifest))\nfrom server for: "
            + "\"\(manifest.source ?? "")\": "
    }

    /// Where the object of a manifest is, as errors say it.
    private func place(_ manifest: FoundObject) -> String {
        let info = manifest.info
        return "Resource: \"\(info.group)/\(info.version), Resource=\(info.plural)\", "
            + "GroupVersionKind: \"\(info.group)/\(info.version), Kind=\(info.name)\"\nName: "
            + "\"\(manifest.name)\", Namespace: \"\(manifest.namespace)\""
    }

    private func create(_ manifest: FoundObject) throws(VerbError) {
        var created = manifest
        // What is null would be taken away by a second apply, so that it is not created by the first; the
        // annotation keeps it.
        created.value = recorded(LastApplied.annotated(manifest.value).withoutNullFields)
        if dryRun != .client {
            let doing = "error when creating \"\(manifest.source ?? "")\""
            created.value = try request(manifest, doing) { () throws(APIError) in
                try call.context.client.create(
                    manifest.info.kind, namespace: manifest.namespace, created.value,
                    options: options())
            }
        }
        try report(created, "created")
    }

    private func patch(_ current: FoundObject, with manifest: FoundObject) throws {
        let original = LastApplied.original(of: current.value)
        if original.isNull { warnOfMissingAnnotation(manifest) }
        let modified = recorded(LastApplied.annotated(manifest.value))
        let (patch, request) = try difference(original, modified, current)
        guard !patch.fields.isEmpty else { return try report(current, "unchanged") }
        var result = current
        if dryRun != .client {
            var problem: VerbError?
            do throws(VerbError) {
                result.value = try send(request, patch, manifest)
            } catch {
                problem = error
            }
            if let problem {
                guard call.flags.bool("force"), isImmutable(problem) else { throw problem }
                result.value = try recreate(manifest, current, modified)
            }
        }
        warnIfDeleting(current)
        try report(result, "configured")
    }

    private func warnIfDeleting(_ object: FoundObject) {
        guard !object.value[.metadata][.deletionTimestamp].isNull else { return }
        call.context.output.error(
            "Warning: Detected changes to resource \(object.name) which is currently being "
                + "deleted.\n")
    }

    private func warnOfMissingAnnotation(_ manifest: FoundObject) {
        call.context.output.error(
            "Warning: resource \(manifest.info.plural)/\(manifest.name) is missing the "
                + "\(LastApplied.annotation) annotation which is required by kubectl apply. "
                + "kubectl apply should only be used on resources created declaratively by either "
                + "kubectl create --save-config or kubectl apply. The missing annotation will be "
                + "patched automatically.\n")
    }

    /// What is to be sent so that `current` is as the manifest says.
    private func difference(
        _ original: Value, _ modified: Value, _ current: FoundObject
    ) throws(VerbError) -> (patch: Value, request: Patch) {
        guard let type = FieldFacts.root(of: current.info.kind) else {
            let patch = StrategicMergePatch.threeWayJSON(
                original: original, modified: modified, current: current.value)
            return (patch, .merge(patch))
        }
        do throws(StrategicMergeError) {
            let patch = try StrategicMergePatch.threeWay(
                original: original, modified: modified, current: current.value, type: type)
            return (patch, .strategic(patch))
        } catch {
            throw .message(
                "error when creating patch with:\n\(error.message)\nfor: "
                    + "\"\(current.source ?? "")\"")
        }
    }

    private func send(
        _ request: Patch, _ patch: Value, _ manifest: FoundObject
    ) throws(VerbError) -> Value {
        let info = manifest.info
        let doing =
            doing(patch, manifest) + "error when patching \"\(manifest.source ?? "")\""
        return try self.request(manifest, doing) { () throws(APIError) in
            try call.context.client.patch(
                info.kind, namespace: manifest.namespace, name: manifest.name, request,
                subresource: .none, options: options())
        }
    }

    /// What is said before an error: the patch, and the object it was meant for.
    private func doing(_ patch: Value, _ manifest: FoundObject) -> String {
        "error when applying patch:\n\(JSON.text(patch, style: .canonical))\nto:\n"
            + "\(place(manifest))\nfor: \"\(manifest.source ?? "")\": "
    }

    private func isImmutable(_ error: VerbError) -> Bool {
        switch error {
        case .api(let error, _), .apiWhile(_, let error, _):
            error.reason == .invalid || error.reason == .conflict
        default: false
        }
    }

    /// `--force`: deletes the object and creates it anew. Where the new one is refused, the old one is
    /// put back. Source: kubectl's patcher, deleteAndCreate.
    private func recreate(
        _ manifest: FoundObject, _ current: FoundObject, _ modified: Value
    ) throws -> Value {
        let client = call.context.client
        let (kind, namespace) = (manifest.info.kind, manifest.namespace)
        let doing = String(doing(modified, manifest).dropLast(2))
        let grace = call.flags.int("grace-period")
        let gone = try request(manifest, doing) { () throws(APIError) in
            WriteResult(
                object: try client.delete(
                    kind, namespace: namespace, name: manifest.name,
                    options: DeleteOptions(
                        gracePeriodSeconds: max(grace, 0), propagation: call.propagation)))
        }
        if !call.context.clock.standsStill {
            let timeout = call.flags.milliseconds("timeout") ?? 0
            try call.context.waitForDeletion(
                of: manifest, uid: gone[.metadata].text(.uid),
                limit: timeout > 0 ? timeout : VerbContext.waitLimit
            ) {
                .message("timed out waiting for the condition")
            }
        }
        do throws(APIError) {
            let result = try client.create(kind, namespace: namespace, modified, options: options())
            call.warn(result.warnings)
            return result.object
        } catch {
            var original = current.value
            original[.metadata][.resourceVersion] = .null
            do throws(APIError) {
                _ = try client.create(
                    kind, namespace: namespace, original, options: WriteOptions())
            } catch let second {
                throw VerbError.message(
                    "\(doing): An error occurred force-replacing the existing object with the newly "
                        + "provided one:\n\n\(error.message).\n\nAdditionally, an error occurred "
                        + "attempting to restore the original object:\n\n\(second.message)")
            }
            throw VerbError.apiWhile(doing, error, manifest.info)
        }
    }

    // MARK: On the server

    private func applyOnServer(_ manifest: FoundObject) throws {
        var result = manifest
        result.value = recorded(result.value)
        result.value = try ServerSideApply(call).apply(result)
        warnIfDeleting(result)
        try report(result, "serverside-applied")
    }

    // MARK: Requests

    private func options() -> WriteOptions { (try? call.writeOptions()) ?? WriteOptions() }

    private func recorded(_ value: Value) -> Value { ChangeCause.record(value, call) }

    private func request(
        _ manifest: FoundObject, _ doing: String,
        _ send: () throws(APIError) -> WriteResult
    ) throws(VerbError) -> Value {
        do throws(APIError) {
            let result = try send()
            call.warn(result.warnings)
            return result.object
        } catch {
            throw .apiWhile(doing, error, manifest.info)
        }
    }
}

extension Value {
    /// The value without fields that are null, at any depth; items of lists stay. Source: kubectl's apply,
    /// pruneNullsFromMap.
    fileprivate var withoutNullFields: Value {
        switch self {
        case .object(let fields):
            var result = Object()
            for field in fields where !field.value.isNull {
                result.append(field.key, field.value.withoutNullFields)
            }
            return .object(result)
        case .array(let items): return .array(items.map(\.withoutNullFields))
        case .null, .bool, .int, .double, .text, .opaque: return self
        }
    }
}
