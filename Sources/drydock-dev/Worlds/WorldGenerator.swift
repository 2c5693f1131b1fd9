import Support

/// Makes a random world as statements of a script: machines, objects, then what disturbs them. The same
/// seed gives the same statements.
struct WorldGenerator {
    /// A workload that the world has.
    struct Workload {
        let kind: String
        let name: String
        let namespace: String
        /// What it runs: "app", to which a tag is added.
        let image: String

        var reference: String { "\(kind)/\(name) -n \(namespace)" }
    }

    var random: RandomStream
    private(set) var statements: [String] = []
    /// Images whose containers never become ready and stay so.
    var unsoundImages: Set<String> = []
    var nodes: [String] = []
    var stoppedNodes: [String] = []
    var workloads: [Workload] = []
    private var priorities: [String] = []

    /// The statements of the world of `seed`, and the images that do not work in it.
    static func world(seed: UInt64) -> (statements: [String], unsoundImages: Set<String>) {
        var generator = WorldGenerator(random: RandomStream(seed: seed, labels: ["worlds"]))
        generator.addNodes()
        generator.addSurroundings()
        generator.addBehaviors()
        for number in 0..<(1 + generator.random.below(4)) { generator.addWorkload(number) }
        generator.add(generator.random.below(2) == 0 ? "settle" : "advance 3s")
        generator.disturb()
        return (generator.statements, generator.unsoundImages)
    }

    mutating func add(_ statement: String) { statements.append(statement) }

    mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[random.below(choices.count)]
    }

    mutating func isLucky(_ percent: Int) -> Bool { random.below(100) < percent }

    // MARK: Machines

    private mutating func addNodes() {
        for number in 1...(2 + random.below(5)) { addNode("w\(number)") }
    }

    mutating func addNode(_ name: String) {
        var text = "node add \(name) --cpu \(pick(["1", "2", "4", "8"]))"
        text += " --memory \(pick(["1Gi", "4Gi", "16Gi"])) --pods \(pick(["4", "8", "110"]))"
        text += " --label zone=\(pick(["a", "b"]))"
        if isLucky(40) { text += " --label disk=ssd" }
        if isLucky(15) {
            text += " --taint dedicated=x:\(pick(["NoSchedule", "NoExecute", "PreferNoSchedule"]))"
        }
        add(text)
        nodes.append(name)
    }

    // MARK: What stands around workloads

    private mutating func addSurroundings() {
        add("create namespace team")
        if isLucky(35) {
            priorities = ["high", "low"]
            add("create priorityclass high --value=1000")
            add("create priorityclass low --value=10")
        }
        if isLucky(25) {
            let limit = pick(["pods=3", "pods=6", "pods=8,requests.cpu=2", "pods=20"])
            add("create quota limits -n team --hard=\(limit)")
        }
    }

    private mutating func addBehaviors() {
        let tags = ["1", "2", "3"]
        for _ in 0..<random.below(4) {
            let image = "app:\(pick(tags))"
            let text = pick([
                "startDelay: 2s", "readyAfter: 7s", "stopAfter: 12s", "pullTime: 9s",
                "readiness: [{from: 0s, ok: false}, {from: 20s, ok: true}]",
                "exitAfter: 2s, exitCode: 1, exitTimes: 2", "preStop: {takes: 4s}",
            ])
            add("behavior \(image) { \(text) }")
        }
        guard isLucky(40) else { return }
        let text = pick([
            "pullFails: true", "ready: false", "exitAfter: 3s, exitCode: 1",
            "startFails: \"no such file\"",
        ])
        unsoundImages.insert("app:bad")
        add("behavior app:bad { \(text) }")
    }

    // MARK: Workloads

    private mutating func addWorkload(_ number: Int) {
        let kind = pick([
            "deployment", "deployment", "statefulset", "statefulset", "daemonset", "daemonset",
            "job", "replicaset",
        ])
        let name = "\(kind.first!)\(number)"
        let namespace = isLucky(70) ? "default" : "team"
        let workload = Workload(kind: kind, name: name, namespace: namespace, image: "app")
        workloads.append(workload)
        add("file \"\(name).yaml\" <<EOF\n\(manifest(workload))\nEOF")
        add("apply -f \(name).yaml")
        if isLucky(30) { add("advance \(pick(["10ms", "300ms", "2s"]))") }
        guard kind != "job" else { return }
        if isLucky(40) || kind == "statefulset" { add(service(workload)) }
        if isLucky(25) {
            let rule = pick(["--min-available=1", "--min-available=2", "--max-unavailable=1"])
            add("create pdb \(name) -n \(namespace) --selector=app=\(name) \(rule)")
        }
    }

    private mutating func service(_ workload: Workload) -> String {
        """
        apply -f - <<EOF
        apiVersion: v1
        kind: Service
        metadata: {name: \(workload.name), namespace: \(workload.namespace)}
        spec:
          \(pick(["clusterIP: None", "type: ClusterIP", "publishNotReadyAddresses: true"]))
          selector: {app: \(workload.name)}
          ports: [{port: 80}]
        EOF
        """
    }

    private mutating func manifest(_ workload: Workload) -> String {
        let head = { (kind: String, version: String) in
            "apiVersion: \(version)\nkind: \(kind)\n"
                + "metadata: {name: \(workload.name), namespace: \(workload.namespace)}\nspec:\n"
        }
        let selector = "  selector: {matchLabels: {app: \(workload.name)}}\n"
        switch workload.kind {
        case "deployment":
            return head("Deployment", "apps/v1") + "  replicas: \(random.below(7))\n" + selector
                + deploymentSettings() + template(workload)
        case "replicaset":
            return head("ReplicaSet", "apps/v1") + "  replicas: \(random.below(6))\n" + selector
                + minReadySeconds() + template(workload)
        case "daemonset":
            return head("DaemonSet", "apps/v1") + selector + daemonSettings() + template(workload)
        case "statefulset":
            return head("StatefulSet", "apps/v1") + "  replicas: \(random.below(6))\n" + selector
                + "  serviceName: \(workload.name)\n" + statefulSettings() + template(workload)
                + claims()
        default:
            return head("Job", "batch/v1") + jobSettings() + jobTemplate(workload)
        }
    }

    private mutating func minReadySeconds() -> String {
        isLucky(30) ? "  minReadySeconds: \(pick([2, 5, 15]))\n" : ""
    }

    private mutating func deploymentSettings() -> String {
        var text = minReadySeconds()
        if isLucky(15) {
            text += "  strategy: {type: Recreate}\n"
        } else if isLucky(50) {
            let (surge, lack) = pick([("1", "0"), ("0", "1"), ("25%", "25%"), ("3", "2")])
            text +=
                "  strategy: {rollingUpdate: {maxSurge: \(surge), maxUnavailable: \(lack)}}\n"
        }
        if isLucky(20) { text += "  revisionHistoryLimit: \(random.below(3))\n" }
        if isLucky(20) { text += "  progressDeadlineSeconds: 60\n" }
        return text
    }

    private mutating func daemonSettings() -> String {
        let update = pick([
            "", "  updateStrategy: {type: OnDelete}\n",
            "  updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}\n",
            "  updateStrategy: {rollingUpdate: {maxUnavailable: 2}}\n",
            "  updateStrategy: {rollingUpdate: {maxUnavailable: 50%}}\n",
        ])
        return minReadySeconds() + update
    }

    private mutating func statefulSettings() -> String {
        var text = minReadySeconds()
        if isLucky(40) { text += "  podManagementPolicy: Parallel\n" }
        if isLucky(20) { text += "  ordinals: {start: \(random.below(4))}\n" }
        text += pick([
            "", "", "  updateStrategy: {type: OnDelete}\n",
            "  updateStrategy: {rollingUpdate: {partition: 1}}\n",
        ])
        return text
    }

    private mutating func claims() -> String {
        guard isLucky(45) else { return "" }
        let policy = { (words: [String]) in
            "  persistentVolumeClaimRetentionPolicy: {whenScaled: \(words[0]), whenDeleted: \(words[1])}\n"
        }
        let policies = [["Retain", "Retain"], ["Delete", "Delete"], ["Delete", "Retain"]]
        return (isLucky(60) ? policy(pick(policies)) : "")
            + "  volumeClaimTemplates:\n  - metadata: {name: data}\n    spec: {accessModes: "
            + "[\(pick(["ReadWriteOnce", "ReadWriteMany", "ReadWriteOncePod"]))], "
            + "resources: {requests: {storage: 1Gi}}}\n"
    }

    private mutating func jobSettings() -> String {
        var text = ""
        if isLucky(70) { text += "  completions: \(1 + random.below(5))\n" }
        text += "  parallelism: \(pick([1, 2, 3, 0]))\n  backoffLimit: \(random.below(4))\n"
        if isLucky(20) { text += "  suspend: \(pick(["true", "false"]))\n" }
        if isLucky(20) { text += "  ttlSecondsAfterFinished: 30\n" }
        if isLucky(20) { text += "  activeDeadlineSeconds: 20\n" }
        return text
    }

    private mutating func jobTemplate(_ workload: Workload) -> String {
        let command = pick(["[sleep, \"5\"]", "[sleep, \"40\"]", "[\"true\"]", "[\"false\"]"])
        return "  template:\n    metadata: {labels: {app: \(workload.name)}}\n    spec:\n"
            + "      restartPolicy: \(pick(["Never", "OnFailure"]))\n\(placement(workload))"
            + "      containers: [{name: main, image: \"batch:1\", command: \(command)"
            + "\(requests())}]\n"
    }

    private mutating func template(_ workload: Workload) -> String {
        var container = "{name: main, image: \"app:\(tag())\"\(requests())"
        if isLucky(30) {
            container += ", readinessProbe: {tcpSocket: {port: 80}, periodSeconds: 2}"
        }
        return "  template:\n    metadata: {labels: {app: \(workload.name)}}\n    spec:\n"
            + placement(workload) + "      containers: [\(container)}]\n"
    }

    mutating func tag() -> String {
        isLucky(12) && !unsoundImages.isEmpty ? "bad" : pick(["1", "2", "3"])
    }

    private mutating func requests() -> String {
        var amounts: [String] = []
        if isLucky(50) { amounts.append("cpu: \(pick(["100m", "300m", "900m", "2"]))") }
        if isLucky(40) { amounts.append("memory: \(pick(["64Mi", "500Mi", "3Gi"]))") }
        if amounts.isEmpty { return "" }
        return ", resources: {requests: {\(amounts.joined(separator: ", "))}}"
    }

    private mutating func placement(_ workload: Workload) -> String {
        var text = ""
        if isLucky(25) {
            text += "      tolerations: [{key: dedicated, operator: Exists}]\n"
        }
        if isLucky(20) { text += "      nodeSelector: {disk: ssd}\n" }
        if isLucky(30) {
            text += "      terminationGracePeriodSeconds: \(pick([0, 1, 5, 60]))\n"
        }
        if !priorities.isEmpty, isLucky(70) {
            text += "      priorityClassName: \(pick(priorities))\n"
        }
        if isLucky(12) {
            text +=
                "      topologySpreadConstraints: [{maxSkew: 1, topologyKey: \(pick(["zone", "kubernetes.io/hostname"])), whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: \(workload.name)}}}]\n"
        }
        if isLucky(10) {
            text +=
                "      affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: \(workload.name)}}}]}}\n"
        }
        return text
    }
}
