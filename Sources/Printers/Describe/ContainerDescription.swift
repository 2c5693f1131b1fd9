import Support
import Value

extension DescriptionWriter {
    /// A list of containers with the state of each; `pod` is null in a template.
    mutating func containers(
        _ title: String, _ containers: Value, _ statuses: Value, _ pod: Value, space: String = ""
    ) {
        let list = containers.elements
        line(0, "\(space)\(title):\(list.isEmpty ? " <none>" : "")")
        for container in list {
            let name = container[.name].cellText
            // Of equal names the last one counts, as in kubectl's map.
            let status = statuses.elements.last { $0[.name].string == name } ?? .null
            line(1, "\(space.isEmpty ? "" : " ")\(name):")
            basics(of: container, status)
            lines("Command", container[.command])
            lines("Args", container[.args])
            if !status.isNull { states(of: status) }
            resources(container[.resources], level: 2)
            probe("Liveness", container[.livenessProbe])
            probe("Readiness", container[.readinessProbe])
            probe("Startup", container[.startupProbe])
            if !container[.envFrom].elements.isEmpty { environmentSources(container[.envFrom]) }
            environment(container, pod)
            mounts(container)
        }
    }

    private mutating func basics(of container: Value, _ status: Value) {
        if !status.isNull { line(2, "Container ID:\t\(status[.containerID].cellText)") }
        line(2, "Image:\t\(container[.image].cellText)")
        if !status.isNull { line(2, "Image ID:\t\(status[.imageID].cellText)") }
        ports("Port", container[.ports], .containerPort)
        ports("Host Port", container[.ports], .hostPort)
        seccompProfile(container[.securityContext], level: 2, profileLevel: 3)
    }

    /// `Port:  80/TCP (http)`, in the plural for several.
    private mutating func ports(_ title: String, _ ports: Value, _ field: Key) {
        let list = ports.elements.map { port in
            let name = port[.name].cellText
            return "\(port[field].cellInt)/\(port[.protocol].cellText)"
                + (name.isEmpty ? "" : " (\(name))")
        }
        if list.count > 1 {
            line(2, "\(title)s:\t\(list.joined(separator: ", "))")
        } else {
            line(2, "\(title):\t\(list.first ?? "<none>")")
        }
    }

    private mutating func lines(_ title: String, _ words: Value) {
        guard !words.elements.isEmpty else { return }
        line(2, "\(title):")
        for word in words.texts {
            for part in word.split(separator: "\n", omittingEmptySubsequences: false) {
                line(3, String(part))
            }
        }
    }

    private mutating func states(of status: Value) {
        state("State", status[.state])
        if !status[.lastState][.terminated].isNull { state("Last State", status[.lastState]) }
        line(2, "Ready:\t\(status[.ready].bool == true ? "True" : "False")")
        line(2, "Restart Count:\t\(status[.restartCount].cellInt)")
    }

    private mutating func state(_ title: String, _ state: Value) {
        let terminated = state[.terminated]
        if !state[.running].isNull {
            line(2, "\(title):\tRunning")
            line(3, "Started:\t\(longDate(state[.running][.startedAt]))")
        } else if !state[.waiting].isNull || terminated.isNull {
            line(2, "\(title):\tWaiting")
            field("Reason", state[.waiting][.reason], level: 3)
        } else {
            line(2, "\(title):\tTerminated")
            field("Reason", terminated[.reason], level: 3)
            field("Message", terminated[.message], level: 3)
            line(3, "Exit Code:\t\(terminated[.exitCode].cellInt)")
            let signal = terminated[.signal].cellInt
            if signal > 0 { line(3, "Signal:\t\(signal)") }
            line(3, "Started:\t\(longDate(terminated[.startedAt]))")
            line(3, "Finished:\t\(longDate(terminated[.finishedAt]))")
        }
    }

    /// Limits, then requests, by resource name.
    mutating func resources(_ resources: Value, level: Int) {
        for (title, list) in [
            ("Limits", resources[.limits]), ("Requests", resources[.requests]),
        ] where !list.fields.isEmpty {
            line(level, "\(title):")
            for resource in list.fields.sortedByName {
                line(level + 1, "\(resource.key.name):\t\(resource.value.quantityText)")
            }
        }
    }

    private mutating func mounts(_ container: Value) {
        let mounts = container[.volumeMounts].elements
        let none = mounts.isEmpty ? "\t<none>" : ""
        line(2, "Mounts:\(none)")
        for mount in mounts.sortedByText({ $0[.mountPath].cellText }) {
            var flags = mount[.readOnly].bool == true ? "ro" : "rw"
            let subPath = mount[.subPath].cellText
            if !subPath.isEmpty { flags += ",path=\(JSON.text(Value(subPath)))" }
            line(3, "\(mount[.mountPath].cellText) from \(mount[.name].cellText) (\(flags))")
        }
        let devices = container[.volumeDevices].elements
        guard !devices.isEmpty else { return }
        line(2, "Devices:\(none)")
        for device in devices.sortedByText({ $0[.devicePath].cellText }) {
            line(3, "\(device[.devicePath].cellText) from \(device[.name].cellText)")
        }
    }
}
