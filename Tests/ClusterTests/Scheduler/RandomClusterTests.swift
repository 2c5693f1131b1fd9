import Model
import Support
import Testing
import Value

@testable import Cluster

/// Random clusters, and the rules of scheduling said once more, without a look at the scheduler.
@Suite("random clusters")
struct RandomClusterTests {
    @Test("no pod sits where a filter forbids, and none waits that fits somewhere")
    func clusters() throws {
        var placed = 0
        var pending = 0
        for seed in 0..<1_000 {
            var cluster = RandomCluster(seed: UInt64(seed))
            let outcome = try cluster.run()
            #expect(outcome.problems == [], "seed \(seed)")
            placed += outcome.placed
            pending += outcome.pending
        }
        // Both happen often enough to mean something.
        #expect(placed > 3_000)
        #expect(pending > 1_000)
    }
}

private struct RandomCluster {
    private var random: RandomStream
    private let cluster = SimulatedCluster(bare: ClusterOptions())
    private var nodes: [Value] = []
    private var pods: [Value] = []

    struct Outcome {
        var problems: [String] = []
        var placed = 0
        var pending = 0
    }

    init(seed: UInt64) { random = RandomStream(seed: seed) }

    // MARK: Making it

    private mutating func chance(_ percent: Int) -> Bool { random.below(100) < percent }

    private mutating func one<Element>(of list: [Element]) -> Element {
        list[random.below(list.count)]
    }

    private mutating func makeNode(_ number: Int) -> Value {
        var labels: Value = .emptyObject
        if chance(85) { labels[Rules.zone] = Value(one(of: ["a", "b", "c"])) }
        if chance(50) { labels["disk"] = Value(one(of: ["ssd", "hdd"])) }
        var taints: Value = .null
        if chance(25) {
            taints = [
                [
                    .key: "t", .value: "x",
                    .effect: Value(one(of: ["NoSchedule", "NoExecute", "PreferNoSchedule"])),
                ]
            ]
        }
        return node(
            "n\(number)", cpu: Value(String(1 + random.below(3))), memory: "4Gi",
            pods: Value(2 + random.below(5)), labels: labels, taints: taints,
            isCordoned: chance(10))
    }

    private mutating func term() -> Value {
        [
            .labelSelector: [.matchLabels: ["app": Value(one(of: ["x", "y"]))]],
            .topologyKey: Value(one(of: [Rules.zone.name, "kubernetes.io/hostname"])),
        ]
    }

    private mutating func constraint() -> Value {
        var value: Value = [
            .maxSkew: Value(1 + random.below(2)),
            .topologyKey: Value(one(of: [Rules.zone.name, "kubernetes.io/hostname"])),
            .whenUnsatisfiable: "DoNotSchedule",
            .labelSelector: [.matchLabels: ["app": Value(one(of: ["x", "y"]))]],
        ]
        if chance(20) { value[.minDomains] = 3 }
        if chance(20) { value[.nodeTaintsPolicy] = "Honor" }
        if chance(20) { value[.nodeAffinityPolicy] = "Ignore" }
        return value
    }

    private mutating func makePod(_ number: Int) -> Value {
        var spec: Value = .emptyObject
        var container: Value = [.name: "c", .image: "nginx"]
        if chance(60) {
            let milliCores = 200 + 200 * random.below(8)
            container[.resources] = [.requests: [.cpu: Value("\(milliCores)m")]]
        }
        if chance(25) {
            let port = Value(80 + random.below(2))
            container[.ports] = [[.containerPort: port, .hostPort: port]]
        }
        spec[.containers] = [container]
        if chance(25) { spec[.nodeSelector] = ["disk": Value(one(of: ["ssd", "hdd"]))] }
        if chance(30) { spec[.tolerations] = [[.key: "t", .operator: "Exists"]] }
        if chance(25) { spec[.topologySpreadConstraints] = [constraint()] }
        let required = Key.requiredDuringSchedulingIgnoredDuringExecution
        if chance(20) { spec[.affinity][.podAntiAffinity][required] = [term()] }
        if chance(15) { spec[.affinity][.podAffinity][required] = [term()] }
        if chance(20) {
            let claim = Value(one(of: ["once", "twice"]))
            spec[.volumes] = [[.name: "v", .persistentVolumeClaim: [.claimName: claim]]]
        }
        return [
            .metadata: [
                .name: Value("p\(number)"), .labels: ["app": Value(one(of: ["x", "y", "z"]))],
            ], .spec: spec,
        ]
    }

