import Cluster
import Model
import Printers
import Support
import Value

extension Verb {
    /// `kubectl rollout` with its subcommands.
    static let rollout: Verb = {
        var verb = Verb("rollout", summary: "Follow, undo, pause, resume and restart rollouts")
        verb.subverbs = [
            .rolloutHistory, .rolloutPause, .rolloutRestart, .rolloutResume, .rolloutStatus,
            .rolloutUndo,
        ]
        return verb
    }()

    private static let common: [Flag] = [
        .filename, .recursive, .kustomize, .selector, .output, .template, .showManagedFields,
        .fieldManager,
    ]

    static let rolloutStatus: Verb = {
        var verb = Verb("status", summary: "Follow a rollout until it is done")
        verb.usage = "(TYPE NAME | TYPE/NAME) [flags]"
        verb.examples = ["rollout status deployment/web --timeout=2m"]
        verb.flags =
            common + [
                .timeout,
                Flag("watch", "w", .bool, "follow until done", standard: "true"),
                Flag("revision", nil, .int, "the revision to follow", standard: "0"),
            ]
        verb.completes = .resources
        verb.advancesTime = true
        verb.run = { call in try RolloutFollowing(call: call).run() }
        verb.follow = { call in try RolloutWatch(call) }
        return verb
    }()

    static let rolloutHistory: Verb = {
        var verb = Verb("history", summary: "Show the revisions of a workload")
        verb.usage = "(TYPE NAME | TYPE/NAME) [flags]"
        verb.examples = ["rollout history deploy/web", "rollout history ds/agent --revision=2"]
        verb.flags = common + [Flag("revision", nil, .int, "show this revision in detail")]
        verb.completes = .resources
        verb.run = { call in
            try call.forEachRolloutTarget { object throws(VerbError) in
                try history(object, call)
            }
        }
        return verb
    }()

    private static func history(_ object: FoundObject, _ call: VerbCall) throws(VerbError) {
        let number = call.flags.int("revision")
        if number < 0 { throw .message("revision must be a positive integer: \(number)") }
        let revisions = try Revisions(of: object, call)
        if number == 0 {
            return call.context.output.write(revisions.history.print(of: object.value))
        }
        guard let text = revisions.history.print(of: object.value, revision: number) else {
            throw .message("unable to find the specified revision")
        }
        call.context.output.write(text)
    }

    static let rolloutUndo: Verb = {
        var verb = Verb("undo", summary: "Go back to an earlier revision")
        verb.usage = "(TYPE NAME | TYPE/NAME) [flags]"
        verb.examples = ["rollout undo deploy/web", "rollout undo sts/mysql --to-revision=2"]
        verb.flags =
            common + [
                .dryRun, Flag("to-revision", nil, .int, "the revision to go back to; 0: the last"),
            ]
        verb.completes = .resources
        verb.run = { call in
            let printer = try ResultPrinter(call)
            try call.forEachRolloutTarget { object throws(VerbError) in
                try Undo(call: call, printer: printer, object: object).run()
            }
        }
        return verb
    }()

    static let rolloutPause = pausing(
        "pause", summary: "Pause the rollouts of a deployment", pauses: true)
    static let rolloutResume = pausing(
        "resume", summary: "Resume a paused deployment", pauses: false)

    private static func pausing(_ name: String, summary: String, pauses: Bool) -> Verb {
        var verb = Verb(name, summary: summary)
        verb.usage = "(TYPE NAME | TYPE/NAME) [flags]"
        verb.examples = ["rollout \(name) deployment/web"]
        verb.flags = common
        verb.completes = .resources
        verb.run = { call in
            let printer = try ResultPrinter(call)
            try call.forEachRolloutTarget { object throws(VerbError) in
                let subject = "\(object.info.qualifiedPlural) \"\(object.name)\""
                guard object.info.kind == .deployment else {
                    throw .message("\(subject) \(pauses ? "pausing" : "resuming") is not supported")
                }
                if object.value[.spec].flag(.paused) == pauses {
                    throw .message("\(subject) is \(pauses ? "already" : "not") paused")
                }
                let result = try call.patch(object) { value throws(VerbError) in
                    value[.spec][.paused] = pauses ? true : .null
                }
                try printer.confirm(
                    result ?? object, pauses ? "paused" : "resumed")
            }
        }
        return verb
    }

