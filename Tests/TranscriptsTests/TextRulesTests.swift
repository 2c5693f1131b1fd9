import Testing

@testable import Transcripts

private struct Example: Sendable, CustomTestStringConvertible {
    var recorded: String
    var ours: String
    var rules: [String]
    var context = TextRule.Context()
    var testDescription: String { rules.joined(separator: "+") }

    init(
        _ recorded: String, _ ours: String, _ rules: String..., context: TextRule.Context = .init()
    ) {
        self.recorded = recorded
        self.ours = ours
        self.rules = rules
        self.context = context
    }

    var verdict: TranscriptVerdict {
        let lines = recorded.split(separator: "\n", omittingEmptySubsequences: false)
        let expected = ExpectedOutput(lines: lines.map { ExpectedLine(String($0)) })
        return TranscriptMatcher().compare(expected, output: ours, exitStatus: 0, context: context)
    }
}

private let examples: [Example] = [
    Example(
        "error: unable to match a printer suitable for the output format \"x\", allowed formats are: json,jsonpath-file,name,yaml",
        "error: unable to match a printer suitable for the output format \"x\", allowed formats are: json,jsonpath-file,kyaml,name,yaml",
        "format-kyaml"),
    Example(
        "horizontalpodautoscaler.autoscaling/web autoscaled",
        "Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).\nhorizontalpodautoscaler.autoscaling/web autoscaled",
        "cpu-percent-deprecated",
        context: .init(command: "kubectl autoscale deploy web --max=5 --cpu-percent=80")),
    Example(
        "web-10  1/1  Running  0  {age}  app=web,controller-revision-hash=web-{hash},statefulset.kubernetes.io/pod-name=web-10",
        "web-10  1/1  Running  0  5s  app=web,apps.kubernetes.io/pod-index=10,controller-revision-hash=web-7ffb7467b7,statefulset.kubernetes.io/pod-name=web-10",
        "pod-index-label"),
    Example(
        "NAME  STATUS  VOLUME  CAPACITY  ACCESS MODES  STORAGECLASS  AGE\nc  Pending  {age}\nd  Bound  v  1Gi  RWO  local  {age}",
        "NAME  STATUS  VOLUME  CAPACITY  ACCESS MODES  STORAGECLASS  VOLUMEATTRIBUTESCLASS  AGE\nc  Pending  <unset>  5s\nd  Bound  v  1Gi  RWO  local  <unset>  5s",
        "pvc-volume-attributes-class"),
    Example(
        "NAME  CAPACITY  ACCESS MODES  RECLAIM POLICY  STATUS  CLAIM  STORAGECLASS  REASON  AGE\nv  1Gi  RWO  Retain  Bound  default/c  {age}\n\nNAME  STATUS  VOLUME  CAPACITY  ACCESS MODES  STORAGECLASS  AGE\nc  Bound  v  1Gi  RWO  {age}",
        "NAME  CAPACITY  ACCESS MODES  RECLAIM POLICY  STATUS  CLAIM  STORAGECLASS  VOLUMEATTRIBUTESCLASS  REASON  AGE\nv  1Gi  RWO  Retain  Bound  default/c  <unset>  5s\n\nNAME  STATUS  VOLUME  CAPACITY  ACCESS MODES  STORAGECLASS  VOLUMEATTRIBUTESCLASS  AGE\nc  Bound  v  1Gi  RWO  <unset>  5s",
        "pvc-volume-attributes-class", "pv-volume-attributes-class"),
    Example(
        "NAME  SCHEDULE  SUSPEND  ACTIVE  LAST SCHEDULE  AGE\nhello  0 0 1 1 *  False  0  <none>  {age}",
        "NAME  SCHEDULE  TIMEZONE  SUSPEND  ACTIVE  LAST SCHEDULE  AGE\nhello  0 0 1 1 *  <none>  False  0  <none>  5s",
        "cronjob-time-zone"),
    Example(
        "web  Deployment/web  <unknown>/80%  2  5  1  {age}",
        "web  Deployment/web  cpu: <unknown>/80%  2  5  1  5s", "hpa-metric-name"),
    Example(
        "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity.",
        "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
        "scheduler-node-affinity", "scheduler-preemption"),
    Example(
        "Unschedulable: 0/3 nodes are available: 1 Insufficient cpu, 1 node(s) had taint {x: y}, that the pod didn't tolerate, 1 node(s) were unschedulable.",
        "Unschedulable: 0/3 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable. no new claims to deallocate, preemption: 0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.",
        "scheduler-untolerated-taint", "scheduler-preemption"),
    Example(
        "0/3 nodes are available: 3 node(s) didn't match pod affinity rules, 3 node(s) didn't match pod affinity/anti-affinity.",
        "0/3 nodes are available: 3 node(s) didn't match pod affinity rules.",
        "scheduler-pod-affinity-reason"),
    Example(
        "Warning  FailedScheduling  0/3 nodes are available: 3 pod has unbound immediate PersistentVolumeClaims.",
        "Warning  FailedScheduling  0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found",
        "scheduler-prefilter-reason", "scheduler-no-help"),
    Example(
        "<none>  Pending  0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't match Pod's node affinity.",
        "<none>  Pending  0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
        "scheduler-preemption", "scheduler-prefiltered-nodes"),
    Example(
        "low  Preempted by default/high on node node-1",
        "low  Preempted by pod 0f8fad5b-d9cb on node node-1", "preempted-by-uid"),
    Example(
        "The StatefulSet \"web\" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'template', and 'updateStrategy' are forbidden",
        "The StatefulSet \"web\" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
        "statefulset-mutable-fields"),
    Example(
        "The DaemonSet \"agent\" is invalid: spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:0, IntVal:0, StrVal:\"\"}: cannot be 0",
        "The DaemonSet \"agent\" is invalid: spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0",
        "daemonset-surge"),
    Example(
        "error: error validating \"bad.yaml\": error validating data: ValidationError(DaemonSet.spec): unknown field \"replicas\" in io.k8s.api.apps.v1.DaemonSetSpec; if you choose to ignore these errors, turn validation off with --validate=false",
        "Error from server (BadRequest): error when creating \"bad.yaml\": DaemonSet in version \"v1\" cannot be handled as a DaemonSet: strict decoding error: unknown field \"spec.replicas\"",
        "strict-decoding"),
    Example(
        "error: error validating \"p.yaml\": error validating data: [ValidationError(Pod.spec.containers[0]): unknown field \"imge\" in io.k8s.api.core.v1.Container, ValidationError(Pod): unknown field \"sepc\" in io.k8s.api.core.v1.Pod]; if you choose to ignore these errors, turn validation off with --validate=false",
        "Error from server (BadRequest): error when creating \"p.yaml\": Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: unknown field \"spec.containers[0].imge\", unknown field \"sepc\"",
        "strict-decoding"),
    Example(
        "error: error validating \"p.yaml\": error validating data: ValidationError(Pod.spec): missing required field \"containers\" in io.k8s.api.core.v1.PodSpec; if you choose to ignore these errors, turn validation off with --validate=false",
        "The Pod \"with-toleration\" is invalid: spec.containers: Required value", "required-field",
        context: .init(
            files: [
                TranscriptFile(
                    path: "p.yaml", text: "kind: Pod\nmetadata:\n  name: with-toleration\n")
            ])),
    Example(
        "Failed=True DeadlineExceeded: Job was active longer than specified deadline",
        "FailureTarget=True DeadlineExceeded: Job was active longer than specified deadline\nFailed=True DeadlineExceeded: Job was active longer than specified deadline",
        "job-failure-target"),
    Example(
        "pi-{rand}  1/1  Running  0  {age}  controller-uid={uid},job-name=pi",
        "pi-x7k2p  1/1  Running  0  5s  batch.kubernetes.io/controller-uid=0f8f,batch.kubernetes.io/job-name=pi,controller-uid=0f8f,job-name=pi",
        "job-labels"),
    Example(
        "batch/v1\nbatch/v1beta1\ndiscovery.k8s.io/v1beta1\nextensions/v1beta1\nnetworking.k8s.io/v1\nv1",
        "batch/v1\ndiscovery.k8s.io/v1\nnetworking.k8s.io/v1\nv1", "api-versions-graduated",
        context: .init(command: "kubectl api-versions")),
    Example("VERSION:  apps/v1", "VERSION:  v1", "explain-group"),
    Example(
        "error: error validating \"s.yaml\": error validating data: ValidationError(StatefulSet.spec): missing required field \"selector\" in io.k8s.api.apps.v1.StatefulSetSpec; if you choose to ignore these errors, turn validation off with --validate=false",
        "The StatefulSet \"web\" is invalid: \n* spec.selector: Required value\n* spec.template.metadata.labels: Invalid value: map[string]string{\"app\":\"web\"}: `selector` does not match template `labels`",
        "required-field",
        context: .init(
            files: [
                TranscriptFile(
                    path: "s.yaml",
                    text:
                        "kind: StatefulSet\nmetadata:\n  name: web\nspec:\n  template:\n    metadata:\n      labels:\n        app: web\n"
                )
            ])),
    Example(
        "error: error validating \"e.yaml\": error validating data: ValidationError(Deployment.spec.template.spec.containers[0].image): invalid type for io.k8s.api.core.v1.Container.image: got \"integer\", expected \"string\"; if you choose to ignore these errors, turn validation off with --validate=false",
        "Error from server (BadRequest): error when creating \"e.yaml\": Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal number into Go struct field Container.spec.template.spec.containers.image of type string",
        "wrong-type"),
    Example(
        "The StatefulSet \"a\" is invalid: spec.updateStrategy.rollingUpdate: Invalid value: apps.RollingUpdateStatefulSetStrategy{Partition:0}: only allowed for updateStrategy 'RollingUpdate'",
        "The StatefulSet \"a\" is invalid: spec.updateStrategy.rollingUpdate: Invalid value: apps.RollingUpdateStatefulSetStrategy{Partition:0, MaxUnavailable:(*intstr.IntOrString)(nil)}: only allowed for updateStrategy 'RollingUpdate'",
        "statefulset-rolling-struct"),
    Example(
        "* spec.accessModes: Unsupported value: \"X\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", \"ReadWriteOnce\"",
        "* spec.accessModes: Unsupported value: \"X\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\"",
        "access-mode-once-pod"),
    Example(
        "error: field \"replicas\" does not exist",
        "GROUP:  apps\nKIND:  DaemonSet\nVERSION:  v1\n\nerror: field \"replicas\" does not exist",
        "explain-unknown-field"),
    Example(
        "a  1/1  Running  2  {age}", "a  1/1  Running  2 (3m1s ago)  5s", "restart-time"),
    Example(
        "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit",
        "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1",
        "request-above-limit"),
    Example(
        "kind: Namespace\nmetadata:\n  creationTimestamp: \"{time}\"\n  name: foo\nspec:\n  finalizers:\n  - kubernetes",
        "kind: Namespace\nmetadata:\n  creationTimestamp: \"2025-01-01T00:00:01Z\"\n  labels:\n    kubernetes.io/metadata.name: foo\n  name: foo\nspec:\n  finalizers:\n  - kubernetes",
        "namespace-name-label"),
    Example(
        "Name:  foo\nLabels:  <none>\nAnnotations:  <none>",
        "Name:  foo\nLabels:  kubernetes.io/metadata.name=foo\nAnnotations:  <none>",
        "namespace-name-label-shown", context: .init(command: "kubectl describe ns foo")),
    Example(
        "kind: StatefulSet\nspec:\n  podManagementPolicy: OrderedReady\n  replicas: 1\nstatus:\n  collisionCount: 0\n  readyReplicas: 1",
        "kind: StatefulSet\nspec:\n  persistentVolumeClaimRetentionPolicy:\n    whenDeleted: Retain\n    whenScaled: Retain\n  podManagementPolicy: OrderedReady\n  replicas: 1\nstatus:\n  availableReplicas: 1\n  collisionCount: 0\n  readyReplicas: 1",
        "statefulset-retention-policy", "statefulset-available-replicas"),
    Example(
        "kind: DaemonSet\nspec:\n  updateStrategy:\n    rollingUpdate:\n      maxUnavailable: 1\n    type: RollingUpdate",
        "kind: DaemonSet\nspec:\n  updateStrategy:\n    rollingUpdate:\n      maxSurge: 0\n      maxUnavailable: 1\n    type: RollingUpdate",
        "daemonset-max-surge"),
    Example(
        "kind: Service\nspec:\n  clusterIP: None\n  clusterIPs:\n  - None\n  ports:\n  - port: 80\n  type: ClusterIP",
        "kind: Service\nspec:\n  clusterIP: None\n  clusterIPs:\n  - None\n  internalTrafficPolicy: Cluster\n  ipFamilies:\n  - IPv4\n  ipFamilyPolicy: SingleStack\n  ports:\n  - port: 80\n  type: ClusterIP",
        "service-traffic-policy", "service-ip-families", "service-ip-family-policy"),
    Example(
        "items:\n- apiVersion: v1\n  kind: Pod\n  status:\n    conditions:\n    - lastProbeTime: null\n      lastTransitionTime: \"{time}\"\n      status: \"True\"\n      type: Initialized\n    hostIP: {ip}\n    phase: Running",
        "items:\n- apiVersion: v1\n  kind: Pod\n  status:\n    conditions:\n    - lastProbeTime: null\n      lastTransitionTime: \"2025-01-01T00:00:01Z\"\n      status: \"True\"\n      type: PodReadyToStartContainers\n    - lastProbeTime: null\n      lastTransitionTime: \"2025-01-01T00:00:01Z\"\n      status: \"True\"\n      type: Initialized\n    hostIP: 10.0.0.1\n    hostIPs:\n    - ip: 10.0.0.1\n    phase: Running",
        "pod-host-ips", "pod-ready-to-start"),
    Example(
        "Conditions:\n  Type  Status\n  Initialized  True",
        "Conditions:\n  Type  Status\n  PodReadyToStartContainers  True\n  Initialized  True",
        "pod-ready-to-start"),
    Example(
        "kind: Job\nmetadata:\n  creationTimestamp: \"{time}\"\n  labels:\n    controller-uid: {uid}\n    job-name: pi\nspec:\n  backoffLimit: 4\n  selector:\n    matchLabels:\n      controller-uid: {uid}\n  template:\n    a: b\nstatus:\n  active: 2\n  startTime: \"{time}\"",
        "kind: Job\nmetadata:\n  creationTimestamp: \"2025-01-01T00:00:01Z\"\n  generation: 1\n  labels:\n    batch.kubernetes.io/controller-uid: 0f\n    batch.kubernetes.io/job-name: pi\n    controller-uid: 0f\n    job-name: pi\nspec:\n  backoffLimit: 4\n  completionMode: NonIndexed\n  manualSelector: false\n  podReplacementPolicy: TerminatingOrFailed\n  selector:\n    matchLabels:\n      batch.kubernetes.io/controller-uid: 0f\n  suspend: false\n  template:\n    a: b\nstatus:\n  active: 2\n  ready: 2\n  startTime: \"2025-01-01T00:00:01Z\"\n  terminating: 0\n  uncountedTerminatedPods: {}",
        "job-generation", "job-completion-mode", "job-manual-selector", "job-replacement-policy",
        "job-suspend",
        "job-terminating", "job-uncounted", "job-labels-in-objects", "job-ready"),
    Example(
        "IP Families:  <none>\nIP:  {ip}\nEndpoints:  <none>\nSession Affinity:  None\nEvents:  <none>",
        "IP Family Policy:  SingleStack\nIP Families:  IPv4\nIP:  10.0.0.1\nEndpoints:\nSession Affinity:  None\nInternal Traffic Policy:  Cluster\nEvents:  <none>",
        "describe-service-families", "describe-service-traffic-policy", "describe-service-endpoints"
    ),
    Example(
        "Selector:  controller-uid={uid}\nLabels:  controller-uid={uid}\n                job-name=pi\nParallelism:  2\nCompletions:  3\nBackoff Limit:  4\nPods Statuses:  2 Active / 0 Succeeded / 0 Failed\nPod Template:\n  Labels:  controller-uid={uid}\n           job-name=pi\n  Containers:",
        "Selector:  batch.kubernetes.io/controller-uid=0f\nLabels:  batch.kubernetes.io/controller-uid=0f\n                  batch.kubernetes.io/job-name=pi\n                  controller-uid=0f\n                  job-name=pi\nParallelism:  2\nCompletions:  3\nCompletion Mode:  NonIndexed\nSuspend:  false\nBackoff Limit:  4\nPods Statuses:  2 Active (2 Ready) / 0 Succeeded / 0 Failed\nPod Template:\n  Labels:  batch.kubernetes.io/controller-uid=0f\n           batch.kubernetes.io/job-name=pi\n           controller-uid=0f\n           job-name=pi\n  Containers:",
        "describe-job", "job-ready"),
    Example(
        "ScalingReplicaSet  Scaled up replica set web-{hash} to 3\nScalingReplicaSet  (combined from similar events): Scaled down replica set web-{hash} to 0",
        "ScalingReplicaSet  Scaled up replica set web-5f7d from 0 to 3\nScalingReplicaSet  (combined from similar events): Scaled down replica set web-5f7d from 1 to 0",
        "deployment-scaled-from"),
    Example(
        "NAME  COMPLETIONS  DURATION  AGE\npi  0/1 of 2  {age}  {age}",
        "NAME  STATUS  COMPLETIONS  DURATION  AGE\npi  Failed  0/1 of 2  5s  5s",
        "job-status-column"),
    Example(
        "NAME  VALUE  GLOBAL-DEFAULT  AGE\nhigh  1000  false  {age}",
        "NAME  VALUE  GLOBAL-DEFAULT  AGE  PREEMPTIONPOLICY\nhigh  1000  false  5s  Never",
        "priorityclass-preemption-column"),
    Example(
        "pods \"bare\" is forbidden: failed quota: q: must specify requests.cpu",
        "pods \"bare\" is forbidden: failed quota: q: must specify requests.cpu for: c",
        "quota-names-containers"),
    Example(
        "deployment.apps/web patched (no change)",
        "Warning: unknown field \"spec.nosuch\"\ndeployment.apps/web patched (no change)",
        "patch-unknown-field",
        context: .init(command: "kubectl patch deploy web -p '{\"spec\":{\"nosuch\":1}}'")),
]