    private mutating func build() throws {
        try cluster.api.create(.namespace, [.metadata: [.name: "default"]])
        try cluster.api.create(
            .serviceAccount,
            [.metadata: [.name: "default"], .automountServiceAccountToken: false], in: "default")
        cluster.add(Scheduler(), to: cluster.addProcess("scheduler"))
        for (name, mode) in [("once", "ReadWriteOncePod"), ("twice", "ReadWriteOnce")] {
            var value = Storage.claim(name, modes: [mode], volume: Value("v-\(name)"))
            let status = value[.status]
            value[.status] = .null
            let claim = try cluster.api.create(.persistentVolumeClaim, value, in: "default")
            try cluster.api.modifyStatus(claim) { $0 = status }
            var volume = Storage.volume("v-\(name)")
            if name == "twice" { volume[.metadata][.labels] = [Rules.zone: "a"] }
            try cluster.api.create(.persistentVolume, volume)
        }
        for number in 0..<(2 + random.below(4)) {
            nodes.append(makeNode(number))
            try cluster.addReadyNode(nodes[number])
        }
        for number in 0..<(3 + random.below(6)) {
            try cluster.api.create(.pod, makePod(number), in: "default")
            if chance(50) { try cluster.advance(by: 15) }
        }
    }

    mutating func run() throws -> Outcome {
        try build()
        try cluster.advance(by: 30_000)
        // Time enough for every back-off; then who was bound when is known by the log.
        let all = cluster.state.list(.pod)
        let bound = all.filter { $0.nodeName != nil }.sorted {
            $0.resourceVersion < $1.resourceVersion
        }
        var outcome = Outcome()
        var rules = Rules(nodes: nodes)
        for pod in bound {
            outcome.placed += 1
            let node = pod.nodeName ?? ""
            for problem in rules.problems(pod.value, on: node) {
                outcome.problems.append("\(pod.name) is on \(node): \(problem)")
            }
            rules.pods.append(pod.value)
        }
        for pod in all where pod.nodeName == nil {
            outcome.pending += 1
            for node in nodes {
                let name = node[.metadata].text(.name)
                if rules.problems(pod.value, on: name).isEmpty {
                    outcome.problems.append("\(pod.name) waits, but \(name) would do")
                }
            }
        }
        return outcome
    }
}

/// The rules of the filters in the words of the API's documentation.
private struct Rules {
    static let zone = Key("topology.kubernetes.io/zone")

    let nodes: [Value]
    /// In the order in which they were bound.
    var pods: [Value] = []

    init(nodes: [Value]) { self.nodes = nodes }

    private func node(_ name: String) -> Value {
        nodes.first { $0[.metadata].text(.name) == name } ?? .null
    }

    private func label(_ node: Value, _ key: Value) -> String? {
        node[.metadata][.labels][key.string ?? ""].string
    }

    private func pods(on name: String) -> [Value] {
        pods.filter { $0[.spec].text(.nodeName) == name }
    }

    func problems(_ pod: Value, on name: String) -> [String] {
        let node = node(name)
        let checks: [(String, Bool)] = [
            ("cordoned", !node[.spec].flag(.unschedulable)),
            ("tainted", toleratesAll(pod, node)), ("selector", matches(pod, node)),
            ("ports", ports(pod).isDisjoint(with: Set(pods(on: name).flatMap(ports)))),
            ("cpu", cpu(pod) + pods(on: name).reduce(0) { $0 + cpu($1) } <= cores(node) * 1_000),
            ("pods", pods(on: name).count < node[.status][.allocatable].int(.pods)),
            ("claim", claim(pod) != "once" || !pods.contains { claim($0) == "once" }),
            (
                "zone of the volume",
                claim(pod) != "twice" || [nil, "a"].contains(label(node, Value(Self.zone.name)))
            ),
            ("affinity", isNearItsFriends(pod, node)),
            ("anti-affinity", isFarFromItsFoes(pod, node)),
            ("others' anti-affinity", pods.allSatisfy { avoids($0, pod, node) == false }),
            ("spread", constraints(pod).allSatisfy { isEven($0, pod, node) }),
        ]
        return checks.filter { !$0.1 }.map(\.0)
    }

