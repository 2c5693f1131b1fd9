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
        verb.checksSubverbs = true
        return verb
    }()

    /// The flags that name workloads.
    static let rolloutTargets: [Flag] = [.filename, .recursive, .kustomize, .selector]

    /// The flags of the subcommands that print objects.
    static let rolloutFlags =
        rolloutTargets + [
            .output, .template, .showManagedFields, .allowMissingTemplateKeys,
        ]

    static let rolloutPause = pausing(
        "pause", summary: "Pause the rollouts of a deployment", pauses: true)
    static let rolloutResume = pausing(
        "resume", summary: "Resume a paused deployment", pauses: false)

    private static func pausing(_ name: String, summary: String, pauses: Bool) -> Verb {
        var verb = Verb(name, summary: summary)
        verb.usage = "(TYPE NAME | TYPE/NAME) [flags]"
        verb.examples = ["rollout \(name) deployment/web"]
        verb.flags = rolloutFlags + [.fieldManager]
        verb.holdsGoTypes = true
        verb.completes = .resources
        verb.run = { call in
            let printer = try ResultPrinter(call)
            try call.forEachRolloutTarget { object throws(VerbError) in
                let subject = "\(object.info.qualifiedPlural) \"\(object.name)\""
                guard object.info.rollout?.canPause == true else {
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
        verb.flags = rolloutFlags + [.fieldManager]
        verb.holdsGoTypes = true
        verb.completes = .resources
        verb.run = { call in
            let printer = try ResultPrinter(call)
            try call.forEachRolloutTarget { object throws(VerbError) in
                let subject = "\(object.info.qualifiedPlural) \"\(object.name)\""
                guard object.info.rollout != nil, let template = object.info.podTemplate else {
                    throw .plain("error: \(subject) restarting is not supported\n")
                }
                if object.value[.spec].flag(.paused) {
                    throw .plain(
                        "error: \(subject) can't restart paused deployment (run rollout resume "
                            + "first)\n")
                }
                let time = call.context.now.text
                let result = try call.patch(object) { value throws(VerbError) in
                    value.modify(at: template.path + [.metadata, .annotations]) {
                        $0["kubectl.kubernetes.io/restartedAt"] = Value(time)
                    }
                }
                // The annotation tells whole seconds: a second restart within one changes nothing.
                guard let result else {
                    throw .message(
                        "failed to create patch for \(object.name): if restart has already been "
                            + "triggered within the past second, please wait before attempting to "
                            + "trigger another")
                }
                try printer.confirm(result, "restarted")
            }
        }
        return verb
    }()
}

extension VerbCall {
    /// The workloads that a rollout command names; a kind alone means all of them.
    func forEachRolloutTarget(
        _ work: (FoundObject) throws(VerbError) -> Void
    ) throws {
        try forEach(try findRolloutTargets(), work)
    }

    func findRolloutTargets() throws(VerbError) -> Found {
        if arguments.isEmpty, !hasFiles { throw .message("required resource not specified") }
        return try find(allowsKindAlone: true)
    }
}
