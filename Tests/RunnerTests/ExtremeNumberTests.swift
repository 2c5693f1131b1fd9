import Foundation
import Model
import Support
import Testing
import Value

@testable import Language
@testable import Runner

/// Extreme numbers in every numeric field of every kind: an answer, never a signal. How much of all
/// there is to try is tried at each run is bounded; `DRYDOCK_EXTREMES=7` tries others, `all` everything.
@Suite("Extreme numbers")
struct ExtremeNumberTests {
    private static let choice = ProcessInfo.processInfo.environment["DRYDOCK_EXTREMES"] ?? "1"
    private static let everything = choice == "all"

    private static let container = """
        {"name": "c", "image": "nginx", "resources": {"requests": {"cpu": "1", "memory": "1Gi",
        "example.com/x": "1"}, "limits": {"cpu": "2", "memory": "2Gi", "example.com/x": "1"}},
        "ports": [{"containerPort": 80}],
        "livenessProbe": {"httpGet": {"port": 80}}, "readinessProbe": {"tcpSocket": {"port": 80}},
        "startupProbe": {"exec": {"command": ["x"]}},
        "lifecycle": {"preStop": {"sleep": {"seconds": 1}}}}
        """
    private static let podSpec = """
        {"terminationGracePeriodSeconds": 1, "containers": [\(container)],
        "initContainers": [{"name": "i", "image": "busybox", "restartPolicy": "Always"}],
        "tolerations": [{"key": "a", "operator": "Exists", "effect": "NoExecute"}],
        "volumes": [{"name": "v", "emptyDir": {"sizeLimit": "1Gi"}}],
        "topologySpreadConstraints": [{"maxSkew": 1, "topologyKey": "zone",
        "whenUnsatisfiable": "ScheduleAnyway", "labelSelector": {"matchLabels": {"app": "a"}}}]}
        """
    private static let template = """
        {"metadata": {"labels": {"app": "a"}}, "spec": \(podSpec)}
        """
    private static let jobTemplate = """
        {"metadata": {"labels": {"app": "a"}}, "spec": {"restartPolicy": "Never",
        "containers": [\(container)]}}
        """
    private static let selector = #"{"matchLabels": {"app": "a"}}"#

    /// A valid spec, and what else an object of the kind needs.
    private static let bases: [String: String] = [
        "Pod": #""spec": \#(podSpec)"#,
        "Deployment": #""spec": {"selector": \#(selector), "template": \#(template)}"#,
        "ReplicaSet": #""spec": {"selector": \#(selector), "template": \#(template)}"#,
        "DaemonSet": #""spec": {"selector": \#(selector), "template": \#(template)}"#,
        "StatefulSet":
            #""spec": {"selector": \#(selector), "serviceName": "s", "template": \#(template)}"#,
        "ReplicationController": #""spec": {"selector": {"app": "a"}, "template": \#(template)}"#,
        "Job": #""spec": {"template": \#(jobTemplate)}"#,
        "CronJob":
            #""spec": {"schedule": "* * * * *", "jobTemplate": {"spec": {"template": \#(jobTemplate)}}}"#,
        "Service": #""spec": {"selector": {"app": "a"}, "ports": [{"port": 80}]}"#,
        "HorizontalPodAutoscaler":
            #""spec": {"maxReplicas": 3, "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "d"}, "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 50}}}]}"#,
        "PodDisruptionBudget": #""spec": {"selector": \#(selector)}"#,
        "PersistentVolume":
            #""spec": {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "hostPath": {"path": "/a"}}"#,
        "PersistentVolumeClaim":
            #""spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}"#,
        "ResourceQuota": #""spec": {"hard": {"pods": "10"}}"#,
        "LimitRange": #""spec": {"limits": [{"type": "Container"}]}"#,
        "PriorityClass": #""value": 1"#,
        "StorageClass": #""provisioner": "p""#,
        "RuntimeClass": #""handler": "h""#,
        "Event": #""involvedObject": {"kind": "Pod", "name": "p", "namespace": "default"}"#,
        "Lease": #""spec": {}"#,
        "EndpointSlice": #""addressType": "IPv4", "endpoints": [{"addresses": ["10.0.0.1"]}]"#,
        "Endpoints": #""subsets": [{"addresses": [{"ip": "10.0.0.1"}]}]"#,
        "NetworkPolicy": #""spec": {"podSelector": {}}"#,
        "Ingress":
            #""spec": {"defaultBackend": {"service": {"name": "s", "port": {"number": 80}}}}"#,
    ]

    private static func base(_ kind: KindDescriptor) throws -> Value {
        let rest = bases[kind.name].map { ", \($0)" } ?? ""
        let version = kind.group.isEmpty ? kind.version : "\(kind.group)/\(kind.version)"
        return try JSON.parse(
            #"{"apiVersion": "\#(version)", "kind": "\#(kind.name)", "metadata": {}\#(rest)}"#)
    }

    private struct Trial {
        let field: NumericField
        let text: String
    }

    /// The script that makes an object of each trial, lets them act, looks at them and removes them.
    private static func script(_ kind: KindDescriptor, _ trials: [Trial]) throws -> String {
        let base = try base(kind)
        var script = "node add n1 n2 --cpu 16 --memory 64Gi\n"
        for (number, trial) in trials.enumerated() {
            var object = trial.field.setting(trial.text, in: base)
            object[.metadata][.name] = Value("o\(number)")
            // The marks around a number make it one that is not rounded on the way.
            let json = JSON.text(object)
                .replacing("\"\\u0001", with: "").replacing("\\u0001\"", with: "")
                .replacing("\\\"", with: "\"")
            script += "apply -f - <<'E' || echo refused\n\(json)\nE\n"
        }
        let plural = kind.plural
        script += """
            advance 3m
            get \(plural) -A -o wide || echo refused
            describe \(plural) || echo refused
            describe nodes
            top nodes || echo refused
            delete \(plural) --all --wait=false || echo refused
            advance 2m

            """
        return script
    }

    private static let kinds = KindRegistry.builtIn.all.map(\.name)

    @Test("in a field end in an answer", arguments: kinds)
    func fields(name: String) throws {
        let kind = KindRegistry.builtIn.all.first { $0.name == name }!
        guard let root = FieldFacts.root(of: kind.kind) else { return }
        var random = RandomStream(seed: UInt64(kind.kind.id) &+ 1_000 &* (UInt64(Self.choice) ?? 1))
        var trials: [Trial] = []
        for field in NumericField.all(of: root) {
            let texts = ExtremeNumbers.texts(for: field.fact)
            let chosen = Self.everything ? texts : [texts[random.below(texts.count)]]
            trials += chosen.map { Trial(field: field, text: $0) }
        }
        if !Self.everything, trials.count > 60 {
            trials = (0..<60).map { _ in trials[random.below(trials.count)] }
        }
        // A few at a time: one that makes too many objects ends its script.
        var accepted = 0
        let count = trials.count
        while !trials.isEmpty {
            let part = Array(trials.prefix(8))
            trials.removeFirst(part.count)
            let run = ScenarioFolder.runText(try Self.script(kind, part))
            #expect(
                [0, 3].contains(run.exitCode),
                "\(part.map { "\($0.field.text): \($0.text)" }): \(run.output.suffix(2_000))")
            #expect(!run.output.contains("DD3999"), "\(run.output.suffix(2_000))")
            accepted += run.output.split(separator: "\n").count { $0.hasSuffix(" created") }
        }
        // What is refused tries validation only.
        if Self.bases[name] != nil { #expect(accepted > 0, "none of \(count) was accepted") }
    }
}
