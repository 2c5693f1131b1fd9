import API
import Model
import Value

extension Verb {
    /// `kubectl delete`.
    static let delete: Verb = {
        var verb = Verb("delete", summary: "Delete objects by name, label or manifest")
        verb.usage = "(-f FILE | -k FOLDER | TYPE [(NAME … | -l label | --all)]) [flags]"
        verb.examples = [
            "delete pod web-0", "delete rs web --cascade=orphan", "delete -f web.yaml",
            "delete pods -l app=web --wait=false",
        ]
        verb.flags = [
            .filename, .recursive, .kustomize, .selector, .fieldSelector, .allNamespaces, .all,
            .output, .dryRun, .timeout,
            Flag(
                "cascade", nil, .string, "background, orphan or foreground", standard: "background",
                valueAlone: "background", choices: ["background", "orphan", "foreground"]),
            Flag("force", nil, .bool, "delete at once, without grace"),
            Flag("grace-period", nil, .int, "seconds for pods to stop", standard: "-1"),
            Flag("now", nil, .bool, "a grace period of one second"),
            Flag("wait", nil, .bool, "wait until the objects are gone", standard: "true"),
            Flag("ignore-not-found", nil, .bool, "a missing object is no error"),
            Flag("interactive", "i", .bool, "ask before deleting"),
            Flag("raw", nil, .string, "a path of the API"),
        ]
        verb.completes = .resources
        verb.run = { call in try Delete(call: call).run() }
        return verb
    }()
}

/// One run of `kubectl delete`.
private struct Delete {
    let call: VerbCall
    var flags: FlagValues { call.flags }

    private var gracePeriod: Int? {
        if flags.bool("now") { return 1 }
        let given = flags.int("grace-period")
        if given >= 0 { return given }
        return flags.bool("force") ? 0 : nil
    }

    func run() throws {
        try checkFlags()
        let dryRun = try call.dryRun()
        if flags.has("raw") {
            if flags.bool("interactive") {
                throw VerbError.message("--interactive can not be used with --raw")
            }
            try call.checkRaw()
            if flags.bool("recursive") {
                throw VerbError.message("--raw and --recursive are mutually exclusive")
            }
            return try RawRequest(call: call).delete()
        }
        var query = ObjectQuery(call)
        query.hasAll = true
        query.readsFilesAnew = false
        query.readsNamed = false
        var found = try query.run()
        try checkOutput()
        // What is selected may be gone by its turn: an owner before it took it along.
        let ignores =
            flags.has("ignore-not-found") ? flags.bool("ignore-not-found") : selectsMany
        if ignores { found = found.ignoringMissing() }
        if flags.bool("interactive"), !found.objects.isEmpty {
            found = try confirmed(found)
            if found.objects.isEmpty { return call.context.output.line("deletion is cancelled") }
        }
        var deleted: [Deleted] = []
        var hasWarned = !flags.has("namespace") || flags.bool("all-namespaces")
        try call.forEach(found) { object throws(VerbError) in
            if !hasWarned, !object.info.isNamespaced {
                hasWarned = true
                call.context.output.error(
                    "Warning: deleting cluster-scoped resources, not scoped to the provided "
                        + "namespace\n")
            }
            do throws(VerbError) {
                deleted.append(Deleted(object: object, uid: try delete(object, dryRun)))
            } catch {
                if !(ignores && error.isNotFound) { throw error }
            }
        }
        // As kubectl: where something failed, it does not wait for the rest.
        if found.objects.isEmpty { return call.context.output.line("No resources found") }
        // A deferred block (`at 10s { delete pod web-0 }`) acts in one instant and waits for nothing.
        if flags.bool("wait"), dryRun == .none, !call.context.clock.standsStill {
            try wait(for: deleted)
        }
    }

