import API
import Model
import Value

@testable import Cluster

/// A world with every component, and short ways to write into it and read from it.
struct WholeWorld {
    let cluster: SimulatedCluster

    init(
        nodes: Int = 3, profile: LatencyProfile = .standard, seed: UInt64 = 1
    ) throws {
        var options = ClusterOptions()
        options.profile = profile
        options.seed = seed
        cluster = SimulatedCluster(options: options)
        for number in 0..<nodes { try cluster.addNode("node-\(number + 1)") }
    }

    var api: APIServer { cluster.api }

    /// Lets nobody make volumes of a class.
    func removeDriver(of className: String) {
        var behavior = ProvisioningBehavior()
        behavior.provisions = false
        cluster.provisioning.add(className, behavior)
    }

    /// Creates an object as a client does: decoded and defaulted.
    @discardableResult
    func create(_ kind: Kind, _ value: Value, namespace: String = "default") throws
        -> StoredObject
    {
        let namespace = api.kinds[kind].isNamespaced ? namespace : ""
        var object = value
        object[.apiVersion] = Value(api.kinds[kind].apiVersion)
        object[.kind] = Value(api.kinds[kind].name)
        _ = try api.create(kind, namespace: namespace, object, options: WriteOptions())
        return try found(kind, value[.metadata].text(.name), namespace: namespace)
    }

    func get(_ kind: Kind, _ name: String, namespace: String = "default") -> StoredObject? {
        let namespace = api.kinds[kind].isNamespaced ? namespace : ""
        return cluster.state.get(kind, namespace: namespace, name: name)
    }

    /// As ``get(_:_:namespace:)`` for what must exist.
    func found(_ kind: Kind, _ name: String, namespace: String = "default") throws
        -> StoredObject
    {
        guard let object = get(kind, name, namespace: namespace) else {
            throw APIError.notFound(api.kinds[kind], name)
        }
        return object
    }

    func list(_ kind: Kind) -> [StoredObject] { cluster.state.list(kind) }

    func modify(_ kind: Kind, _ name: String, _ change: (inout Value) -> Void) throws {
        try api.modify(try found(kind, name), change)
    }

    func delete(_ kind: Kind, _ name: String) throws { try api.delete(try found(kind, name)) }

    func settle() throws { _ = try cluster.settle() }

    func advance(seconds: Int) throws { try cluster.advance(by: Milliseconds(seconds) * 1_000) }

    /// `reason: message` of the events about an object, in the order they first occurred.
    func events(_ name: String, kind: String? = nil) -> [String] {
        list(.event).filter {
            let about = $0.value[.involvedObject]
            return about.text(.name) == name && (kind == nil || about.text(.kind) == kind)
        }.sorted { $0.resourceVersion < $1.resourceVersion }.map {
            "\($0.value.text(.reason)): \($0.value.text(.message))"
        }
    }

    /// The status of an object's condition; nil without one.
    func condition(_ object: StoredObject, _ type: String) -> Condition? {
        Conditions(object.value[.status][.conditions])[type]
    }

    // MARK: Manifests

    static func pod(
        _ name: String, labels: Value = .null, image: String = "nginx:1.25", spec: Value = .null
    ) -> Value {
        var value: Value = [
            .metadata: [.name: Value(name)],
            .spec: [.containers: [[.name: "main", .image: Value(image)]]],
        ]
        value[.metadata][.labels] = labels
        for field in spec.fields { value[.spec][field.key] = field.value }
        return value
    }

    static func replicaSet(_ name: String, replicas: Int, spec: Value = .null) -> Value {
        [
            .metadata: [.name: Value(name)],
            .spec: [
                .replicas: Value(replicas), .selector: [.matchLabels: ["app": Value(name)]],
                .template: [
                    .metadata: [.labels: ["app": Value(name)]],
                    .spec: pod(name, spec: spec)[.spec],
                ],
            ],
        ]
    }
}