@Suite struct TextRulesTests {
    @Test(arguments: examples)
    fileprivate func aKnownDifferenceMatchesByItsRules(example: Example) {
        let order = Dictionary(
            uniqueKeysWithValues: TextRules.all.enumerated().map { ($0.element.name, $0.offset) })
        let rules = example.rules.sorted { (order[$0] ?? 0) < (order[$1] ?? 0) }
        #expect(example.verdict == .matchByRules(rules))
    }

    @Test func everyRuleHasAnExampleAndAChange() {
        let covered = Set(examples.flatMap(\.rules))
        #expect(TextRules.all.filter { !covered.contains($0.name) }.map(\.name) == [])
        #expect(Set(TextRules.all.map(\.name)).count == TextRules.all.count)
        #expect(TextRules.all.allSatisfy { $0.change.contains("1.") })
    }

    /// What only looks like a known difference is none.
    @Test(arguments: [
        // Numbers that cannot be.
        ("Scaled up replica set web-{hash} to 3", "Scaled up replica set web-5f7d from 3 to 3"),
        ("Scaled down replica set web-{hash} to 3", "Scaled down replica set web-5f7d from 2 to 3"),
        ("Scaled up replica set web-{hash} to 3", "Scaled up replica set web-5f7d from 0 to 4"),
        // Preemption that does not fit the reasons or the number of nodes.
        (
            "0/3 nodes are available: 3 node(s) were unschedulable.",
            "0/3 nodes are available: 3 node(s) were unschedulable. no new claims to deallocate, preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod."
        ),
        (
            "0/3 nodes are available: 3 Insufficient cpu.",
            "0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 2 No preemption victims found for incoming pod."
        ),
        (
            "0/3 nodes are available: 3 Insufficient cpu.",
            "0/3 nodes are available: 2 Insufficient cpu."
        ),
        // Columns with other cells.
        (
            "NAME  COMPLETIONS  DURATION  AGE\npi  0/1  {age}  {age}",
            "NAME  STATUS  COMPLETIONS  DURATION  AGE\npi  Odd  0/1  5s  5s"
        ),
        (
            "NAME  STATUS  VOLUME  CAPACITY  ACCESS MODES  STORAGECLASS  AGE\nc  Pending  {age}",
            "NAME  STATUS  VOLUME  CAPACITY  ACCESS MODES  STORAGECLASS  VOLUMEATTRIBUTESCLASS  AGE\nc  Bound  <unset>  5s"
        ),
        (
            "Pods Statuses:  2 Active / 0 Succeeded / 0 Failed",
            "Pods Statuses:  2 Active (3 Ready) / 0 Succeeded / 0 Failed"
        ),
        ("web patched", "Warning: unknown field \"spec.nosuch\"\nweb patched"),
    ])
    func whatOnlyLooksLikeOneDoesNotMatch(recorded: String, ours: String) {
        #expect(!Example(recorded, ours).verdict.isMatch)
    }

