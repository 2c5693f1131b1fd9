import API
import Cluster
import Model
import Value

/// The containers of a pod that has its node: which one keeps it from being ready, and why.
struct PodContainers {
    let pod: StoredObject
    let view: PodView
    let inquiry: Inquiry

    init(_ pod: StoredObject, _ view: PodView, _ inquiry: Inquiry) {
        self.pod = pod
        self.view = view
        self.inquiry = inquiry
    }

    func explain(since: Milliseconds?) -> Finding {
        let name = inquiry.name(pod)
        for status in view.status.initContainerStatuses where !status.isReady {
            if let found = trouble(status, isInit: true) { return finish(found, name, since) }
        }
        for status in view.status.containerStatuses where !status.isReady {
            if let found = trouble(status, isInit: false) { return finish(found, name, since) }
        }
        if let gate = openGate {
            return Finding(
                name, "is not ready", "its readiness gate \(gate) is not True", since: since,
                because: [Finding(remark: "whoever set the gate has not said that it holds")])
        }
        return Finding(
            name, "was just bound to \(pod.nodeName ?? "")", "its kubelet has not started it yet",
            since: inquiry.created(pod), state: .waiting)
    }

    private func finish(_ found: Finding, _ name: String, _ since: Milliseconds?) -> Finding {
        var found = found
        found.subject = name
        if found.text.isEmpty { found.text = "is not ready" }
        found.since = found.since ?? since ?? inquiry.created(pod)
        return found
    }

    private var openGate: String? {
        view.spec.value[.readinessGates].elements.map { $0.text(.conditionType) }.first {
            !view.conditions.isTrue($0)
        }
    }

    // MARK: One container

    private func trouble(_ status: ContainerStatusView, isInit: Bool) -> Finding? {
        let kind = isInit ? "init container" : "container"
        let label = "\(kind) \(status.name)"
        if !status.waiting.isNull { return waiting(status, label) }
        if !status.terminated.isNull { return ended(status, label) }
        if status.running.isNull { return nil }
        let container = spec(status.name)
        if isInit, !container.isRestartableInit {
            let time = inquiry.time(status.running[.startedAt])
            return Finding(
                "", "is not ready",
                "\(label) still runs" + (time.map { " (for \(inquiry.age($0)))" } ?? "")
                    + ", and the others wait for it", state: .waiting)
        }
        if !status.isStarted, !container.startupProbe.isNull {
            return probe("startup", "Startup", container, status, label)
        }
        return probe("readiness", "Readiness", container, status, label)
    }

    func spec(_ name: String) -> ContainerView {
        let all = view.spec.value[.initContainers].elements + view.spec.value[.containers].elements
        return ContainerView(all.first { $0.text(.name) == name } ?? .null)
    }

    private func ended(_ status: ContainerStatusView, _ label: String) -> Finding? {
        let ending = status.terminated
        let code = ending.int(.exitCode)
        if code == 0, view.spec.value.text(.restartPolicy) != "Always" { return nil }
        return Finding(
            "", "",
            "\(label) ended with exit code \(code)\(Self.reasonOfEnd(ending)); it is started again",
            state: .waiting, because: ends(status))
    }

    /// " (OOMKilled)".
    static func reasonOfEnd(_ ending: Value) -> String {
        let reason = ending.text(.reason)
        let message = ending.text(.message)
        let words = [reason == "Error" || reason == "Completed" ? "" : reason, message]
            .filter { !$0.isEmpty }
        return words.isEmpty ? "" : " (\(words.joined(separator: ": ")))"
    }

    private func waiting(_ status: ContainerStatusView, _ label: String) -> Finding {
        let reason = status.waiting.text(.reason)
        let message = status.waiting.text(.message)
        switch reason {
        case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull",
            "ErrImageInspect":
            return image(status, label, reason, message)
        case "CreateContainerConfigError":
            return Finding(
                "", "", "\(label) cannot be created: \(message)",
                hints: PodConfig(pod, inquiry).hints(message))
        case "CrashLoopBackOff": return crash(status, label)
        case "ContainerCreating", "PodInitializing": return creating(label)
        case "": return Finding("", "", "\(label) waits", state: .waiting)
        default: return Finding("", "", "\(label) waits in \(reason): \(message)")
        }
    }

    // MARK: Images

    private func image(
        _ status: ContainerStatusView, _ label: String, _ reason: String, _ message: String
    ) -> Finding {
        let image = spec(status.name).image
        let why: String
        switch reason {
        case "InvalidImageName": why = "\"\(image)\" is no name of an image"
        case "ErrImageNeverPull":
            why = "image \(image) is not on the node, and imagePullPolicy is Never"
        default: why = "image \(image) cannot be pulled: \(Self.registryWords(message))"
        }
        let templates = TemplateHints(inquiry)
        var hints = templates.undo(forPod: pod)
        if hints.isEmpty, !templates.isOutdated(pod) {
            hints = [
                Finding.Hint("", "an image that can be pulled mends it: \(setImage(status.name))")
            ]
        }
        return Finding("", "", "\(label) waits in \(reason): \(why)", hints: hints)
    }