    static let rolloutRestart: Verb = {
        var verb = Verb("restart", summary: "Replace the pods of a workload one after another")
        verb.usage = "(TYPE NAME | TYPE/NAME) [flags]"
        verb.examples = ["rollout restart deployment/web", "rollout restart ds"]
        verb.flags = common
        verb.completes = .resources
        verb.run = { call in
            let printer = try ResultPrinter(call)
            try call.forEachRolloutTarget(allowsKindAlone: true) { object throws(VerbError) in
                let subject = "\(object.info.qualifiedPlural) \"\(object.name)\""
                guard [.deployment, .daemonSet, .statefulSet].contains(object.info.kind) else {
                    throw .message("\(subject) restarting is not supported")
                }
                if object.value[.spec].flag(.paused) {
                    throw .message(
                        "\(subject) can't restart paused deployment (run rollout resume first)")
                }
                let time = call.context.now.text
                let result = try call.patch(object) { value throws(VerbError) in
                    value[.spec][.template][.metadata][.annotations][
                        "kubectl.kubernetes.io/restartedAt"] = Value(time)
                }
                try printer.confirm(result ?? object, "restarted")
            }
        }
        return verb
    }()
}

extension VerbCall {
    /// The workloads that a rollout command names.
    func forEachRolloutTarget(
        allowsKindAlone: Bool = false, _ work: (FoundObject) throws(VerbError) -> Void
    ) throws(VerbError) {
        if arguments.isEmpty, !flags.has("filename"), !flags.has("kustomize") {
            throw .message("required resource not specified")
        }
        let (objects, errors) = try find(allowsKindAlone: allowsKindAlone)
        try forEach(objects, after: errors, work)
    }
}

/// The revisions of a workload: its ReplicaSets, or its ControllerRevisions, by ascending number.
struct Revisions {
    /// The number of a revision and the object that keeps it.
    let entries: [(number: Int, object: Value)]
    let history: RolloutHistory

    private static let revision = Key("deployment.kubernetes.io/revision")

    init(of object: FoundObject, _ call: VerbCall) throws(VerbError) {
        let kind: Kind
        switch object.info.kind {
        case .deployment: kind = .replicaSet
        case .statefulSet, .daemonSet: kind = .controllerRevision
        default:
            throw .message(
                "no history viewer has been implemented for {\"\(object.info.group)\" \"\(object.info.name)\"}"
            )
        }
        let items: [Value]
        do throws(APIError) {
            items = try call.context.client.list(
                kind, namespace: object.namespace, options: ListOptions()
            ).items
        } catch {
            throw .api(error, object.info)
        }
        let uid = object.value[.metadata].text(.uid)
        let owned = items.filter {
            ObjectMeta($0[.metadata]).controllerReference?.uid == uid
        }
        if kind == .replicaSet {
            history = RolloutHistory(replicaSets: owned)
            entries = owned.compactMap { set in
                Int(set[.metadata][.annotations][Self.revision].string ?? "").map { ($0, set) }
            }.sorted { $0.number < $1.number }
        } else {
            history = RolloutHistory(controllerRevisions: owned)
            entries = owned.map { ($0.int(.revision), $0) }.sorted { $0.number < $1.number }
        }
    }
}

/// Follows a rollout: a line for each change of the workload, until it is done.
private struct RolloutFollowing {
    let call: VerbCall

    func run() throws {
        if call.arguments.isEmpty, !call.flags.has("filename"), !call.flags.has("kustomize") {
            throw VerbError.message("required resource not specified")
        }
        if call.flags.int("revision") < 0 {
            throw VerbError.message(
                "revision must be a positive integer: \(call.flags.int("revision"))")
        }
        let (objects, errors) = try call.find(allowsKindAlone: call.flags.has("selector"))
        try call.fail(errors)
        for object in objects { try follow(object) }
    }

    private func follow(_ object: FoundObject) throws {
        let cluster = call.context.cluster
        var seen = ""
        func step() throws -> Bool {
            guard
                let now = cluster.api.find(
                    object.info.kind, namespace: object.namespace, name: object.name)
            else { throw VerbError.message("object has been deleted") }
            let version = String(now.resourceVersion)
            guard version != seen else { return false }
            seen = version
            do throws(RolloutStatus.Failure) {
                let status = try RolloutStatus.of(
                    now.value, revision: call.flags.int("revision"))
                call.context.output.line(status.message)
                return status.isDone
            } catch {
                throw VerbError.message(error.message)
            }
        }
        if try step() || !call.flags.bool("watch") { return }
        let timeout = call.flags.milliseconds("timeout") ?? 0
        try call.context.wait(limit: timeout > 0 ? timeout : VerbContext.waitLimit) {
            try step()
        } expired: {
            timeout > 0
                ? .message("timed out waiting for the condition")
                : .message(
                    "the rollout of \(object.reference) did not end within one hour of virtual time; "
                        + "`describe \(object.reference)` and `get events` show what holds it "
                        + "(--timeout sets another limit)")
        }
    }
}

