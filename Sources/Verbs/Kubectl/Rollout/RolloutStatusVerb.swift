import API
import Model
import Printers
import Support
import Value

extension Verb {
    /// `kubectl rollout status`.
    static let rolloutStatus: Verb = {
        var verb = Verb("status", summary: "Follow a rollout until it is done")
        verb.usage = "(TYPE NAME | TYPE/NAME) [flags]"
        verb.examples = ["rollout status deployment/web --timeout=2m"]
        verb.flags =
            rolloutTargets + [
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
}

extension VerbCall {
    fileprivate func rolloutStatus(
        of value: Value
    ) throws(RolloutStatus.Failure) -> RolloutStatus {
        try RolloutStatus.of(
            value, revision: flags.int("revision"), printers: context.session.printers)
    }
}

/// Follows a rollout: a line for each change of the workload, until it is done.
private struct RolloutFollowing {
    let call: VerbCall

    func run() throws {
        let found = try call.findRolloutTargets()
        if call.flags.int("revision") < 0 {
            throw VerbError.message(
                "revision must be a positive integer: \(call.flags.int("revision"))")
        }
        try call.visit(found, follow)
        if found.objects.isEmpty {
            call.context.output.error("No resources found in \(call.namespace) namespace.\n")
        }
    }

    private func follow(_ object: FoundObject) throws {
        try call.context.tracking(object) { tracked in try follow(object, tracked) }
    }

    private func follow(_ object: FoundObject, _ tracked: TrackedObject) throws {
        var seen: Int?
        func step() throws -> Bool {
            guard let now = tracked.value else {
                throw VerbError.message("object has been deleted")
            }
            guard tracked.changes != seen else { return false }
            seen = tracked.changes
            do throws(RolloutStatus.Failure) {
                let status = try call.rolloutStatus(of: now)
                call.context.output.line(status.message)
                return status.isDone
            } catch {
                throw VerbError.message(error.message + call.context.whyNote(object))
            }
        }
        if try step() || !call.flags.bool("watch") { return }
        let timeout = call.flags.milliseconds("timeout") ?? 0
        if timeout <= 0, call.context.session.givesHints, object.value[.spec].flag(.paused) {
            throw VerbError.message(
                "\(object.reference) is paused, so that its rollout cannot go on; `rollout resume "
                    + "\(object.reference)` lets it (kubectl waits here for ever)")
        }
        try call.context.waitWhilePending(
            limit: timeout > 0 ? timeout : VerbContext.waitLimit, isLimited: timeout > 0
        ) {
            try step()
        } expired: { isResting in
            .message(
                complaint(object, isResting: isResting, timeout) + call.context.whyNote(object))
        }
    }

    private func complaint(
        _ object: FoundObject, isResting: Bool, _ timeout: Milliseconds
    ) -> String {
        if timeout > 0 { return "timed out waiting for the condition" }
        if isResting {
            return "the rollout of \(object.reference) never ends: nothing that is due can move it "
                + "(kubectl waits here for ever)"
        }
        return "the rollout of \(object.reference) did not end within one hour of virtual time"
            + "; `why \(object.reference)` says more (--timeout sets another limit)"
    }
}

/// `rollout status` beside other commands: a line for each change, until the rollout is done.
private final class RolloutWatch: Following {
    private let call: VerbCall
    private var watch: (any Watch)?

    init(_ call: VerbCall) throws {
        self.call = call
        let found = try call.findRolloutTargets()
        try call.fail(found.errors)
        guard let object = found.objects.first else {
            throw VerbError.message("required resource not specified")
        }
        if try report(object.value) { return }
        let target = WatchTarget(
            object.info.kind, namespace: object.namespace, name: object.name)
        do throws(APIError) {
            watch = try call.context.client.watch(target, after: nil) { self.follow($0) }
        } catch {
            throw VerbError.api(error, object.info)
        }
    }

    private func report(_ value: Value) throws(RolloutStatus.Failure) -> Bool {
        let status = try call.rolloutStatus(of: value)
        call.context.output.line(status.message)
        return status.isDone
    }

    private func follow(_ event: WatchEvent) {
        do throws(RolloutStatus.Failure) {
            if event.type == .deleted { return end() }
            if try report(event.object) { end() }
        } catch {
            call.context.output.error("error: \(error.message)\n")
            end()
        }
    }

    func end() {
        watch?.stop()
        watch = nil
    }
}