    /// The last words of a pull's error, which say what is wrong.
    private static func registryWords(_ message: String) -> String {
        if message.hasSuffix(": not found") { return "not found" }
        let parts = message.components(parted: ": ")
        return parts.last.map(String.init) ?? message
    }

    private func setImage(_ container: String) -> String {
        let owner = inquiry.controllers(of: pod).last ?? pod
        return "`"
            + inquiry.command(
                "set image \(inquiry.kinds[owner.kind].singular)/\(owner.name) "
                    + "\(container)=IMAGE", in: owner.namespace) + "`"
    }

    // MARK: Crashes

    private func crash(_ status: ContainerStatusView, _ label: String) -> Finding {
        let last = status.lastTerminated
        let code = last.int(.exitCode)
        var hints: [Finding.Hint] = []
        if last.text(.reason) == "OOMKilled" {
            hints = MemoryHints(pod, inquiry).hints(spec(status.name))
        } else {
            hints = TemplateHints(inquiry).undo(forPod: pod)
        }
        if hints.isEmpty {
            hints = [Finding.Hint("", "what it runs has to be mended, or what it is given")]
        }
        return Finding(
            "", "",
            "\(label) crashes: it was restarted \(Self.times(status.restartCount)), and ended last with exit code \(code)"
                + Self.reasonOfEnd(last), because: ends(status), hints: hints)
    }

    /// "once", "3 times".
    static func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }

    /// Who ended it, where the container did not do so itself.
    private func ends(_ status: ContainerStatusView) -> [Finding] {
        let container = spec(status.name)
        var found: [Finding] = []
        let ending = status.terminated.isNull ? status.lastTerminated : status.terminated
        if ending.text(.reason) == "OOMKilled" {
            let limit = container.limits[.memory].string ?? ""
            found.append(
                Finding(
                    remark: limit.isEmpty
                        ? "the node ran out of memory"
                        : "it used more than its limit of \(limit) memory"))
        }
        for (title, kind) in [("Liveness", "liveness"), ("Startup", "startup")] {
            guard let event = unhealthy(title, status.name) else { continue }
            found.append(
                Finding(
                    remark: "its \(kind) probe fails (\(event.count) times, first "
                        + "\(inquiry.age(event.first)) ago), and the kubelet kills it: "
                        + Self.afterColon(event.message)))
        }
        return found
    }

    private func unhealthy(_ title: String, _ container: String) -> EventNote? {
        inquiry.cluster.events(about: pod).last {
            $0.reason == "Unhealthy" && $0.message.hasPrefix("\(title) probe")
                && $0.fieldPath.hasSuffix("{\(container)}")
        }
    }

    private static func afterColon(_ text: String) -> String {
        text.firstIndex(of: ":").map { String(text[$0...].dropFirst(2)) } ?? text
    }

    // MARK: Probes

    private func probe(
        _ kind: String, _ title: String, _ container: ContainerView, _ status: ContainerStatusView,
        _ label: String
    ) -> Finding {
        let probe = kind == "startup" ? container.startupProbe : container.readinessProbe
        guard let event = unhealthy(title, status.name) else {
            let delay = probe.int(.initialDelaySeconds)
            return Finding(
                "", "",
                probe.isNull
                    ? "\(label) runs and is not ready yet"
                    : "\(label) runs, and its \(kind) probe has not passed yet"
                        + (delay > 0 ? " (it begins after \(delay)s)" : ""), state: .waiting)
        }
        return Finding(
            "", "",
            "the \(kind) probe of \(label) fails since \(inquiry.age(event.first)) "
                + "(\(event.count) times): \(Self.afterColon(event.message))",
            hints: TemplateHints(inquiry).undo(forPod: pod))
    }

    // MARK: Volumes and configuration

    private func creating(_ label: String) -> Finding {
        let events = cluster.events(about: pod)
        if let event = events.last(where: {
            $0.reason == "FailedMount" || $0.reason == "FailedAttachVolume"
        }) {
            return Finding(
                "", "", "\(label) is not created: \(event.message)", since: event.first,
                hints: PodConfig(pod, inquiry).hints(event.message))
        }
        if let event = events.last(where: { $0.reason == "FailedCreatePodSandBox" }) {
            return Finding("", "", "\(label) is not created: \(event.message)")
        }
        if let event = events.last(where: { $0.reason == "NetworkNotReady" }) {
            return Finding(
                "", "", "\(label) is not created: \(event.message)", since: event.first)
        }
        return Finding("", "", "\(label) is being created", state: .waiting)
    }

    private var cluster: SimulatedCluster { inquiry.cluster }
}

extension String {
    /// The parts between the places where `separator` stands.
    func components(parted separator: String) -> [Substring] {
        var found: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            found.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        return found + [rest]
    }
}
