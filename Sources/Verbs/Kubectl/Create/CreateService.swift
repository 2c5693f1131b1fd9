import Model
import Value

extension Verb {
    /// `kubectl create service`.
    static let createService: Verb = {
        var verb = Verb("service", summary: "Create a service of one of four types")
        verb.aliases = ["svc"]
        verb.usage = "(clusterip | externalname | loadbalancer | nodeport)"
        verb.examples = ["create service clusterip web --tcp=80:8080"]
        verb.subverbs = [
            .createClusterIPService, .createExternalNameService, .createLoadBalancerService,
            .createNodePortService,
        ]
        return verb
    }()

    private static let tcp = Flag(
        "tcp", nil, .strings, "a port and its target: 80, 80:8080 or 80:http")

    static let createClusterIPService = generator(
        "clusterip", summary: "Create a service with an address in the cluster",
        usage: "NAME [--tcp=<port>:<targetPort>] [flags]",
        examples: ["create service clusterip web --tcp=80:8080"],
        flags: [tcp, Flag("clusterip", nil, .string, "the address; None for a headless service")],
        run: { call in try create("ClusterIP", call) })

    static let createNodePortService = generator(
        "nodeport", summary: "Create a service with a port on every node",
        usage: "NAME [--tcp=port:targetPort] [flags]",
        examples: ["create service nodeport web --tcp=80 --node-port=30080"],
        flags: [tcp, Flag("node-port", nil, .int, "the port on the nodes", standard: "0")],
        run: { call in try create("NodePort", call) })

    static let createLoadBalancerService = generator(
        "loadbalancer", summary: "Create a service with a load balancer",
        usage: "NAME [--tcp=port:targetPort] [flags]",
        examples: ["create service loadbalancer web --tcp=80"], flags: [tcp],
        run: { call in try create("LoadBalancer", call) })

    static let createExternalNameService = generator(
        "externalname", summary: "Create a service that stands for a name outside",
        usage: "NAME --external-name external.name [flags]",
        examples: ["create service externalname db --external-name db.example.com"],
        flags: [
            tcp,
            Flag("external-name", nil, .string, "the name outside", isRequired: true),
        ],
        run: { call in try create("ExternalName", call) })

    private static func create(_ type: String, _ call: VerbCall) throws {
        let name = try call.onlyName()
        let labels: Value = ["app": Value(name)]
        var spec: Value = [.type: Value(type), .selector: labels]
        let ports = try call.flags.list("tcp").map { text throws(VerbError) in
            try port(text, nodePort: call.flags.int("node-port"))
        }
        let address = call.flags.string("clusterip")
        if type != "ExternalName", ports.isEmpty, address != "None" {
            throw VerbError.message("at least one tcp port specifier must be provided")
        }
        if !ports.isEmpty { spec[.ports] = .array(ports) }
        if !address.isEmpty { spec[.clusterIP] = Value(address) }
        let external = call.flags.string("external-name")
        if type == "ExternalName", !NameRules.dns1123Subdomain(external).isEmpty {
            throw VerbError.message("invalid service external name \(external)")
        }
        if !external.isEmpty { spec["externalName"] = Value(external) }
        try Creation(call).generate(
            .service, [.metadata: [.name: Value(name), .labels: labels], .spec: spec],
            failing: "failed to create \(type) service:")
    }

    /// `80`, `80:8080` or `80:http`. Source: kubectl's create_service, parsePorts.
    private static func port(_ text: String, nodePort: Int) throws(VerbError) -> Value {
        // What stands behind a second colon shows in the name alone.
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).prefix(2)
            .map(String.init)
        guard let port = UInt32(parts[0]) else {
            throw .message("strconv.ParseUint: parsing \"\(parts[0])\": invalid syntax")
        }
        if port > 65535 {
            throw .message(
                "strconv.ParseUint: parsing \"\(parts[0])\": value out of range")
        }
        let target = parts.count == 2 ? parts[1] : parts[0]
        let problems =
            Int(target).map { NameRules.portNumber($0) }
            ?? NameRules.portName(target)
        if parts.count == 2, !problems.isEmpty {
            throw .message(problems.joined(separator: ","))
        }
        var entry: Value = [
            .name: Value(String(text.map { $0 == ":" ? "-" : $0 })), .port: Value(Int(port)),
            .protocol: "TCP", .targetPort: Int(target).map { Value($0) } ?? Value(target),
        ]
        if nodePort != 0 { entry[.nodePort] = Value(nodePort) }
        return entry
    }
}
