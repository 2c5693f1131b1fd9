import API
import Model
import Printers
import Support
import Value

extension Verb {
    /// `kubectl rollout undo`.
    static let rolloutUndo: Verb = {
        var verb = Verb("undo", summary: "Go back to an earlier revision")
        verb.usage = "(TYPE NAME | TYPE/NAME) [flags]"
        verb.examples = ["rollout undo deploy/web", "rollout undo sts/mysql --to-revision=2"]
        verb.flags =
            rolloutFlags + [
                .dryRun, Flag("to-revision", nil, .int, "the revision to go back to; 0: the last"),
            ]
        verb.holdsGoTypes = true
        verb.completes = .resources
        verb.run = { call in
            let printer = try ResultPrinter(call)
            try call.forEachRolloutTarget { object throws(VerbError) in
                try Undo(call: call, printer: printer, object: object).run()
            }
        }
        return verb
    }()
}

/// Goes back to a revision. Source: kubectl's polymorphichelpers/rollback.go.
private struct Undo {
    let call: VerbCall
    let printer: ResultPrinter
    let object: FoundObject

    func run() throws(VerbError) {
        warnOfApply()
        let wanted = call.flags.int("to-revision")
        if wanted < 0 { throw notFound(wanted) }
        let revisions = try Revisions(of: object, call, orSay: "rollbacker")
        let inSets = revisions.keeper == .replicaSets
        if wanted == 0, revisions.entries.count < 2 {
            throw .message(
                inSets
                    ? "no rollout history found for deployment \"\(object.name)\""
                    : "no last revision to roll back to")
        }
        let entry =
            wanted == 0
            ? revisions.entries[revisions.entries.count - 2]
            : revisions.entries.first { $0.number == wanted }
        guard let entry else { throw notFound(wanted) }
        let dryRun = try call.dryRun()
        if dryRun == .client { return printTemplate(entry.object, inSets, dryRun) }
        let patch = inSets ? try templatePatch(entry.object) : entry.object["data"]
        guard let patch else {
            return call.context.output.line(
                "\(object.reference) skipped rollback (current template already matches revision "
                    + "\(wanted))\(dryRun.suffix)")
        }
        let sent: Patch = inSets ? .json(try jsonPatch(patch)) : .strategic(patch)
        if !inSets, matches(entry.object["data"]) {
            return call.context.output.line(
                "\(object.reference) skipped rollback (current template already matches revision "
                    + "\(wanted))\(dryRun.suffix)")
        }
        var result = object
        result.value = try call.send(sent, to: object).object
        try printer.confirm(result, "rolled back", dryRun: dryRun)
    }

    /// What was applied is not what a rollback leaves.
    private func warnOfApply() {
        let annotations = object.value[.metadata][.annotations]
        guard !annotations[Key(LastApplied.annotation)].isNull else { return }
        call.context.output.error(
            "Warning: resource \(object.info.plural)/\(object.name) was previously managed with "
                + "'kubectl apply'. Rolling back will not update the "
                + "\(LastApplied.annotation) annotation, which may cause unexpected behavior on "
                + "future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous "
                + "configuration file instead.\n")
    }

    private func notFound(_ number: Int) -> VerbError {
        .message("unable to find specified revision \(number) in history")
    }

    /// kubectl puts the template where it else says what it did.
    private func printTemplate(_ revision: Value, _ isSet: Bool, _ dryRun: DryRun) {
        let template =
            isSet ? revision[.spec][.template] : revision["data"].value(at: templatePath)
        let text = RolloutHistory.templateText(template)
        let lead = isSet ? "" : "will roll back to "
        call.context.output.line("\(object.reference) \(lead)\(text)\(dryRun.suffix)")
    }

    private var templatePath: [Key] { object.info.podTemplate?.path ?? [] }

    /// Whether the current template is that of the revision.
    private func matches(_ data: Value) -> Bool {
        var wanted = data.value(at: templatePath)
        wanted["$patch"] = .null
        return wanted == object.value.value(at: templatePath)
    }

    private static let keptAnnotations: [Key] = [
        "kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision",
        "deployment.kubernetes.io/revision-history", "deployment.kubernetes.io/desired-replicas",
        "deployment.kubernetes.io/max-replicas", "deprecated.deployment.rollback.to",
    ]

    /// The template and annotations to restore; nil when the template is in force already.
    private func templatePatch(_ set: Value) throws(VerbError) -> Value? {
        if object.value[.spec].flag(.paused) {
            throw .message(
                "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' "
                    + "and try again")
        }
        var template = set[.spec][.template]
        template[.metadata][.labels]["pod-template-hash"] = .null
        var current = object.value.value(at: templatePath)
        current[.metadata][.labels]["pod-template-hash"] = .null
        if template == current { return nil }
        var annotations = Object()
        let own = object.value[.metadata][.annotations]
        for key in Self.keptAnnotations where !own[key].isNull { annotations[key] = own[key] }
        for field in set[.metadata][.annotations].fields
        where !Self.keptAnnotations.contains(field.key) {
            annotations[field.key] = field.value
        }
        return [.template: template, .annotations: .object(annotations)]
    }

    private func jsonPatch(_ parts: Value) throws(VerbError) -> JSONPatch {
        let operations: Value = [
            [
                "op": "replace", "path": Value(templatePath.map { "/\($0)" }.joined()),
                "value": parts[.template],
            ],
            ["op": "replace", "path": "/metadata/annotations", "value": parts[.annotations]],
        ]
        do throws(JSONPatchError) {
            return try JSONPatch(operations)
        } catch {
            throw .message(error.message)
        }
    }
}
