import Support

/// Rules for whole objects: YAML output and descriptions.
extension TextRules {
    /// Fields that 1.32 servers default or report and 1.20 servers did not have.
    static let fields: [TextRule] = [
        .yamlField(
            "namespace-name-label", kind: "Namespace", section: "metadata",
            change: "1.21, KEP-2161: Namespaces carry their name as a label"
        ) { siblings in
            let name = siblings.first { $0.hasPrefix("name: ") } ?? "name: "
            return ["labels:", "  kubernetes.io/metadata.\(name)"]
        },
        TextRule(
            "namespace-name-label-shown", .recorded, marker: "<none>",
            change: "1.21, KEP-2161: Namespaces carry their name as a label"
        ) { lines, context in
            labelledNamespaces(lines, context)
        },
        .yamlField(
            "statefulset-retention-policy", kind: "StatefulSet", section: "spec",
            change: "1.27, KEP-1847: StatefulSets say what becomes of their claims"
        ) { _ in
            [
                "persistentVolumeClaimRetentionPolicy:", "  whenDeleted: Retain",
                "  whenScaled: Retain",
            ]
        },
        .yamlField(
            "statefulset-available-replicas", kind: "StatefulSet", section: "status",
            change:
                "1.22, KEP-2599: StatefulSets count available pods; without minReadySeconds as many as ready"
        ) { siblings in
            let ready = siblings.first { $0.hasPrefix("readyReplicas: ") }
            return ["availableReplicas: " + (ready?.dropFirst(15) ?? "0")]
        },
        .yamlField(
            "daemonset-max-surge", kind: "DaemonSet", section: "spec",
            path: ["updateStrategy", "rollingUpdate"],
            change: "1.21, KEP-1591: DaemonSets have maxSurge, 0 by default"
        ) { _ in ["maxSurge: 0"] },
        .yamlField(
            "service-traffic-policy", kind: "Service", section: "spec",
            change: "1.22, KEP-2086: Services have internalTrafficPolicy, Cluster by default"
        ) { _ in ["internalTrafficPolicy: Cluster"] },
        .yamlField(
            "service-ip-families", kind: "Service", section: "spec",
            change: "1.21, KEP-563: Services have IP families"
        ) { _ in ["ipFamilies:", "- IPv4"] },
        .yamlField(
            "service-ip-family-policy", kind: "Service", section: "spec",
            change: "1.21, KEP-563: Services have an IP family policy"
        ) { _ in ["ipFamilyPolicy: SingleStack"] },
        .yamlField(
            "pod-host-ips", kind: "Pod", section: "status",
            change: "1.29, KEP-2681: pods report all their host's addresses"
        ) { siblings in
            siblings.contains { $0.hasPrefix("hostIP: ") } ? ["hostIPs:", "- ip: {ip}"] : []
        },
        TextRule(
            "pod-ready-to-start", .recorded, marker: "Initialized",
            change:
                "1.29, KEP-3085: a pod that has a sandbox has the condition PodReadyToStartContainers"
        ) { lines, _ in
            readyToStart(lines)
        },
        .yamlField(
            "job-generation", kind: "Job", section: "metadata",
            change: "by 1.32: Jobs count generations"
        ) { _ in ["generation: 1"] },
        .yamlField(
            "job-completion-mode", kind: "Job", section: "spec",
            change: "1.21, KEP-2214: Jobs have a completion mode, NonIndexed by default"
        ) { _ in ["completionMode: NonIndexed"] },
        .yamlField(
            "job-manual-selector", kind: "Job", section: "spec",
            change: "by 1.32: Jobs say that their selector is generated"
        ) { siblings in
            siblings.contains { $0.hasPrefix("selector:") } ? ["manualSelector: false"] : []
        },
        .yamlField(
            "job-replacement-policy", kind: "Job", section: "spec",
            change: "1.29, KEP-3939: Jobs have a pod replacement policy"
        ) { _ in ["podReplacementPolicy: TerminatingOrFailed"] },
        .yamlField(
            "job-suspend", kind: "Job", section: "spec",
            change: "1.21, KEP-2232: Jobs can be suspended"
        ) { _ in ["suspend: false"] },
        .yamlField(
            "job-terminating", kind: "Job", section: "status",
            change: "1.28, KEP-3939: Jobs count terminating pods"
        ) { _ in ["terminating: 0"] },
        .yamlField(
            "job-uncounted", kind: "Job", section: "status",
            change: "1.22, KEP-2307: Jobs list finished pods that they have not counted yet"
        ) { _ in ["uncountedTerminatedPods: {}"] },
        TextRule(
            "job-labels-in-objects", .recorded, marker: "controller-uid: ",
            change:
                "1.27: the labels of a Job's pods also exist with the prefix batch.kubernetes.io/"
        ) { lines, _ in
            jobLabels(lines)
        },
    ]