    private func toleratesAll(_ pod: Value, _ node: Value) -> Bool {
        node[.spec][.taints].elements.allSatisfy {
            $0.text(.effect) == "PreferNoSchedule"
                || pod[.spec][.tolerations].elements.contains { toleration in
                    toleration[.key].string == "t"
                }
        }
    }

    private func matches(_ pod: Value, _ node: Value) -> Bool {
        pod[.spec][.nodeSelector].fields.allSatisfy {
            node[.metadata][.labels][$0.key] == $0.value
        }
    }

    private func ports(_ pod: Value) -> Set<Int> {
        Set(pod[.spec][.containers][0][.ports].elements.map { $0.int(.hostPort) })
    }

    private func cpu(_ pod: Value) -> Int {
        let text = pod[.spec][.containers][0][.resources][.requests][.cpu].string ?? "0m"
        return text.hasSuffix("m") ? Int(text.dropLast()) ?? 0 : (Int(text) ?? 0) * 1_000
    }

    private func cores(_ node: Value) -> Int {
        Int(node[.status][.allocatable].text(.cpu)) ?? 0
    }

    private func claim(_ pod: Value) -> String? {
        pod[.spec][.volumes].elements.lazy.compactMap {
            $0[.persistentVolumeClaim][.claimName].string
        }.first
    }

    private func terms(_ pod: Value, _ kind: Key) -> [Value] {
        pod[.spec][.affinity][kind][.requiredDuringSchedulingIgnoredDuringExecution].elements
    }

    private func isMeant(_ pod: Value, by term: Value) -> Bool {
        pod[.metadata][.labels]["app"] == term[.labelSelector][.matchLabels]["app"]
    }

    private func isInDomain(_ pod: Value, _ node: Value, _ key: Value) -> Bool {
        guard let own = label(node, key) else { return false }
        return label(self.node(pod[.spec].text(.nodeName)), key) == own
    }

    private func isNearItsFriends(_ pod: Value, _ node: Value) -> Bool {
        guard let term = terms(pod, .podAffinity).first else { return true }
        let key = term[.topologyKey]
        guard label(node, key) != nil else { return false }
        let friends = pods.filter {
            isMeant($0, by: term) && label(self.node($0[.spec].text(.nodeName)), key) != nil
        }
        return friends.isEmpty
            ? isMeant(pod, by: term) : friends.contains { isInDomain($0, node, key) }
    }

    private func isFarFromItsFoes(_ pod: Value, _ node: Value) -> Bool {
        pods.allSatisfy { other in
            !terms(pod, .podAntiAffinity).contains {
                isMeant(other, by: $0) && isInDomain(other, node, $0[.topologyKey])
            }
        }
    }

    /// Whether `other`, which is placed, keeps `pod` off `node`.
    private func avoids(_ other: Value, _ pod: Value, _ node: Value) -> Bool {
        terms(other, .podAntiAffinity).contains {
            isMeant(pod, by: $0) && isInDomain(other, node, $0[.topologyKey])
        }
    }

    private func constraints(_ pod: Value) -> [Value] {
        pod[.spec][.topologySpreadConstraints].elements
    }

    private func isEven(_ constraint: Value, _ pod: Value, _ node: Value) -> Bool {
        let key = constraint[.topologyKey]
        guard let own = label(node, key) else { return false }
        var counts: [String: Int] = [:]
        for candidate in nodes {
            guard let domain = label(candidate, key),
                constraint[.nodeAffinityPolicy].string == "Ignore" || matches(pod, candidate),
                constraint[.nodeTaintsPolicy].string != "Honor" || toleratesAll(pod, candidate)
            else { continue }
            counts[domain, default: 0] += pods(on: candidate[.metadata].text(.name)).count {
                isMeant($0, by: constraint)
            }
        }
        let least = counts.count < constraint[.minDomains].int ?? 1 ? 0 : counts.values.min() ?? 0
        let after = (counts[own] ?? 0) + (isMeant(pod, by: constraint) ? 1 : 0)
        return after - least <= constraint.int(.maxSkew)
    }
}
