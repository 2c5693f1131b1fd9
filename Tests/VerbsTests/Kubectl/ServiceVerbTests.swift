import Testing

@testable import Verbs

@Suite struct ServiceVerbTests {
    private static let pods = """
        apiVersion: v1
        kind: Pod
        metadata: {name: bare}
        spec: {containers: [{name: c, image: i}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: dns, labels: {app: dns}}
        spec:
          containers:
          - name: c
            image: i
            ports: [{containerPort: 53, protocol: UDP}, {containerPort: 53}, {containerPort: 9153}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: manual}
        spec: {ports: [{port: 80}]}
        ---
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: either}
        spec:
          replicas: 0
          selector:
            matchLabels: {app: either}
            matchExpressions: [{key: tier, operator: In, values: [a, b]}]
          template:
            metadata: {labels: {app: either, tier: a}}
            spec: {containers: [{name: c, image: i}]}
        """

    @Test(arguments: [
        (
            "expose pod bare --port=80",
            "error: couldn't retrieve selectors via --selector flag or introspection: the pod has no "
                + "labels and cannot be exposed\n[exit 1]\n"
        ),
        (
            "expose service manual --name=again",
            "error: couldn't retrieve selectors via --selector flag or introspection: the service "
                + "has no pod selector set\n[exit 1]\n"
        ),
        (
            "expose rs either --port=80",
            "error: couldn't retrieve selectors via --selector flag or introspection: couldn't "
                + "convert expressions - \"[{Key:tier Operator:In Values:[a b]}]\" to map-based "
                + "selector format\n[exit 1]\n"
        ),
        (
            "expose pod dns --session-affinity=Sticky",
            "error: unknown session affinity: Sticky\n[exit 1]\n"
        ),
        (
            "create service clusterip x --tcp=80:0",
            "error: must be between 1 and 65535, inclusive\n[exit 1]\n"
        ),
        (
            "create service clusterip x --tcp=80:no--name",
            "error: must not contain consecutive hyphens\n[exit 1]\n"
        ),
        (
            "create service externalname x --external-name=A_b",
            "error: invalid service external name A_b\n[exit 1]\n"
        ),
    ])
    func `what cannot be made is refused in kubectl's words`(line: String, text: String) throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["pods.yaml"] = Self.pods
        try bench.run("apply -f pods.yaml")
        #expect(try bench.run(line) == text)
    }

    @Test func `a port of two protocols becomes two ports`() throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["pods.yaml"] = Self.pods
        try bench.run("apply -f pods.yaml")
        try bench.run("expose pod dns")
        let path = "{range .spec.ports[*]}{.name} {.port}/{.protocol};{end}"
        #expect(
            try bench.run("get service dns -o jsonpath='\(path)'")
                == "port-1-udp 53/UDP;port-1-tcp 53/TCP;port-2 9153/TCP;")
    }
}
