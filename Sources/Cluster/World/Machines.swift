import API
import Model
import Support
import Value

extension SimulatedCluster {
    /// The state of the machine behind `node`; nil for a node that was never added.
    package func machine(_ node: String) -> MachineState? { machines[node] }

    /// Adds a machine, whose kubelet registers a Ready node.
    ///
    /// Throws AlreadyExists for a name in use, Invalid for a quantity that does not parse.
    @discardableResult
    package func addNode(
        _ name: String, _ template: NodeTemplate? = nil
    ) throws(APIError) -> StoredObject {
        let template = template ?? profile.nodeTemplate
        let cause = api.cause
        api.cause.actor = actor(named: "kubelet", host: name)
        defer { api.cause = cause }
        let node = try api.create(.node, nodeObject(name, template))
        addedMachines += 1
        networkLacks[name] = template.lacks.isEmpty ? nil : template.lacks
        change(name, .running)
        return node
    }

    /// The Node that ``addNode(_:_:)`` would make.
    package func prospectiveNode(_ name: String, _ template: NodeTemplate) -> Value {
        nodeObject(name, template)
    }

    /// When the machine behind `node` last gave a sign of life; nil for one that was never added.
    func lastSign(of node: String) -> Milliseconds? {
        machines[node] == .running ? clock.now : lastSigns[node]
    }

    /// Since when the machine behind `node` gives signs of life; nil for one that was never added.
    func firstSign(of node: String) -> Milliseconds? { firstSigns[node] }

    /// Takes a machine and its Node object away, as `~ remove-node` of the corpus does.
    package func removeNode(_ name: String) throws(APIError) {
        let node = try api.require(.node, ObjectKey(namespace: "", name: name))
        change(name, .removed)
        try api.delete(node)
    }

    /// Changes the state of a machine and tells all components, which see it at once: it is no news
    /// that comes through the API.
    package func setMachine(_ node: String, _ state: MachineState) {
        note { $0.change(node, state) }
        change(node, state)
    }

    private func change(_ node: String, _ state: MachineState) {
        // A machine that dies twice was last alive before the first time.
        if machines[node] == .running { lastSigns[node] = clock.now }
        if state == .running, machines[node] != .running { firstSigns[node] = clock.now }
        // Who recovers a machine that runs mends its network.
        if state == .running, machines[node] == .running, networkLacks[node] != nil {
            networkLacks[node] = []
        }
        machines[node] = state
        let cause = api.cause
        for component in components {
            enter(component)
            component.machineChanged(node, state)
        }
        api.cause = cause
    }

    /// The Node as a kubelet registers it. Heartbeat times are computed when read (DECISIONS 20).
    private func nodeObject(_ name: String, _ template: NodeTemplate) -> Value {
        var labels: Object = [
            "beta.kubernetes.io/arch": "amd64", "beta.kubernetes.io/os": "linux",
            "kubernetes.io/arch": "amd64", "kubernetes.io/hostname": Value(name),
            "kubernetes.io/os": "linux",
        ]
        for (key, value) in template.labels { labels[Key(key)] = Value(value) }
        let amounts = amounts(template)
        return [
            .metadata: [
                .name: Value(name), .labels: .object(labels),
                .annotations: ["node.alpha.kubernetes.io/ttl": "0"],
            ],
            .spec: nodeSpec(name, template),
            .status: [
                .addresses: [
                    [.address: Value(nodeAddress()), .type: "InternalIP"],
                    [.address: Value(name), .type: "Hostname"],
                ],
                .allocatable: amounts, .capacity: amounts,
                .conditions: Kubelet.initialConditions(
                    at: api.timestamp, lacksRoute: template.lacks.contains(.route)),
                .daemonEndpoints: [.kubeletEndpoint: [.Port: 10250]],
                .declaredFeatures: Value(strings: Kubelet.declaredFeatures),
                .nodeInfo: nodeInfo(name, template),
            ],
        ]
    }

    /// The range of pod addresses that the node IPAM controller would give, and the machine's name at
    /// its provider: hollow nodes are kubemark's.
    private func nodeSpec(_ name: String, _ template: NodeTemplate) -> Value {
        let number = addedMachines
        let range: Value = "10.\(244 - number / 256 % 200).\(number % 256).0/24"
        let provider = profile.provider
        var spec: Value = [
            .podCIDR: range, .podCIDRs: [range], .providerID: Value("\(provider)://\(name)"),
        ]
        for taint in template.taints {
            spec[.taints].append([
                .effect: Value(taint.effect), .key: Value(taint.key),
                .value: taint.value.isEmpty ? .null : Value(taint.value),
            ])
        }
        return spec
    }

    private func amounts(_ template: NodeTemplate) -> Value {
        var amounts: Value = [
            .cpu: Value(template.cpu), "ephemeral-storage": "100Gi", "hugepages-1Gi": "0",
            "hugepages-2Mi": "0", .memory: Value(template.memory),
            .pods: Value(String(template.pods)),
        ]
        if template.isHollow {
            amounts["ephemeral-storage"] = "0"
            amounts["hugepages-1Gi"] = .null
            amounts["hugepages-2Mi"] = .null
        }
        return amounts
    }

    /// 172.18.0.2 for the first node, as in a small Docker network; past 253 the third number rises.
    private func nodeAddress() -> String {
        let number = addedMachines + 2
        return "172.18.\(number / 254).\(number % 254)"
    }

    private func nodeInfo(_ name: String, _ template: NodeTemplate) -> Value {
        let (runtime, version) = (profile.runtime, template.version)
        var random = api.identities.stream("machine", name)
        let identity = Identities.uuid(random.next(), random.next())
        var info: Value = [
            .architecture: "amd64", .bootID: Value(identity),
            .containerRuntimeVersion: Value("\(runtime.name)://\(runtime.version)"),
            .kernelVersion: "6.1.0",
            .kubeProxyVersion: "", .kubeletVersion: Value(version),
            .machineID: Value(String(identity.filter { $0 != "-" })), .operatingSystem: "linux",
            .osImage: "Debian GNU/Linux 12 (bookworm)", .systemUUID: Value(identity),
        ]
        if template.isHollow {
            for key in [Key.machineID, .systemUUID, .bootID] { info[key] = "" }
            info[.kernelVersion] = "3.16.0-0.bpo.4-amd64"
            info[.osImage] = "Debian GNU/Linux 7 (wheezy)"
        }
        return info
    }
}
