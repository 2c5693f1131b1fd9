/// Compares what `describe` prints: the fields that both have, and the reasons of events.
struct DescriptionComparer {
    /// Fields that say when, where and who, or that versions name differently.
    private static let unheeded: Set<String> = [
        "Start Time", "CreationTimestamp", "Node", "IP", "IPs", "Container ID", "Image ID",
        "Started", "Finished",
        "Labels", "Annotations", "Created At", "Age", "From", "UID", "Resource Version",
        "Last Transition Time",
        "Node-Selectors", "Tolerations", "QoS Class", "Status IP", "SecretName", "Endpoints",
        "NodePort",
        "ClusterIP", "Volume", "Mounted By", "Used By", "Controlled By", "Created By",
        "Restart Count", "Mounts",
        "Creation Timestamp", "Self Link", "Conditions", "Events", "Last State", "Message",
        "TokenExpirationSeconds",
        "ConfigMapName", "Optional", "ConfigMapOptional", "DownwardAPI", "Type", "OldReplicaSets",
        "NewReplicaSet",
        "Name", "Lease", "RenewTime", "AcquireTime", "HolderIdentity", "Addresses", "Machine ID",
        "System UUID",
        "Boot ID", "Kernel Version", "OS Image", "Container Runtime Version", "Kubelet Version",
        "Kube-Proxy Version", "PodCIDR", "PodCIDRs", "ExternalID", "cpu", "memory",
        "ephemeral-storage", "pods",
        "hugepages-1Gi", "hugepages-2Mi", "InternalIP", "Hostname", "Operating System",
        "Architecture",
        "Reason", "Environment", "Image", "LoadBalancer Ingress", "External Traffic Policy",
        "IP Families",
        "IP Family Policy", "Session Affinity", "Internal Traffic Policy", "Service Account",
        "Priority",
        "Priority Class Name", "Finalizers", "VolumeMode", "StorageClass", "Source", "Time",
        "Manager",
        "Resource Quota", "Image Pull Policy", "controller-revision-hash", "generation",
        "Generation",
    ]

    func compare(_ page: [String], _ here: [String]) -> PageComparison {
        var comparison = PageComparison()
        let (theirs, ours) = (fields(page), fields(here))
        if ours.isEmpty, let name = theirs.first(where: { $0.key == "Name" })?.value {
            comparison.strangers.append(name)
            comparison.note(
                "the page describes \(name), and this run prints \"\(here.first ?? "")\"", weight: 9
            )
            return comparison
        }
        for field in theirs
        where !Self.unheeded.contains(field.key) && !field.value.hasSuffix("...") {
            let others = ours.filter { $0.key == field.key }
            guard !others.isEmpty, !field.value.isEmpty else { continue }
            let form = PageToken.plainLine(field.value)
            if others.contains(where: { PageToken.plainLine($0.value) == form || $0.value.isEmpty })
            {
                continue
            }
            comparison.note(
                "\(field.key): \(field.value) on the page, \(others[0].value) here", weight: 2)
        }
        let reasons = Set(events(here))
        var told: Set<String> = []
        for reason in events(page) where !reasons.contains(reason) && told.insert(reason).inserted {
            comparison.note(
                "the page has an event \(reason), which has not occurred here", weight: 2)
        }
        return comparison
    }

    /// `Key:  value` lines, up to the events.
    private func fields(_ lines: [String]) -> [(key: String, value: String)] {
        lines.prefix { !$0.hasPrefix("Events:") }.compactMap { line in
            let text = PageText.trimmed(line)
            guard let colon = text.firstIndex(of: ":"), text.first?.isLetter == true else {
                return nil
            }
            let key = String(text[..<colon])
            let value = text[text.index(after: colon)...]
            guard value.isEmpty || value.first == " " || value.first == "\t" else { return nil }
            return (key, PageText.trimmed(value))
        }
    }

    /// The reasons of the events at the end.
    private func events(_ lines: [String]) -> [String] {
        guard let start = lines.firstIndex(where: { $0.hasPrefix("Events:") }) else { return [] }
        return lines[(start + 1)...].compactMap { line in
            let words = PageText.words(line)
            guard let type = words.firstIndex(where: { $0 == "Normal" || $0 == "Warning" }),
                type + 1 < words.count
            else { return nil }
            return words[type + 1]
        }
    }
}