    /// Lines that kubectl's describe prints for what 1.20 servers did not have.
    static let descriptions: [TextRule] = [
        TextRule(
            "describe-service-families", .recorded, marker: "IP Families:",
            change: "1.21, KEP-563: describe shows a Service's IP family policy"
        ) { lines, _ in
            lines.flatMap { line -> [ExpectedLine] in
                guard line.text == "IP Families:  <none>" else { return [line] }
                return [
                    ExpectedLine("IP Family Policy:  SingleStack"),
                    ExpectedLine("IP Families:  IPv4"),
                ]
            }
        },
        TextRule(
            "describe-service-traffic-policy", .recorded, marker: "Session Affinity:",
            change: "1.22, KEP-2086: describe shows a Service's internal traffic policy"
        ) { lines, _ in
            lines.flatMap { line -> [ExpectedLine] in
                guard line.text.hasPrefix("Session Affinity:  ") else { return [line] }
                return [line, ExpectedLine("Internal Traffic Policy:  Cluster")]
            }
        },
        .message(
            "describe-service-endpoints", .recorded, marker: "Endpoints:", "^Endpoints:  <none>$",
            "Endpoints:",
            change:
                "by 1.32, KEP-752: describe reads EndpointSlices; one without addresses shows as nothing"
        ),
        TextRule(
            "describe-job", .recorded, marker: "Parallelism:",
            change:
                "1.21, KEP-2214 and KEP-2232: describe shows a Job's completion mode and suspension"
        ) { lines, _ in
            describedJob(lines)
        },
    ]

    /// The condition before `Initialized` in YAML, in descriptions and in `TYPE=STATUS` lists.
    private static func readyToStart(_ lines: [ExpectedLine]) -> [ExpectedLine] {
        var result: [ExpectedLine] = []
        for (index, line) in lines.enumerated() {
            if line.text == "  Initialized  True" || line.text == "Initialized=True" {
                result.append(ExpectedLine(replacing(line.text, "Initialized")))
            } else if line.text.hasSuffix("type: Initialized"), index >= 3,
                lines[index - 3].text.hasSuffix("- lastProbeTime: null")
            {
                // The four lines of this condition, once more in front with the other type.
                let copy = lines[(index - 3)...index].map {
                    ExpectedLine(replacing($0.text, "Initialized"))
                }
                result.insert(contentsOf: copy, at: result.count - 3)
            }
            result.append(line)
        }
        return result
    }

    private static func replacing(_ text: String, _ type: String) -> String {
        guard let hit = text.range(of: type) else { return text }
        return text[..<hit.lowerBound] + "PodReadyToStartContainers" + text[hit.upperBound...]
    }

    /// In YAML label maps the prefixed labels stand first; in selectors only the prefixed one is
    /// used.
    private static func jobLabels(_ lines: [ExpectedLine]) -> [ExpectedLine] {
        var result: [ExpectedLine] = []
        for (index, line) in lines.enumerated() {
            let body = line.text.drop { $0 == " " }
            let lead = line.text.prefix { $0 == " " }
            guard body.hasPrefix("controller-uid: ") else {
                result.append(line)
                continue
            }
            let next = index + 1 < lines.count ? lines[index + 1].text.drop { $0 == " " } : ""
            result.append(ExpectedLine(lead + "batch.kubernetes.io/" + body))
            if next.hasPrefix("job-name: ") {
                result.append(ExpectedLine(lead + "batch.kubernetes.io/" + next))
                result.append(line)
            }
        }
        return result
    }

    /// `Completion Mode:` widens the first column, and with it the indentation of further labels,
    /// by two.
    private static func describedJob(_ lines: [ExpectedLine]) -> [ExpectedLine] {
        guard lines.contains(where: { $0.text.hasPrefix("Parallelism:  ") }) else { return lines }
        var result: [ExpectedLine] = []
        for (index, line) in lines.enumerated() {
            let text = line.text
            let lead = String(text.prefix { $0 == " " })
            let body = String(text.dropFirst(lead.count))
            if text.hasPrefix("Completions:  ") {
                result += [
                    line, ExpectedLine("Completion Mode:  NonIndexed"),
                    ExpectedLine("Suspend:  false"),
                ]
            } else if text == "Selector:  controller-uid={uid}" {
                result.append(ExpectedLine("Selector:  batch.kubernetes.io/controller-uid={uid}"))
            } else if body.hasPrefix("Labels:  controller-uid="), index + 1 < lines.count {
                let following = lines[index + 1].text
                let isTop = lead.isEmpty
                let indent = String(following.prefix { $0 == " " }) + (isTop ? "  " : "")
                let uid = String(body.dropFirst(9))
                let name = String(following.drop { $0 == " " })
                result.append(ExpectedLine("\(lead)Labels:  batch.kubernetes.io/\(uid)"))
                result += ["batch.kubernetes.io/\(name)", uid].map { ExpectedLine(indent + $0) }
                if !isTop { continue }
            } else if body.hasPrefix("job-name="), lead.count == 16 {
                result.append(ExpectedLine("  " + text))
            } else {
                result.append(line)
            }
        }
        return result
    }

    private static let namespaceWords: Set<String> = ["ns", "namespace", "namespaces"]

    /// The label where `describe` and `get --show-labels` print none for a Namespace.
    private static func labelledNamespaces(
        _ lines: [ExpectedLine], _ context: TextRule.Context
    ) -> [ExpectedLine] {
        let words = context.command.split { $0 == " " || $0 == "/" }.map(String.init)
        guard words.contains(where: namespaceWords.contains) else { return lines }
        var name = ""
        var isTable = false
        return lines.map { line in
            var cells = TextCells.split(line.text)
            if cells[0] == "Name:", cells.count == 2 { name = cells[1] }
            if cells[0] == "NAME" { isTable = cells.last == "LABELS" }
            if cells == ["Labels:", "<none>"], !name.isEmpty {
                cells[1] = "kubernetes.io/metadata.name=\(name)"
            } else if isTable, cells.count == 4, cells[3] == "<none>" {
                cells[3] = "kubernetes.io/metadata.name=\(cells[0])"
            } else {
                return line
            }
            return ExpectedLine(cells.joined(separator: "  "), isOptional: line.isOptional)
        }
    }
}
