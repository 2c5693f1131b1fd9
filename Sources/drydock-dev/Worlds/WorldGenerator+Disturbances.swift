/// What disturbs a world: users that change their minds, and machines that break.
extension WorldGenerator {
    /// Adds up to a dozen disturbances with little time between them, then mends the machines of most worlds.
    mutating func disturb() {
        for _ in 0..<(2 + random.below(11)) {
            if isLucky(60) { disturbWorkload() } else { disturbNodes() }
            add(
                "advance "
                    + pick([
                        "5ms", "40ms", "300ms", "700ms", "1s", "2300ms", "5s", "12s", "47s", "2m",
                        "7m",
                    ]))
        }
        guard isLucky(80) else { return }
        for node in stoppedNodes { add("node recover \(node)") }
        for node in nodes { add("uncordon \(node)") }
    }

    private mutating func disturbWorkload() {
        let workload = pick(workloads)
        if workload.kind == "job" { return disturbJob(workload) }
        let name = workload.reference
        switch random.below(10) {
        case 0 where workload.kind != "daemonset", 1 where workload.kind != "daemonset":
            add("scale \(name) --replicas=\(random.below(8))")
        case 2, 3: add("set image \(name) main=\(workload.image):\(tag())")
        case 4 where workload.kind != "replicaset": add("rollout undo \(name)")
        case 5 where workload.kind != "replicaset": add("rollout restart \(name)")
        case 6: add("apply -f \(workload.name).yaml")
        case 7:
            let cascade = pick(["background", "foreground", "orphan"])
            add("delete \(name) --cascade=\(cascade) --wait=false")
            if isLucky(80) {
                add("advance \(pick(["10ms", "400ms", "6s"]))")
                add("apply -f \(workload.name).yaml")
            }
        case 8 where workload.kind == "deployment":
            add("rollout pause \(name)")
            add("set image \(name) main=\(workload.image):\(tag())")
            add("advance \(pick(["20ms", "3s"]))")
            add("rollout resume \(name)")
        default:
            let pods = "-l app=\(workload.name) -n \(workload.namespace)"
            let force = isLucky(20) ? " --force --grace-period=0" : ""
            add("delete pods \(pods) --wait=false\(force)")
        }
    }

    private mutating func disturbJob(_ workload: Workload) {
        let name = workload.reference
        switch random.below(4) {
        case 0: add("patch \(name) -p '{\"spec\":{\"suspend\":\(pick(["true", "false"]))}}'")
        case 1: add("patch \(name) -p '{\"spec\":{\"parallelism\":\(random.below(5))}}'")
        case 2: add("delete pods -l app=\(workload.name) -n \(workload.namespace) --wait=false")
        default:
            add("delete \(name) --wait=false")
            if isLucky(70) { add("apply -f \(workload.name).yaml") }
        }
    }

    private mutating func disturbNodes() {
        let node = pick(nodes)
        switch random.below(10) {
        case 0: add("cordon \(node)")
        case 1: add("uncordon \(node)")
        case 2:
            let force = isLucky(50) ? " --force" : ""
            add("drain \(node) --ignore-daemonsets --delete-emptydir-data --timeout=40s\(force)")
        case 3, 4:
            add("node \(pick(["fail", "fail", "partition"])) \(node)")
            if !stoppedNodes.contains(node) { stoppedNodes.append(node) }
        case 5:
            add("node recover \(node)")
            stoppedNodes.removeAll { $0 == node }
        case 6 where nodes.count > 2:
            add("node remove \(node)")
            nodes.removeAll { $0 == node }
            stoppedNodes.removeAll { $0 == node }
        case 7: addNode("x\(random.below(1_000))")
        case 8:
            add(
                "taint nodes \(node) \(pick(["spot", "dedicated"]))=y:\(pick(["NoSchedule", "NoExecute"])) --overwrite"
            )
        default: add("taint nodes \(node) \(pick(["spot-", "dedicated-"]))")
        }
    }
}
