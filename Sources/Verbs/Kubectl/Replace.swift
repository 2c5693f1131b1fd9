import API
import Model
import Value

extension Verb {
    /// `kubectl replace`.
    static let replace: Verb = {
        var verb = Verb("replace", summary: "Replace objects by their manifests")
        verb.usage = "-f FILE [flags]"
        verb.examples = ["replace -f web.yaml", "replace --force -f pod.yaml"]
        verb.flags = [
            .filename, .recursive, .kustomize, .output, .dryRun, .validate, .saveConfig,
            .fieldManager, .template, .showManagedFields, .allowMissingTemplateKeys, .timeout,
            Flag("force", nil, .bool, "delete and create anew"),
            Flag(
                "cascade", nil, .string, "how dependents go with --force", standard: "background",
                valueAlone: "background", choices: ["background", "orphan", "foreground"]),
            Flag("grace-period", nil, .int, "seconds for pods to stop", standard: "-1"),
            .idle("wait", .bool, "--force always waits"),
            Flag(
                "subresource", nil, .string, "the part that is replaced: status, resize",
                choices: ["status", "scale", "resize", "ephemeralcontainers"]),
            Flag("raw", nil, .string, "a path of the API"),
        ]
        verb.completes = .files
        verb.advancesTime = true
        verb.run = { call in try Replacement(call).run() }
        return verb
    }()
}

/// One run of `kubectl replace`.
private struct Replacement {
    let call: VerbCall
    let printer: ResultPrinter
    let dryRun: DryRun

    init(_ call: VerbCall) throws(VerbError) {
        self.call = call
        printer = try ResultPrinter(call)
        dryRun = try call.dryRun()
    }

    func run() throws {
        let flags = call.flags
        if flags.has("raw") {
            try call.requireFiles()
            try call.checkRaw()
            return try RawRequest(call: call).replace()
        }
        try call.requireFiles()
        let isForced = flags.bool("force")
        if flags.int("grace-period") >= 0, !isForced {
            throw VerbError.message("--grace-period must have --force specified")
        }
        if (flags.milliseconds("timeout") ?? 0) != 0, !isForced {
            throw VerbError.message("--timeout must have --force specified")
        }
        if isForced, dryRun != .none {
            throw VerbError.message("--dry-run can not be used when --force is set")
        }
        try call.checkCascade()
        _ = try call.writeOptions()
        if isForced { return try replaceByForce() }
        try call.forEach(try call.findManifests()) { manifest throws(VerbError) in
            try replace(manifest)
        }
    }

    /// The manifest with its own text as annotation where that is wanted or there already.
    private func annotated(_ manifest: FoundObject) -> Value {
        let hasText = !manifest.value[.metadata][.annotations][LastApplied.annotation].isNull
        return call.flags.bool("save-config") || hasText
            ? LastApplied.annotated(manifest.value) : manifest.value
    }

    private func replace(_ manifest: FoundObject) throws(VerbError) {
        var result = manifest
        result.value = annotated(manifest)
        if dryRun != .client {
            let options = try call.writeOptions()
            let part = try call.subresource(of: manifest.info)
            do throws(APIError) {
                let written = try call.context.client.replace(
                    manifest.info.kind, namespace: manifest.namespace, name: manifest.name,
                    result.value, subresource: part, options: options)
                call.warn(written.warnings)
                result.value = written.object
            } catch {
                throw .apiWhile(
                    "error when replacing \"\(manifest.source ?? "")\"", error, manifest.info)
            }
        }
        try printer.confirm(result, "replaced", dryRun: dryRun)
    }

    /// Deletes what the manifests name and creates it anew. What cannot be deleted or read keeps everything
    /// from being created.
    private func replaceByForce() throws {
        var query = ObjectQuery(call)
        query.readsFilesAnew = false
        let found = try query.run()
        var gone: [(object: FoundObject, uid: String)] = []
        try call.forEach(found) { manifest throws(VerbError) in
            if let uid = try delete(manifest) { gone.append((manifest, uid)) }
        }
        let given = call.flags.milliseconds("timeout") ?? 0
        for (object, uid) in gone {
            try call.context.waitForDeletion(
                of: object, uid: uid, limit: given > 0 ? given : VerbContext.waitLimit
            ) {
                .message("timed out waiting for the condition")
            }
        }
        if found.objects.isEmpty { throw VerbError.message("no objects passed to replace") }
        try call.forEach(found) { manifest throws(VerbError) in try create(manifest) }
    }

    /// Deletes the object that a manifest is to replace; answers its uid, nil when there is none.
    private func delete(_ manifest: FoundObject) throws(VerbError) -> String? {
        let (kind, namespace, name) = (manifest.info.kind, manifest.namespace, manifest.name)
        let last: Value
        do throws(APIError) {
            last = try call.context.client.delete(
                kind, namespace: namespace, name: name,
                options: DeleteOptions(
                    gracePeriodSeconds: max(call.flags.int("grace-period"), 0),
                    propagation: call.propagation))
        } catch {
            if error.isNotFound { return nil }
            throw .apiWhile(
                "error when deleting \"\(manifest.source ?? "")\"", error, manifest.info)
        }
        let place = manifest.info.isNamespaced ? " from \(namespace) namespace" : ""
        call.context.output.line("\(manifest.info.qualifiedSingular) \"\(name)\" deleted\(place)")
        return last[.metadata].text(.uid)
    }

    private func create(_ manifest: FoundObject) throws(VerbError) {
        var created = manifest
        let options = try call.writeOptions()
        do throws(APIError) {
            let result = try call.context.client.create(
                manifest.info.kind, namespace: manifest.namespace, annotated(manifest),
                options: options)
            call.warn(result.warnings)
            created.value = result.object
        } catch {
            throw .api(error, manifest.info)
        }
        try printer.confirm(created, "replaced")
    }
}
