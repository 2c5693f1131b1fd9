import Foundation
import Testing

@testable import Transcripts

/// What earlier versions printed where 1.36 prints something else. The recordings show the new form; an
/// output with the old one must never pass for it.
@Suite("forms of earlier versions") struct OldFormTests {
    struct OldForm: Sendable, CustomTestStringConvertible {
        /// A piece of a line as 1.36 prints it.
        let now: String
        /// What stood there before; nil where the whole line is new.
        let before: String?

        var testDescription: String { now }
    }

    /// Lines that changed between 1.20 and 1.36.
    private static let changed: [(String, String)] = [
        // kubectl's confirmations, errors and tables.
        (" deleted from default namespace", " deleted"),
        ("VOLUMEATTRIBUTESCLASS  AGE", "AGE"),
        ("STORAGECLASS  VOLUMEATTRIBUTESCLASS  REASON", "STORAGECLASS  REASON"),
        ("SCHEDULE  TIMEZONE  SUSPEND", "SCHEDULE  SUSPEND"),
        ("NAME  STATUS  COMPLETIONS", "NAME  COMPLETIONS"),
        ("AGE  PREEMPTIONPOLICY", "AGE"),
        ("NAME  REQUEST  LIMIT  AGE", "NAME  AGE  REQUEST  LIMIT"),
        ("cpu: <unknown>/80%", "<unknown>/80%"),
        (" ({age} ago)  {age}", "  {age}"),
        ("error: unknown flag: ", "Error: unknown flag: "),
        (",kyaml,", ","),
        ("unchanged (dry run)", "configured (dry run)"),
        // Descriptions.
        ("IP Family Policy:  SingleStack", "IP Families:  <none>"),
        ("  PodReadyToStartContainers  True", "  Initialized  True"),
        // The scheduler.
        ("Pod's node affinity/selector", "Pod's node affinity"),
        ("had untolerated taint(s)", "had taint {a: b}, that the pod didn't tolerate"),
        (
            " no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful "
                + "for scheduling.", ""
        ),
        (
            "available: pod has unbound immediate PersistentVolumeClaims. not found",
            "available: 3 pod has unbound immediate PersistentVolumeClaims."
        ),
        (" didn't satisfy plugin(s) [NodeAffinity]", " didn't match Pod's node affinity"),
        ("Preempted by pod {uid} on", "Preempted by default/high on"),
        // Controllers.
        ("Scaled up replica set web-{hash} from 0 to 3", "Scaled up replica set web-{hash} to 3"),
        (
            "Create Pod db-0 in StatefulSet db successful",
            "create Pod db-0 in StatefulSet db successful"
        ),
        ("apps.kubernetes.io/pod-index=0,", ""),
        (
            "'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and "
                + "'minReadySeconds'", "'template', and 'updateStrategy'"
        ),
        ("Required value: cannot be 0 when maxSurge is 0", "Invalid value: 0: cannot be 0"),
        ("batch.kubernetes.io/job-name", "job-name"),
        // The kubelet.
        ("Container created", "Created container c"),
        (" in 0s (0s including waiting). Image size: 0 bytes.", " in 0s"),
        // The API server.
        (
            "BadRequest): error when creating \"bad.yaml\": DaemonSet in version \"v1\" cannot be handled as a "
                + "DaemonSet: strict decoding error: unknown field \"spec.replicas\"",
            "ValidationError(DaemonSet.spec): unknown field \"replicas\""
        ),
        ("\"ReadWriteOnce\", \"ReadWriteOncePod\"", "\"ReadWriteOnce\""),
        ("cpu limit of 1", "cpu limit"),
        (
            "{\"matchLabels\":{\"app\":\"agent\",\"x\":\"y\"}}",
            "v1.LabelSelector{MatchLabels:map[string]string{\"app\":\"agent\", \"x\":\"y\"}}"
        ),
        (",`spec.terminationGracePeriodSeconds` (allow it", ", `spec.tolerations` (allow it"),
    ]

    /// Lines that 1.20 had not.
    private static let added = [
        "    whenDeleted: Retain", "      maxSurge: 0", "  internalTrafficPolicy: Cluster",
        "  completionMode: NonIndexed", "  podReplacementPolicy: TerminatingOrFailed",
        "  terminating: 0", "  uncountedTerminatedPods: {}", "    hostIPs:",
        "    observedGeneration: 1", "    serviceAccountName: default",
        "Internal Traffic Policy:  Cluster", "  terminatingReplicas: 0",
        "Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
        "  manualSelector: false",
    ]

    static let all =
        changed.map { OldForm(now: $0, before: $1) } + added.map { OldForm(now: $0, before: nil) }

    /// Every recorded output with lines in order and none that may be absent.
    private static let outputs: [ExpectedOutput] = Recordings.paths("case").flatMap { path in
        let text = (try? Recordings.text(path)) ?? ""
        let steps = (try? TranscriptCase(parsing: text, path: path))?.steps ?? []
        return steps.compactMap(\.action.expected).filter { output in
            !output.isUnstable && !output.isDeduplicated
                && output.lines.allSatisfy { !$0.isOptional }
        }
    }

    @Test("fail wherever the recordings have the new one", arguments: all)
    func old(form: OldForm) {
        var places = 0
        for output in Self.outputs {
            for (index, line) in output.lines.enumerated() {
                var printed = output.lines.map(\.text)
                if let before = form.before {
                    guard line.text.contains(form.now) else { continue }
                    printed[index] = line.text.replacingOccurrences(of: form.now, with: before)
                } else {
                    guard line.text == form.now else { continue }
                    printed.remove(at: index)
                }
                places += 1
                let text = printed.map { Recordings.instantiated($0) + "\n" }.joined()
                let verdict = TranscriptMatcher.compare(
                    output, output: text, exitStatus: output.exitStatus)
                #expect(verdict != .match, "\(line.text)")
            }
        }
        #expect(places > 0, "no recording shows it")
    }
}
