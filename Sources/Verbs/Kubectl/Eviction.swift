import API
import Model
import Value

/// Evicts pods side by side: asks again every five seconds where a disruption budget refuses, and
/// waits until all are gone.
///
/// Source: kubectl's drain package, evictPods and deletePods.
struct Eviction {
    let call: VerbCall
    let dryRun: DryRun

    /// How long kubectl waits after a refusal.
    private static let retryDelay: Milliseconds = 5_000

    private struct Task {
        let pod: FoundObject
        var state: State
    }

    private enum State {
        case due(Milliseconds)
        /// Evicted, and stopping.
        case leaving
        case done
    }

    /// Throws ``DrainFailure`` when some pods did not go.
    func evict(_ pods: [FoundObject]) throws {
        let context = call.context
        let timeout = call.flags.milliseconds("timeout") ?? 0
        let start = context.clock.now
        let end = start + (timeout > 0 ? timeout : VerbContext.waitLimit)
        var errors: [String] = []
        var tasks = pods.map { Task(pod: $0, state: .due(start)) }
        let departures = try Departures(context.client)
        defer { departures.stop() }
        while true {
            for index in tasks.indices { try attempt(&tasks[index], departures, &errors) }
            let now = context.clock.now
            let open = tasks.filter { if case .done = $0.state { false } else { true } }
            if open.isEmpty { break }
            if now >= end {
                errors += open.map { overdue($0, timeout) }
                break
            }
            let next = open.compactMap { task -> Milliseconds? in
                if case .due(let instant) = task.state { return instant }
                return nil
            }.min()
            _ = try context.reaches(limit: min(next ?? end, end) - now) {
                tasks.contains { task in
                    if case .leaving = task.state { return departures.has(task.pod) }
                    return false
                }
            }
        }
        if !errors.isEmpty { throw DrainFailure(errors) }
    }

    private func overdue(_ task: Task, _ timeout: Milliseconds) -> String {
        let (name, namespace) = (task.pod.name, task.pod.namespace)
        let reason =
            timeout > 0
            ? "global timeout reached: \(Duration(milliseconds: timeout).text)"
            : "one hour of virtual time passed (--timeout sets another limit)"
        if case .leaving = task.state {
            return "error when waiting for pod \"\(name)\" in namespace \"\(namespace)\" to "
                + "terminate: \(reason)"
        }
        return "error when evicting pods/\"\(name)\" -n \"\(namespace)\": \(reason)"
    }

    private func attempt(
        _ task: inout Task, _ departures: Departures, _ errors: inout [String]
    ) throws {
        let context = call.context
        let pod = task.pod
        switch task.state {
        case .done: return
        case .leaving:
            if departures.has(pod) || isSkipped(pod) { finish(&task) }
            return
        case .due(let instant):
            guard instant <= context.clock.now else { return }
        }
        let usesEviction = !call.flags.bool("disable-eviction")
        if usesEviction {
            context.output.line("evicting pod \(pod.namespace)/\(pod.name)\(dryRun.suffix)")
        }
        do throws(APIError) {
            if usesEviction {
                try context.client.evict(
                    pod: pod.name, namespace: pod.namespace, options: options)
            } else {
                _ = try context.client.delete(
                    .pod, namespace: pod.namespace, name: pod.name, options: options)
            }
            task.state = dryRun == .server ? .done : .leaving
            if case .leaving = task.state, departures.has(pod) { finish(&task) }
        } catch {
            let place = "pods/\"\(pod.name)\" -n \"\(pod.namespace)\""
            if error.isNotFound {
                task.state = .done
            } else if error.reason == .tooManyRequests {
                context.output.error(
                    "error when evicting \(place) (will retry after 5s): \(error.message)\n")
                task.state = .due(context.clock.now + Self.retryDelay)
            } else {
                errors.append("error when evicting \(place): \(error.message)")
                task.state = .done
            }
        }
    }

    private func finish(_ task: inout Task) {
        let word = call.flags.bool("disable-eviction") ? "deleted" : "evicted"
        call.context.output.line("\(task.pod.reference) \(word)")
        task.state = .done
    }

    /// `--skip-wait-for-delete-timeout`.
    private func isSkipped(_ pod: FoundObject) -> Bool {
        let seconds = call.flags.int("skip-wait-for-delete-timeout")
        guard seconds > 0,
            let current = try? call.context.client.find(
                .pod, namespace: pod.namespace, name: pod.name),
            let deleted = Timestamp(current[.metadata][.deletionTimestamp])
        else { return false }
        return (call.context.now - deleted).seconds > Int64(seconds)
    }

    private var options: DeleteOptions {
        let grace = call.flags.int("grace-period")
        var options = DeleteOptions(gracePeriodSeconds: grace >= 0 ? grace : nil)
        options.isDryRun = dryRun == .server
        return options
    }
}

/// The pods that have gone since somebody began to look, by uid.
private final class Departures {
    private var gone: Set<String> = []
    private var watch: (any Watch)?

    init(_ client: any APIClient) throws(VerbError) {
        do throws(APIError) {
            let target = WatchTarget(.pod, namespace: nil)
            watch = try client.watch(target, after: nil) { [unowned self] event in
                if event.type == .deleted { gone.insert(event.object[.metadata].text(.uid)) }
            }
        } catch {
            throw .api(error, nil)
        }
    }

    func has(_ pod: FoundObject) -> Bool { gone.contains(pod.value[.metadata].text(.uid)) }

    func stop() { watch?.stop() }
}