    /// Rules must not make a recording match a damaged copy of itself.
    @Test(arguments: Recordings.paths("case"))
    func damageToARecordingIsSeenDespiteTheRules(path: String) throws {
        let transcript = try TranscriptCase(parsing: Recordings.text(path), path: path)
        let matcher = TranscriptMatcher()
        for step in transcript.steps {
            guard case .command(let command, let output) = step.action, !output.isUnstable else {
                continue
            }
            let context = TextRule.Context(command: command, files: transcript.files)
            func verdict(_ lines: [String]) -> TranscriptVerdict {
                matcher.compare(
                    output, output: lines.map { $0 + "\n" }.joined(), exitStatus: output.exitStatus,
                    context: context)
            }
            let lines = output.lines.map { Recordings.instantiated($0.text) }
            #expect(verdict(lines) == .match)
            #expect(!verdict(lines + ["surplus"]).isMatch)
            for index in lines.indices where !output.lines[index].isOptional {
                var altered = lines
                altered[index] = "?" + altered[index]
                #expect(!verdict(altered).isMatch, "line \(step.line), altered: \(lines[index])")
                // A repeated empty line at an end is no line.
                guard !lines[index].isEmpty else { continue }
                var dropped = lines
                dropped.remove(at: index)
                #expect(!verdict(dropped).isMatch, "line \(step.line), dropped: \(lines[index])")
            }
        }
    }

    @Test func onlyCasesThatNeedARemovedVersionAreExcluded() throws {
        let excluded = try Recordings.paths("case").filter {
            try TextRules.exclusion(of: TranscriptCase(parsing: Recordings.text($0), path: $0))
                != nil
        }
        #expect(excluded == ["job/cronjob-suspend.case"])
    }
}