    /// Lists the objects and asks for a `y` on standard input; answers nothing without one.
    private func confirmed(_ found: Found) throws(VerbError) -> Found {
        let output = call.context.output
        output.line("You are about to delete the following \(found.objects.count) resource(s):")
        for object in found.objects {
            output.line("\(object.info.qualifiedSingular)/\(object.name)")
        }
        output.write("Do you want to continue? (y/N): ")
        let line = call.context.input().prefix { $0 != "\n" }
        let answer = line.split(separator: " ")
        return answer.count == 1 && answer[0].lowercased() == "y" ? found : Found()
    }

    /// What kubectl finds wrong with flags before it looks for objects.
    private func checkFlags() throws(VerbError) {
        try call.checkCascade()
        if flags.bool("now"), flags.int("grace-period") != -1 {
            throw .message("--now and --grace-period cannot be specified together")
        }
    }

    /// What kubectl finds wrong with flags when it knows the objects.
    private func checkOutput() throws(VerbError) {
        let output = flags.string("output")
        guard ["", "name"].contains(output) else {
            throw .message("unexpected -o output mode: \(output). We only support '-o name'")
        }
        guard flags.bool("force") else { return }
        if gracePeriod ?? 0 > 0 {
            throw .message("--force and --grace-period greater than 0 cannot be specified together")
        }
        call.context.output.error(
            "Warning: Immediate deletion does not wait for confirmation that the running resource has "
                + "been terminated. The resource may continue to run on the cluster indefinitely.\n"
        )
    }

    private var selectsMany: Bool {
        flags.bool("all") || flags.has("selector") || flags.has("field-selector")
    }

    /// What was deleted, by the uid that the answer tells: another object of its name is not waited for.
    private struct Deleted {
        let object: FoundObject
        let uid: String
    }

    /// Deletes an object and answers its uid; "" in a dry run of the client.
    private func delete(
        _ object: FoundObject, _ dryRun: DryRun
    ) throws(VerbError) -> String {
        let client = call.context.client
        var uid = ""
        do throws(APIError) {
            if dryRun != .client {
                // Without --force, kubectl makes a grace period of 0 one of 1.
                var options = DeleteOptions(
                    gracePeriodSeconds: gracePeriod == 0 && !flags.bool("force") ? 1 : gracePeriod,
                    propagation: call.propagation)
                options.isDryRun = dryRun == .server
                let answer = try client.delete(
                    object.info.kind, namespace: object.namespace, name: object.name,
                    options: options)
                uid = answer[.metadata].text(.uid)
            }
        } catch {
            guard let source = object.source else { throw .api(error, object.info) }
            throw .apiWhile("error when deleting \"\(source)\"", error, object.info)
        }
        if flags.string("output") == "name" {
            call.context.output.line(object.reference)
        } else {
            let verb = flags.bool("force") ? "force deleted" : "deleted"
            let place = object.info.isNamespaced ? " from \(object.namespace) namespace" : ""
            call.context.output.line(
                "\(object.info.qualifiedSingular) \"\(object.name)\" \(verb)\(place)"
                    + dryRun.suffix)
        }
        return uid
    }

    /// Waits until the objects are gone, or others of the same name stand in their place.
    private func wait(for objects: [Deleted]) throws {
        let context = call.context
        let timeout = flags.milliseconds("timeout") ?? 0
        let end = context.clock.now + (timeout > 0 ? timeout : VerbContext.waitLimit)
        for (index, deleted) in objects.enumerated() {
            try context.waitForDeletion(
                of: deleted.object, uid: deleted.uid, limit: max(end - context.clock.now, 0)
            ) {
                guard timeout <= 0 else {
                    return .message(
                        "timed out waiting for the condition on \(deleted.object.info.plural)/"
                            + deleted.object.name)
                }
                let left = objects[index...].filter(isLeft).map(\.object.reference)
                return .message(
                    "waited one hour of virtual time for \(left.joined(separator: ", ")) to be gone; "
                        + "finalizers or a dead node may hold them (try --wait=false, or "
                        + "--grace-period=0 --force)")
            }
        }
    }

    private func isLeft(_ deleted: Deleted) -> Bool {
        let object = deleted.object
        let found = try? call.context.client.find(
            object.info.kind, namespace: object.namespace, name: object.name)
        return found?[.metadata].text(.uid) == deleted.uid
    }
}
