import API
import Model
import Value

/// `kubectl run` with `-i`, `-t`, `--attach` or `--rm`: what follows when the pod is made.
///
/// Source: kubectl's run command (Run, handleAttachPod, removeCreatedObjects).
struct RunAttachment {
    let call: VerbCall
    let restart: String
    private var flags: FlagValues { call.flags }
    private var context: VerbContext { call.context }

    func run(_ pod: FoundObject) throws {
        var ending: VerbError?
        var status: Int32 = 1
        do {
            let session = AttachSession(
                call: call, hasInput: flags.bool("stdin"), isTerminal: flags.bool("tty"),
                isQuiet: flags.bool("quiet"))
            let container = pod.value[.spec].list(.containers).first?.text(.name) ?? pod.name
            try session.attachWhenRunning(
                pod, container: container,
                timeout: flags.milliseconds("pod-running-timeout") ?? 60_000)
            if restart != "Always", !flags.bool("leave-stdin-open") {
                ending = try end(of: pod, &status)
            }
        } catch let error as VerbError {
            ending = error
        }
        // The pod goes whatever became of it; then what went wrong is told.
        if flags.bool("rm") { try remove(pod) }
        guard let ending else { return }
        context.output.error(ending.text)
        throw VerbError.exit(ending.exitCode ?? status)
    }

    /// Waits until the pod has completed, as far as its policy lets it; what is said of one that failed.
    private func end(of pod: FoundObject, _ status: inout Int32) throws -> VerbError? {
        let client = context.client
        var value: Value = .null
        let isReached = try context.reaches(limit: VerbContext.waitLimit) {
            value = try client.find(.pod, namespace: pod.namespace, name: pod.name) ?? .null
            let phase = PodView(value).phase
            return value.isNull || phase == "Succeeded" || phase == "Failed" && restart == "Never"
        }
        guard isReached else { return .message("timed out waiting for the condition") }
        guard PodView(value).phase == "Failed" else { return nil }
        let state = value[.status].list(.containerStatuses).first?[.state][.terminated] ?? .null
        let code = state.int(.exitCode)
        let name = "pod \(pod.namespace)/\(pod.name)"
        guard code != 0 else { return .message("\(name) failed with unknown exit code") }
        status = Int32(truncatingIfNeeded: code)
        return .plain("\(name) terminated (\(state.text(.reason)))\n\(state.text(.message))")
    }

    private func remove(_ pod: FoundObject) throws {
        let grace = flags.int("grace-period")
        let isForced = flags.bool("force") && grace <= 0
        var options = DeleteOptions(propagation: .background)
        if grace >= 0 || isForced { options.gracePeriodSeconds = isForced ? 0 : max(grace, 1) }
        do throws(APIError) {
            _ = try context.client.delete(
                .pod, namespace: pod.namespace, name: pod.name, options: options)
        } catch {
            guard error.isNotFound else { throw VerbError.api(error, pod.info) }
            return
        }
        context.output.line(
            "pod \"\(pod.name)\" \(isForced ? "force deleted" : "deleted") from \(pod.namespace) namespace"
        )
        guard let limit = flags.milliseconds("timeout"), limit > 0 else { return }
        try context.waitForDeletion(
            of: pod, uid: pod.value[.metadata].text(.uid), limit: limit,
            expired: { .message("timed out waiting for the condition on pods/\(pod.name)") })
    }
}
