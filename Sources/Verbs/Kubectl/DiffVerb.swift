import API
import Model
import Printers
import Support
import Tools
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
            Flag("force-conflicts", nil, .bool, "take over fields of others (--server-side)"),
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
        var live: [DiffProgram.NamedText] = []
        var merged: [DiffProgram.NamedText] = []
        for manifest in found.objects {
            if StopRequest.isMade { throw ClusterError.interrupted }
            let states = try states(manifest)
            let info = manifest.info
            let group = info.group.isEmpty ? "" : "\(info.group)."
            let name =
                "\(group)\(info.version).\(info.name).\(manifest.namespace).\(manifest.name)"
            live.append(
                DiffProgram.NamedText(
                    name: name, text: states.live.isNull ? "" : YAMLPrinter.text(states.live)))
            merged.append(DiffProgram.NamedText(name: name, text: YAMLPrinter.text(states.merged)))
        }
        // Where something went wrong, kubectl compares nothing.
        try call.fail(found.errors)
        if let program = call.context.session.diffProgram {
            return try compare(live, merged, by: program)
        }
        var text = ""
        for (old, new) in zip(live, merged) {
            if StopRequest.isMade { throw ClusterError.interrupted }
            let diff = UnifiedDiff(old.text, new.text)
            if diff.isEmpty { continue }
            text +=
                "diff -u -N LIVE/\(old.name) MERGED/\(old.name)\n--- LIVE/\(old.name)\n"
                + "+++ MERGED/\(old.name)\n" + diff.hunks
        }
        call.context.output.write(text)
        if !text.isEmpty { throw VerbError.exit(1) }
    }

    /// Leaves the comparison to a program of the session; its status 1 says that there are differences.
    private func compare(
        _ live: [DiffProgram.NamedText], _ merged: [DiffProgram.NamedText],
        by program: DiffProgram
    ) throws(VerbError) {
        guard program.isOwn else {
            throw .message(
                "failed to run \"\(program.name)\": executable file not found in $PATH")
        }
        let status = program.compare(live, merged)
        if status == 1 { throw .exit(1) }
        if status > 1 {
            throw .message("failed to run \"\(program.name)\": exit status \(status)")
        }
    }

    /// The object as it is, and as the server would make it.
    private func states(_ manifest: FoundObject) throws(VerbError) -> (live: Value, merged: Value) {
        var options = try call.writeOptions()
        options.isDryRun = true
        let (info, client) = (manifest.info, call.context.client)
        if call.flags.bool("server-side") { return try statesOnServer(manifest, options) }
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

    /// The same for server-side apply, which makes what is not there.
    private func statesOnServer(
        _ manifest: FoundObject, _ options: WriteOptions
    ) throws(VerbError) -> (live: Value, merged: Value) {
        var options = options
        options.forcesConflicts = call.flags.bool("force-conflicts")
        let (info, client) = (manifest.info, call.context.client)
        let omits = !call.flags.bool("show-managed-fields")
        func shown(_ value: Value) -> Value {
            masked(omits ? OutputPrinter.withoutManagedFields(value) : value, info)
        }
        do throws(APIError) {
            let live = try client.find(
                info.kind, namespace: manifest.namespace, name: manifest.name)
            let merged = try client.patch(
                info.kind, namespace: manifest.namespace, name: manifest.name,
                .apply(manifest.value), subresource: .none, options: options)
            return (live.map(shown) ?? .null, shown(merged.object))
        } catch {
            throw .api(error, info)
        }
    }

    private func patch(_ manifest: FoundObject, _ live: Value) -> Patch? {
        // The annotation with the manifest is no difference that anybody asks for.
        let original = LastApplied.original(of: live)
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
