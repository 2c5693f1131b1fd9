import API
import Model
import Support
import Value

extension Verb {
    /// `kubectl diff`.
    static let diff: Verb = {
        var verb = Verb("diff", summary: "Compare the cluster with what apply would make of it")
        verb.usage = "-f FILE [flags]"
        verb.examples = ["diff -f web.yaml"]
        verb.flags = [
            .filename, .recursive, .kustomize, .selector, .fieldManager, .showManagedFields,
            Flag("server-side", nil, .bool, "as apply --server-side"),
            .idle("force-conflicts", .bool, "owners of fields are not tracked"),
            .idle("concurrency", .int, "objects are compared one after another", standard: "1"),
        ]
        verb.completes = .files
        // 1 means that there are differences.
        verb.failureCode = 2
        verb.run = { call in try Comparison(call: call).run() }
        return verb
    }()
}

/// One run of `kubectl diff`. Exit code 1 means that there are differences.
private struct Comparison {
    let call: VerbCall

    func run() throws {
        if !call.arguments.isEmpty { throw call.unexpectedArguments }
        try call.requireFiles()
        var query = ObjectQuery(call, [])
        query.readsFilesAnew = false
        query.stopsAtError = true
        let found = try query.run()
        var text = ""
        for manifest in found.objects {
            let (live, merged) = try states(manifest)
            let diff = UnifiedDiff(
                live.isNull ? "" : YAMLPrinter.text(live), YAMLPrinter.text(merged))
            if diff.isEmpty { continue }
            let info = manifest.info
            let group = info.group.isEmpty ? "" : "\(info.group)."
            let name =
                "\(group)\(info.version).\(info.name).\(manifest.namespace).\(manifest.name)"
            text +=
                "diff -u -N LIVE/\(name) MERGED/\(name)\n--- LIVE/\(name)\n+++ MERGED/\(name)\n"
                + diff.hunks
        }
        // Where something went wrong, kubectl compares nothing.
        try call.fail(found.errors)
        call.context.output.write(text)
        if !text.isEmpty { throw VerbError.exit(1) }
    }

    /// The object as it is, and as the server would make it.
    private func states(_ manifest: FoundObject) throws(VerbError) -> (live: Value, merged: Value) {
        var options = try call.writeOptions()
        options.isDryRun = true
        let (info, client) = (manifest.info, call.context.client)
        do throws(APIError) {
            let live: Value
            do throws(APIError) {
                live = try client.get(
                    info.kind, namespace: manifest.namespace, name: manifest.name)
            } catch {
                guard error.isNotFound else { throw error }
                let created = try client.create(
                    info.kind, namespace: manifest.namespace, manifest.value, options: options)
                return (.null, created.object)
            }
            guard let patch = patch(manifest, live) else { return (live, live) }
            let merged = try client.patch(
                info.kind, namespace: manifest.namespace, name: manifest.name, patch,
                subresource: .none, options: options)
            return (masked(live, info), masked(merged.object, info))
        } catch {
            throw .api(error, info)
        }
    }

    private func patch(_ manifest: FoundObject, _ live: Value) -> Patch? {
        // The annotation with the manifest is no difference that anybody asks for.
        var original = LastApplied.original(of: live)
        if call.flags.bool("server-side") { original = .null }
        let modified = LastApplied.plain(manifest.value)
        guard let type = FieldFacts.root(of: manifest.info.kind) else {
            let patch = StrategicMergePatch.threeWayJSON(
                original: original, modified: modified, current: live)
            return patch.fields.isEmpty ? nil : .merge(patch)
        }
        guard
            let patch = try? StrategicMergePatch.threeWay(
                original: original, modified: modified, current: live, type: type),
            !patch.fields.isEmpty
        else { return nil }
        return .strategic(patch)
    }

    /// kubectl shows no data of secrets.
    private func masked(_ value: Value, _ info: KindDescriptor) -> Value {
        guard info.kind == .secret else { return value }
        var result = value
        for field in value["data"].fields { result["data"][field.key] = "***" }
        return result
    }
}