/// `rollout status` beside other commands: a line for each change, until the rollout is done.
private final class RolloutWatch: CommitObserver, Following {
    private let call: VerbCall
    private let object: FoundObject

    init(_ call: VerbCall) throws {
        self.call = call
        let (objects, errors) = try call.find(allowsKindAlone: false)
        try call.fail(errors)
        guard let object = objects.first else {
            throw VerbError.message("required resource not specified")
        }
        self.object = object
        if try report(object.value) { return }
        call.context.cluster.addObserver(self)
    }

    private func report(_ value: Value) throws -> Bool {
        let status = try RolloutStatus.of(value, revision: call.flags.int("revision"))
        call.context.output.line(status.message)
        return status.isDone
    }

    func committed(_ change: Change, in cluster: SimulatedCluster) -> Bool {
        guard change.kind == object.info.kind, change.object.name == object.name,
            change.object.namespace == object.namespace
        else { return false }
        do {
            if try change.type == .deleted || report(change.object.apiValue) { end() }
        } catch let error as RolloutStatus.Failure {
            call.context.output.error("error: \(error.message)\n")
            end()
        } catch {
            end()
        }
        return false
    }

    func end() { call.context.cluster.removeObserver(self) }
}

/// Goes back to a revision. Source: kubectl's polymorphichelpers/rollback.go.
private struct Undo {
    let call: VerbCall
    let printer: ResultPrinter
    let object: FoundObject

    func run() throws(VerbError) {
        let wanted = call.flags.int("to-revision")
        if wanted < 0 { throw notFound(wanted) }
        let revisions = try Revisions(of: object, call)
        let isDeployment = object.info.kind == .deployment
        if wanted == 0, revisions.entries.count < 2 {
            throw .message(
                isDeployment
                    ? "no rollout history found for deployment \"\(object.name)\""
                    : "no last revision to roll back to")
        }
        let entry =
            wanted == 0
            ? revisions.entries[revisions.entries.count - 2]
            : revisions.entries.first { $0.number == wanted }
        guard let entry else { throw notFound(wanted) }
        let dryRun = try call.dryRun()
        if dryRun == .client { return printTemplate(entry.object) }
        let patch = isDeployment ? try deploymentPatch(entry.object) : entry.object["data"]
        guard let patch else {
            return call.context.output.line(
                "\(object.reference) skipped rollback (current template already matches revision "
                    + "\(wanted))")
        }
        let sent: Patch =
            isDeployment ? .json(try jsonPatch(patch)) : .strategic(patch)
        if !isDeployment, matches(entry.object["data"]) {
            return call.context.output.line(
                "\(object.reference) skipped rollback (current template already matches revision "
                    + "\(wanted))")
        }
        var result = object
        result.value = try call.send(sent, to: object).object
        try printer.confirm(result, "rolled back", dryRun: dryRun)
    }

    private func notFound(_ number: Int) -> VerbError {
        .message("unable to find specified revision \(number) in history")
    }

    private func printTemplate(_ revision: Value) {
        let template =
            object.info.kind == .deployment
            ? revision[.spec][.template] : revision["data"][.spec][.template]
        call.context.output.line("\(object.reference) Pod Template:")
        call.context.output.write(RolloutHistory.templateText(template))
    }

    /// Whether the current template is that of the revision.
    private func matches(_ data: Value) -> Bool {
        var wanted = data[.spec][.template]
        wanted["$patch"] = .null
        return wanted == object.value[.spec][.template]
    }

    private static let keptAnnotations: [Key] = [
        "kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision",
        "deployment.kubernetes.io/revision-history", "deployment.kubernetes.io/desired-replicas",
        "deployment.kubernetes.io/max-replicas", "deprecated.deployment.rollback.to",
    ]

    /// The template and annotations to restore; nil when the template is in force already.
    private func deploymentPatch(_ set: Value) throws(VerbError) -> Value? {
        if object.value[.spec].flag(.paused) {
            throw .message(
                "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' "
                    + "and try again")
        }
        var template = set[.spec][.template]
        template[.metadata][.labels]["pod-template-hash"] = .null
        var current = object.value[.spec][.template]
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
            ["op": "replace", "path": "/spec/template", "value": parts[.template]],
            ["op": "replace", "path": "/metadata/annotations", "value": parts[.annotations]],
        ]
        do throws(JSONPatchError) {
            return try JSONPatch(operations)
        } catch {
            throw .message(error.message)
        }
    }
}
