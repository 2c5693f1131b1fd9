import Model
import Support
import Value
import YAML

/// The differences between recordings of a 1.20 server and what 1.32 prints: all of them, as
/// general rules.
///
/// Not covered, because neither side's text holds what is needed: events that 1.20 merged because
/// their texts were equal (`Scaled up … to 2` twice is one event with a count) and that are two in
/// 1.32, and differences of behaviour, which are no matter of text.
package enum TextRules {
    /// The rules in the order in which they are applied.
    package static let all: [TextRule] =
        tables + formats + scheduling + messages + fields + descriptions + ownText

    /// API versions that 1.32 no longer serves. A case whose manifests need one cannot be compared
    /// and leaves the denominator; its report names the version.
    package static let unservedVersions: [String: String] = [
        "apps/v1beta1": "removed in 1.16",
        "apps/v1beta2": "removed in 1.16",
        "autoscaling/v2beta1": "removed in 1.25",
        "autoscaling/v2beta2": "removed in 1.26",
        "batch/v1beta1": "removed in 1.25",
        "batch/v2alpha1": "removed in 1.21",
        "discovery.k8s.io/v1beta1": "removed in 1.25",
        "extensions/v1beta1": "removed in 1.16 and 1.22",
        "networking.k8s.io/v1beta1": "removed in 1.22",
        "policy/v1beta1": "removed in 1.25",
        "rbac.authorization.k8s.io/v1beta1": "removed in 1.22",
        "scheduling.k8s.io/v1beta1": "removed in 1.22",
        "storage.k8s.io/v1beta1": "removed in 1.22 and 1.27",
    ]

    /// Why a case cannot be compared with 1.32, nil if it can.
    package static func exclusion(of transcript: TranscriptCase) -> String? {
        for file in transcript.files {
            for line in file.text.split(separator: "\n") where line.hasPrefix("apiVersion:") {
                let version = line.dropFirst(11).filter { $0 != " " && $0 != "\"" && $0 != "'" }
                if let reason = unservedVersions[version] {
                    return "\(file.path) needs \(version), \(reason)"
                }
            }
        }
        return nil
    }

    // MARK: Tables

    private static let tables: [TextRule] = [
        .column(
            "pvc-volume-attributes-class", "VOLUMEATTRIBUTESCLASS", cell: "<unset>",
            between: ("STORAGECLASS", "AGE"),
            change: "1.29, KEP-3751: PersistentVolumeClaims have a VolumeAttributesClass"),
        .column(
            "pv-volume-attributes-class", "VOLUMEATTRIBUTESCLASS", cell: "<unset>",
            between: ("STORAGECLASS", "REASON"), countingFrom: "AGE",
            change: "1.29, KEP-3751: PersistentVolumes have a VolumeAttributesClass"),
        .column(
            "cronjob-time-zone", "TIMEZONE", cell: "<none>", between: ("SCHEDULE", "SUSPEND"),
            change: "by 1.32, KEP-3140: CronJobs have a time zone"),
        .message(
            "hpa-metric-name", .recorded, marker: "%  ", "  (<unknown>|[0-9]+%)/([0-9]+%)  ",
            "  cpu: \\1/\\2  ",
            change: "by 1.32: TARGETS of a HorizontalPodAutoscaler name the metric"),
    ]

    private static let formats: [TextRule] = [
        .message(
            "format-kyaml", .recorded, marker: "allowed formats are: ", "(jsonpath-file,)name,",
            "\\1kyaml,name,", change: "1.34, KEP-5295: kubectl prints KYAML")
    ]

    // MARK: Scheduling

    private static let scheduling: [TextRule] = [
        reason(
            "scheduler-node-affinity", "node(s) didn't match Pod's node affinity",
            "node(s) didn't match Pod's node affinity/selector",
            change: "by 1.32: the reason names the selector too"),
        TextRule.lines(
            "scheduler-untolerated-taint", .recorded, marker: "that the pod didn't tolerate",
            change:
                "by 1.36: 'had taint {k: v}, that the pod didn't tolerate' became 'had untolerated taint(s)'"
        ) { line, _ in
            guard var message = SchedulingMessage(line) else { return nil }
            // What named its taint each is counted together.
            let nodes = message.reasons.filter { taint.groups(in: $0.text) != nil }
            guard !nodes.isEmpty else { return nil }
            message.reasons.removeAll { taint.groups(in: $0.text) != nil }
            let count = nodes.reduce(0) { $0 + ($1.count ?? 0) }
            message.reasons.append((count, "node(s) had untolerated taint(s)"))
            return message.line
        },
        TextRule.lines(
            "scheduler-pod-affinity-reason", .recorded, marker: "pod affinity/anti-affinity",
            change:
                "by 1.32: inter-pod affinity gives one reason, no longer a general one beside it"
        ) { line, _ in
            guard var message = SchedulingMessage(line) else { return nil }
            // The general reason counted every node that one of the particular ones counted.
            let general = "node(s) didn't match pod affinity/anti-affinity"
            let particular = message.reasons.filter { particularAffinityReasons.contains($0.text) }
            let total = particular.reduce(0) { $0 + ($1.count ?? 0) }
            guard total > 0,
                message.reasons.contains(where: { $0.text == general && $0.count == total })
            else { return nil }
            message.reasons.removeAll { $0.text == general }
            return message.line
        },
        TextRule.lines(
            "scheduler-prefilter-reason", .recorded, marker: "unbound immediate",
            change:
                "by 1.32: a reason that concerns the pod itself is given once, without counting nodes"
        ) { line, _ in
            guard var message = SchedulingMessage(line), message.reasons.count == 1,
                message.reasons[0].count == message.nodes,
                message.reasons[0].text == "pod has unbound immediate PersistentVolumeClaims"
            else { return nil }
            message.reasons[0].count = nil
            return message.line
        },
    ]

    private static let taint = TextReplacement(
        "^node\\(s\\) had taint \\{([^}]*)\\}, that the pod didn't tolerate$", "")
    private static let particularAffinityReasons = [
        "node(s) didn't match pod affinity rules", "node(s) didn't match pod anti-affinity rules",
        "node(s) didn't satisfy existing pods anti-affinity rules",
    ]

    /// A reason that got new words.
    private static func reason(
        _ name: String, _ old: String, _ new: String, side: TextRule.Side = .recorded,
        change: String
    ) -> TextRule {
        .lines(name, side, marker: old, change: change) { line, _ in
            guard var message = SchedulingMessage(line),
                message.reasons.contains(where: { $0.text == old })
            else { return nil }
            message.reasons = message.reasons.map { ($0.count, $0.text == old ? new : $0.text) }
            return message.line
        }
    }

    // MARK: Messages

    /// The labels of a StatefulSet's pod with its ordinal among them, in order; nil where the line has
    /// no such labels or names the ordinal already.
    private static func podIndex(_ line: String) -> String? {
        let marker = "statefulset.kubernetes.io/pod-name="
        var cells = TextCells.split(line)
        guard let place = cells.firstIndex(where: { $0.contains(marker) }) else { return nil }
        var labels = cells[place].split(separator: ",").map(String.init)
        guard let name = labels.first(where: { $0.hasPrefix(marker) }),
            let ordinal = name.split(separator: "-").last, Int(ordinal) != nil,
            !labels.contains(where: { $0.hasPrefix("apps.kubernetes.io/pod-index=") })
        else { return nil }
        let label = "apps.kubernetes.io/pod-index=\(ordinal)"
        labels.insert(label, at: labels.firstIndex { $0 > label } ?? labels.count)
        cells[place] = labels.joined(separator: ",")
        return cells.joined(separator: "  ")
    }

    private static let messages: [TextRule] = [
        TextRule.lines(
            "pod-index-label", .recorded, marker: "statefulset.kubernetes.io/pod-name=",
            change: "1.28, KEP-4017: pods of a StatefulSet carry their ordinal as a label"
        ) { line, _ in
            podIndex(line)
        },
        .message(
            "preempted-by-uid", .recorded, marker: "Preempted by ",
            "Preempted by [^ /]+/[^ /]+ on node ",
            "Preempted by pod {uid} on node ",
            change: "by 1.32: the event names the preemptor by its UID, not by its name"),
        .message(
            "statefulset-mutable-fields", .recorded, marker: "fields other than",
            "fields other than 'replicas', 'template', and 'updateStrategy' are forbidden",
            "fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
                + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
            change: "by 1.32: more fields of a StatefulSet can be changed"),
        .message(
            "daemonset-surge", .recorded, marker: "cannot be 0",
            "(updateStrategy\\.rollingUpdate\\.maxUnavailable): Invalid value: "
                + "intstr\\.IntOrString\\{Type:0, IntVal:0, StrVal:\"\"\\}: cannot be 0$",
            "\\1: Required value: cannot be 0 when maxSurge is 0",
            change: "1.21, KEP-1591: DaemonSets can surge, so that maxUnavailable may be 0"),
        TextRule.lines(
            "strict-decoding", .recorded, marker: "ValidationError(",
            change: "1.25, KEP-2885: the server validates fields, kubectl no longer does"
        ) { line, _ in
            strictDecoding(line)
        },
        TextRule(
            "required-field", .recorded, marker: "ValidationError(",
            change:
                "1.25, KEP-2885: a missing required field is found by the server's own validation"
        ) { lines, context in
            lines.flatMap { line -> [ExpectedLine] in
                requiredField(line.text, context)?.map {
                    ExpectedLine($0, isOptional: line.isOptional)
                } ?? [line]
            }
        },
        TextRule.lines(
            "wrong-type", .recorded, marker: "invalid type for",
            change: "1.25, KEP-2885: a field of the wrong type is found by the server's decoder"
        ) { line, _ in
            wrongType(line)
        },
        .message(
            "statefulset-rolling-struct", .recorded, marker: "apps.RollingUpdateStatefulSet",
            "(apps\\.RollingUpdateStatefulSetStrategy\\{Partition:[0-9]+)\\}",
            "\\1, MaxUnavailable:(*intstr.IntOrString)(nil)}",
            change: "1.24, KEP-961: a StatefulSet's rolling update has maxUnavailable"),
        .message(
            "access-mode-once-pod", .recorded, marker: "\"ReadWriteOnce\"",
            "(accessModes: Unsupported value: .*\"ReadWriteOnce\")$",
            "\\1, \"ReadWriteOncePod\"",
            change: "1.22, KEP-2485: volumes can be mounted by a single pod"),
        TextRule(
            "job-failure-target", .recorded, marker: "Failed=True",
            change: "1.31: a failing Job has the condition FailureTarget before Failed"
        ) { lines, _ in
            lines.flatMap { line -> [ExpectedLine] in
                guard line.text.hasPrefix("Failed=True") else { return [line] }
                return [ExpectedLine("FailureTarget" + line.text.dropFirst(6)), line]
            }
        },
        .message(
            "job-labels", .recorded, marker: "controller-uid=",
            "(^|  |,)controller-uid=([^ ,]+),job-name=([^ ,]+)",
            "\\1batch.kubernetes.io/controller-uid=\\2,batch.kubernetes.io/job-name=\\3,"
                + "controller-uid=\\2,job-name=\\3",
            change:
                "1.27: the labels of a Job's pods also exist with the prefix batch.kubernetes.io/"),
        TextRule(
            "api-versions-graduated", .recorded, marker: "beta",
            change:
                "1.22 to 1.29: beta versions are no longer served, their kinds are in the stable ones"
        ) { lines, context in
            context.command.contains("api-versions") ? graduated(lines) : lines
        },
        .message(
            "explain-group", .recorded, marker: "VERSION:", "^VERSION:  [a-z0-9.]+/(v[0-9a-z]+)$",
            "VERSION:  \\1",
            change:
                "1.27, KEP-3515: explain reads OpenAPI v3 and prints the group on a line of its own"
        ),
    ]

    private static let clientValidation = TextReplacement(
        "^error: error validating \"([^\"]*)\": error validating data: \\[?(ValidationError.*[^]])\\]?; "
            + "if you choose to ignore these errors, turn validation off with --validate=false$", ""
    )
    private static let unknownField = TextReplacement(
        "^ValidationError\\(([A-Za-z]+)\\.?([^)]*)\\): unknown field \"([^\"]*)\" in "
            + "io\\.k8s\\.[a-z0-9.]*\\.(v[0-9a-z]+)\\.[A-Za-z]+$", "")
    private static let missingField = TextReplacement(
        "^ValidationError\\(([A-Za-z]+)\\.?([^)]*)\\): missing required field \"([^\"]*)\" in ", "")

    /// The server's error for the fields that kubectl did not know.
    private static func strictDecoding(_ line: String) -> String? {
        guard let whole = clientValidation.groups(in: line) else { return nil }
        var kind = ""
        var version = ""
        var fields: [String] = []
        var rest = whole[2]
        while !rest.isEmpty {
            let cut = rest.range(of: ", ValidationError")
            let part = cut.map { String(rest[..<$0.lowerBound]) } ?? rest
            rest = cut.map { "ValidationError" + rest[$0.upperBound...] } ?? ""
            guard let groups = unknownField.groups(in: part) else { return nil }
            kind = groups[1]
            version = groups[4]
            fields.append((groups[2].isEmpty ? "" : groups[2] + ".") + groups[3])
        }
        let list = fields.map { "unknown field \"\($0)\"" }.joined(separator: ", ")
        return
            "Error from server (BadRequest): error when creating \"\(whole[1])\": \(kind) in version "
            + "\"\(version)\" cannot be handled as a \(kind): strict decoding error: \(list)"
    }

    /// The server's error for a required field that is missing; the object's name is in the file.
    private static func requiredField(_ line: String, _ context: TextRule.Context) -> [String]? {
        guard let whole = clientValidation.groups(in: line),
            let missing = missingField.groups(in: whole[2]),
            let text = context.files.first(where: { $0.path == whole[1] })?.text,
            let name = text.split(separator: "\n").first(where: { $0.hasPrefix("  name: ") })
        else { return nil }
        let path = (missing[2].isEmpty ? "" : missing[2] + ".") + missing[3]
        let subject = "The \(missing[1]) \"\(name.dropFirst(8))\" is invalid: "
        guard path == "spec.selector", let unmatched = unmatchedLabels(text) else {
            return ["\(subject)\(path): Required value"]
        }
        // Without a selector no label matches; a DaemonSet's validation says only that.
        return missing[1] == "DaemonSet"
            ? [subject + unmatched]
            : [String(subject.dropLast()), "* \(path): Required value", "* \(unmatched)"]
    }

    /// What a workload without a selector is told about the labels of its pods.
    private static func unmatchedLabels(_ manifest: String) -> String? {
        guard let document = YAML.read(manifest).documents.first else { return nil }
        let labels = document.value[.spec][.template][.metadata][.labels].fields
        if labels.isEmpty { return nil }
        let shown = labels.sortedByName.map { "\"\($0.key.name)\":\"\($0.value.string ?? "")\"" }
        return "spec.template.metadata.labels: Invalid value: "
            + "map[string]string{\(shown.joined(separator: ", "))}: "
            + "`selector` does not match template `labels`"
    }

    private static let invalidType = TextReplacement(
        "^ValidationError\\(([A-Za-z]+)\\.([^)]*)\\): invalid type for "
            + "io\\.k8s\\.[a-z0-9.]*\\.(v[0-9a-z]+)\\.([A-Za-z]+)\\.([A-Za-z]+): "
            + "got \"([a-z]+)\", expected \"(integer|string|boolean)\"$", "")
    private static let int64Fields: Set<String> = [
        "activeDeadlineSeconds", "fsGroup", "runAsGroup", "runAsUser", "startingDeadlineSeconds",
        "terminationGracePeriodSeconds", "tolerationSeconds",
    ]

    /// The server's error for the first field of the wrong type. Go's decoder names the field by its
    /// struct and by the path to it, without indexes and keys of maps.
    private static func wrongType(_ line: String) -> String? {
        guard let whole = clientValidation.groups(in: line),
            let groups = invalidType.groups(in: whole[2])
        else { return nil }
        var path = groups[2].split(separator: ".").map { String($0.prefix { $0 != "[" }) }
        if path.last != groups[5] { path.removeLast() }
        let found = ["integer": "number", "map": "object", "boolean": "bool"][groups[6]]
        let type =
            switch groups[7] {
            case "integer": int64Fields.contains(groups[5]) ? "int64" : "int32"
            case "boolean": "bool"
            default: "string"
            }
        return
            "Error from server (BadRequest): error when creating \"\(whole[1])\": \(groups[1]) in "
            + "version \"v1\" cannot be handled as a \(groups[1]): json: cannot unmarshal "
            + "\(found ?? groups[6]) into Go struct field \(groups[4]).\(path.joined(separator: ".")) "
            + "of type \(type)"
    }

    /// Every group's beta versions as the stable version that took their place, each once.
    private static func graduated(_ lines: [ExpectedLine]) -> [ExpectedLine] {
        let stable = lines.map { line -> String in
            if line.text == "extensions/v1beta1" { return "networking.k8s.io/v1" }
            guard let mark = line.text.range(of: "beta") else { return line.text }
            return String(line.text[..<mark.lowerBound])
        }
        var seen: [String] = []
        for text in stable where !seen.contains(text) { seen.append(text) }
        return seen.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { ExpectedLine($0) }
    }
}
