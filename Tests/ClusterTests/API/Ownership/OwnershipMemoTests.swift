import API
import Model
import Support
import Testing
import Value

@testable import Cluster

/// What is remembered of writes of one shape must be what each write says by itself, whatever is written.
@Suite("remembered ownership")
struct OwnershipMemoTests {
    private struct Step {
        let name: String
        let kind: Kind
        let parts: [OwnedPart]
        let make: (inout RandomStream) -> Value
    }

    @Test("random writes leave the owners that a plain comparison gives")
    func agrees() throws {
        let thing = try OwnedThing()
        let api = thing.cluster.api
        let kinds = [
            Step(name: "pod", kind: .pod, parts: [.main, .status, .resize], make: Self.pod),
            Step(name: "node", kind: .node, parts: [.main, .status], make: Self.pod),
            Step(name: "service", kind: .service, parts: [.main], make: Self.service),
            Step(name: "thing", kind: thing.kind, parts: [.main], make: Self.thing),
        ]
        var (shared, changes) = (0, 0)
        for seed in 1...60 as ClosedRange<UInt64> {
            var random = RandomStream(seed: seed, labels: ["remembered"])
            for step in kinds {
                var (object, list) = (Value.emptyObject, OwnerList.empty)
                for time in 1...8 as ClosedRange<Int64> {
                    let new = step.make(&random)
                    let writer = api.ownership.writer(
                        named: ["ann", "bob", "cas"][random.below(3)], api, step.kind,
                        step.parts[random.below(step.parts.count)])
                    let place = "seed \(seed), \(step.name) \(time): \(JSON.text(new))"
                    let plain = api.ownership.plain(list, object, new, by: writer, at: time)
                    let first = api.ownership.written(list, object, new, by: writer, at: time)
                    let again = api.ownership.written(list, object, new, by: writer, at: time)
                    try #require(FieldOwnership.areEqual(first, plain), "\(place)")
                    try #require(FieldOwnership.areEqual(again, plain), "\(place)")
                    changes += first === list ? 0 : 1
                    shared += first.shape === again.shape && first !== again ? 1 : 0
                    (object, list) = (new, first)
                }
            }
        }
        #expect(changes > 1000, "too few changes to mean anything")
        #expect(shared > 1000, "too little was remembered to mean anything")
    }

    @Test("pods of one template have few shapes, each its own IP")
    func shares() throws {
        let cluster = SimulatedCluster()
        let template: Value = [
            .metadata: [.labels: ["app": "web"]],
            .spec: [.containers: [[.name: "web", .image: "nginx:1.25"]]],
        ]
        for node in ["n1", "n2"] { try cluster.addNode(node) }
        let client: any APIClient = cluster
        _ = try client.create(
            .deployment, namespace: "default",
            [
                .metadata: [.name: "web"],
                .spec: [
                    .replicas: 40, .selector: [.matchLabels: ["app": "web"]], .template: template,
                ],
            ], options: WriteOptions())
        try cluster.advance(by: 60_000)
        let pods = cluster.api.store.state.list(.pod) { $0.controllerUID != nil }
        #expect(pods.count == 40)
        #expect(Set(pods.map { ObjectIdentifier($0.ownerList.shape) }).count < 4)
        for pod in pods {
            let ip = pod.value[.status].text(.podIP)
            let path: [PathElement] = [
                .field(.status), .field(.podIPs), .item([.ip: Value(ip)]),
            ]
            #expect(!ip.isEmpty)
            #expect(pod.owners.contains { $0.fields.contains(path) }, "\(pod.name) \(ip)")
        }
    }

    // MARK: Random objects

    /// Some of the names, in a random order.
    private static func some(_ names: [String], _ random: inout RandomStream) -> [String] {
        var names = names.filter { _ in random.below(3) > 0 }
        if names.count > 1, random.below(3) == 0 { names.swapAt(0, names.count - 1) }
        return names
    }

    private static func digit(_ random: inout RandomStream) -> Value {
        Value("\(random.below(3))")
    }

    private static func pod(_ random: inout RandomStream) -> Value {
        var pod: Value = [.metadata: [.name: "one"], .spec: [:], .status: [:]]
        for name in some(["a", "b"], &random) {
            pod[.metadata][.labels][Key(name)] = digit(&random)
        }
        if random.below(4) == 0 { pod[.metadata][.creationTimestamp] = .null }
        pod[.metadata][.ownerReferences] = .array(
            some(["u1", "u2"], &random).map { [.uid: Value($0), .name: digit(&random)] })
        pod[.spec]["nodeName"] = random.below(2) == 0 ? .null : digit(&random)
        pod[.spec]["hostAliases"] = .array(
            some(["10.0.0.1", "10.0.0.2"], &random).map {
                [.ip: Value($0), "hostnames": [digit(&random)]]
            })
        var containers: [Value] = some(["x", "y"], &random).map { name in
            let ports: [Value] = some(["80", "81"], &random).map {
                ["containerPort": Value(Int($0) ?? 0), .name: digit(&random)]
            }
            return [.name: Value(name), .image: digit(&random), .ports: .array(ports)]
        }
        // Items that occur twice are one leaf.
        if random.below(6) == 0 { containers.append([.name: "x"]) }
        pod[.spec][.containers] = .array(containers)
        pod[.status][.phase] = digit(&random)
        pod[.status][.podIPs] = .array(
            some(["10.0.0.1", "10.0.0.2", "10.0.0.3"], &random).map { [.ip: Value($0)] })
        pod[.status][.conditions] = .array(
            some(["Ready", "Initialized"], &random).map { type in
                var condition: Value = [.type: Value(type), .status: digit(&random)]
                if random.below(2) == 0 { condition[.reason] = digit(&random) }
                return condition
            })
        return pod
    }

    private static func service(_ random: inout RandomStream) -> Value {
        var service: Value = [.metadata: [.name: "one"], .spec: [.type: digit(&random)]]
        service[.metadata][.finalizers] = Value(strings: some(["f/a", "f/b", "f/c"], &random))
        service[.spec][.ports] = .array(
            some(["80", "81", "82"], &random).map { port in
                var item: Value = [.port: Value(Int(port) ?? 0)]
                if random.below(2) == 0 { item[.protocol] = random.below(2) == 0 ? "TCP" : "UDP" }
                if random.below(2) == 0 { item[.name] = digit(&random) }
                return item
            })
        for name in some(["a", "b"], &random) { service[.spec][.selector][Key(name)] = "1" }
        return service
    }

    private static func thing(_ random: inout RandomStream) -> Value {
        var thing: Value = [
            .apiVersion: "example.com/v1", .kind: "Thing", .metadata: [.name: "one"],
            .spec: ["s": digit(&random)],
        ]
        for part in ["o", "m", "am"] {
            for name in some(["a", "b"], &random) {
                thing[.spec][Key(part)][Key(name)] = digit(&random)
            }
        }
        thing[.spec]["set"] = Value(strings: some(["a", "b", "c"], &random))
        thing[.spec]["list"] = .array(
            some(["a", "b", "c"], &random).map { name in
                ["k": Value(name), "v": random.below(3) == 0 ? .null : digit(&random)]
            })
        // A deduced part may be of another type each time.
        thing["extra"] = [[:], ["a": digit(&random)], "text", [digit(&random)]][random.below(4)]
        return thing
    }
}
