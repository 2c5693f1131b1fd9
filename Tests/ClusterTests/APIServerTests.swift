import API
import Model
import Testing
import Value

@testable import Cluster

@Suite("the API server")
struct APIServerTests {
    private let cluster = SimulatedCluster()
    private var api: APIServer { cluster.api }

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch let error as APIError {
            return "\(error.reason.rawValue): \(error.message)"
        } catch {
            return "\(error)"
        }
    }

    private func configMap(_ name: String = "c", data: Value = ["a": "1"]) throws -> StoredObject {
        try api.create(.configMap, [.metadata: [.name: Value(name)], .data: data], in: "default")
    }

    private func pod(_ name: String = "p", node: String? = nil) throws -> StoredObject {
        let pod = try api.create(
            .pod,
            [
                .metadata: [.name: Value(name)],
                .spec: [.containers: [[.name: "c", .image: "nginx:1.25"]]],
            ], in: "default")
        return try node.map { try api.bind(pod, to: $0) } ?? pod
    }

    @Test("errors have apimachinery's words")
    func errors() throws {
        let old = try configMap()
        try api.modify(old) { $0[.data]["a"] = "2" }
        #expect(
            message { _ = try configMap() }
                == "AlreadyExists: configmaps \"c\" already exists")
        // What is wrong with it is said first.
        #expect(
            message {
                try api.create(
                    .configMap, [.metadata: [.name: "c"], .data: ["a b": "1"]], in: "default")
            }.hasPrefix("Invalid: ConfigMap \"c\" is invalid: data[a b]"))
        #expect(
            message { _ = try api.get(.deployment, namespace: "default", name: "x") }
                == "NotFound: deployments.apps \"x\" not found")
        #expect(
            message { try api.create(.pod, [.metadata: [.name: "p"]], in: "nowhere") }
                == "NotFound: namespaces \"nowhere\" not found")
        #expect(
            message { try api.update(old, to: [:]) }
                == "Conflict: Operation cannot be fulfilled on configmaps \"c\": the object has been "
                + "modified; please apply your changes to the latest version and try again")
        let system = try #require(api.find(.namespace, name: "kube-system"))
        #expect(
            message { try api.delete(system) }
                == "Forbidden: namespaces \"kube-system\" is forbidden: this namespace may not be "
                + "deleted")
    }

    @Test("a write that changes nothing is no write")
    func noOperation() throws {
        let object = try configMap()
        let head = cluster.log.head
        #expect(try api.modify(object) { $0[.data]["a"] = "1" } === object)
        #expect(try api.updateStatus(object, to: .null) === object)
        #expect(cluster.log.head == head)
    }

    @Test("generation counts changes of the spec, and nothing else")
    func generation() throws {
        let spec: Value = [
            .replicas: 1, .selector: [.matchLabels: ["app": "web"]],
            .template: [
                .metadata: [.labels: ["app": "web"]],
                .spec: [.containers: [[.name: "c", .image: "nginx"]]],
            ],
        ]
        var web = try api.create(
            .deployment, [.metadata: [.name: "web"], .spec: spec, .status: [.replicas: 9]],
            in: "default")
        func generation() -> Int { web.value[.metadata].int(.generation) }
        #expect(generation() == 1)
        #expect(web.value[.status][.replicas].isNull)
        web = try api.modify(web) { $0[.metadata][.labels]["a"] = "b" }
        #expect(generation() == 1)
        web = try api.modifyStatus(web) { $0[.replicas] = 1 }
        #expect(generation() == 1)
        web = try api.modify(web) { value in
            value[.spec][.replicas] = 2
            value[.status][.replicas] = 7
        }
        #expect(generation() == 2)
        #expect(web.value[.status][.replicas].int == 1)
    }

    @Test("name, uid and creation time cannot be changed")
    func immutable() throws {
        let object = try configMap()
        let changed = try api.modify(object) { value in
            value[.metadata][.uid] = "other"
            value[.metadata][.creationTimestamp] = "2030-01-01T00:00:00Z"
            value[.data]["a"] = "2"
        }
        #expect(changed.uid == object.uid)
        #expect(changed.value[.metadata].text(.creationTimestamp) == "2025-01-01T00:00:00Z")
    }

    @Test("a pod on a node gets its grace period, which may be shortened")
    func grace() throws {
        let pod = try pod(node: "n")
        let first = try api.delete(pod).object.value[.metadata]
        #expect(first.text(.deletionTimestamp) == "2025-01-01T00:00:30Z")
        #expect(first.int(.deletionGracePeriodSeconds) == 30)
        let second = try api.delete(pod, options: DeleteOptions(gracePeriodSeconds: 10))
        #expect(
            second.object.value[.metadata].text(.deletionTimestamp) == "2025-01-01T00:00:10Z")
        let head = cluster.log.head
        try api.delete(pod, options: DeleteOptions(gracePeriodSeconds: 20))
        #expect(cluster.log.head == head)
        try api.delete(pod, options: DeleteOptions(gracePeriodSeconds: 0))
        #expect(cluster.state.count(.pod) == 0)
        #expect(cluster.log.head == head + 2)
    }

    @Test("an unassigned pod goes at once")
    func unassigned() throws {
        try api.delete(try pod())
        #expect(cluster.state.count(.pod) == 0)
    }

    @Test("a finalizer holds an object back")
    func finalizer() throws {
        let object = try configMap()
        try api.modify(object) { $0[.metadata][.finalizers] = ["example.com/hold"] }
        try api.delete(object)
        #expect(cluster.state.get(.configMap, object.key)?.isDeleting == true)
        try api.modify(object) { $0[.metadata][.finalizers] = .null }
        #expect(cluster.state.get(.configMap, object.key) == nil)
    }

    @Test("pods of one template share their spec and status")
    func sharing() throws {
        let template: Value = [
            .metadata: [.generateName: "web-", .labels: ["app": "web"]],
            .spec: [.containers: [[.name: "c", .image: "nginx"]]],
        ]
        let first = try api.create(.pod, template, in: "default")
        let second = try api.create(.pod, template, in: "default")
        #expect(first.name != second.name)
        let (left, right) = (first.value, second.value)
        #expect(left[.spec].fields.isIdentical(to: right[.spec].fields))
        #expect(left[.status].fields.isIdentical(to: right[.status].fields))
        #expect(left[.spec][.tolerations].elements.count == 2)
        #expect(left[.status].text(.qosClass) == "BestEffort")
        #expect(left[.spec].text(.serviceAccountName) == "default")
        #expect(left[.spec][.priority].int == 0)
    }

    @Test("a client's patch meets an outdated resourceVersion with a conflict")
    func patchConflict() throws {
        let old = try configMap()
        try api.modify(old) { $0[.data]["a"] = "2" }
        let patch = Patch.merge([
            .metadata: [.resourceVersion: Value(String(old.resourceVersion))], .data: ["a": "3"],
        ])
        func apply(_ patch: Patch) throws -> Value {
            try api.patch(
                .configMap, namespace: "default", name: "c", patch, subresource: .none,
                options: WriteOptions()
            ).object
        }
        #expect(message { _ = try apply(patch) }.hasPrefix("Conflict: Operation cannot be"))
        #expect(try apply(.merge([.data: ["a": "3"]]))[.data]["a"].string == "3")
    }

    @Test("a dry run stores nothing and shows what would be")
    func dryRun() throws {
        var options = WriteOptions()
        options.isDryRun = true
        let head = cluster.log.head
        let result = try api.create(
            .configMap, namespace: "default", [.metadata: [.name: "dry"]], options: options)
        #expect(result.object[.metadata].text(.namespace) == "default")
        #expect(cluster.log.head == head)
    }

    @Test("scale reads and sets replicas")
    func scale() throws {
        let set = try api.create(
            .replicaSet,
            [
                .metadata: [.name: "rs"],
                .spec: [
                    .replicas: 2, .selector: [.matchLabels: ["app": "web"]],
                    .template: [
                        .metadata: [.labels: ["app": "web"]],
                        .spec: [.containers: [[.name: "c", .image: "nginx"]]],
                    ],
                ],
            ], in: "default")
        let scaled = try api.setScale(
            .replicaSet, namespace: "default", name: "rs", replicas: 5, options: WriteOptions())
        #expect(scaled[.spec].int(.replicas) == 5)
        #expect(scaled[.status].text(.selector) == "app=web")
        #expect(try api.current(set).value[.metadata].int(.generation) == 2)
    }

    @Test("a strategic patch merges containers by name, a merge patch replaces the list")
    func patchLanguages() throws {
        let spec: Value = [
            .selector: [.matchLabels: ["app": "web"]],
            .template: [
                .metadata: [.labels: ["app": "web"]],
                .spec: [.containers: [[.name: "a", .image: "a:1"], [.name: "b", .image: "b:1"]]],
            ],
        ]
        try api.create(.deployment, [.metadata: [.name: "web"], .spec: spec], in: "default")
        let change: Value = [
            .spec: [.template: [.spec: [.containers: [[.name: "b", .image: "b:2"]]]]]
        ]
        func images(_ patch: Patch) throws -> [String] {
            let result = try api.patch(
                .deployment, namespace: "default", name: "web", patch, subresource: .none,
                options: WriteOptions())
            return result.object[.spec][.template][.spec][.containers].elements.map {
                $0.text(.image)
            }
        }
        #expect(try images(.strategic(change)) == ["a:1", "b:2"])
        #expect(try images(.merge(change)) == ["b:2"])
        let json = try JSONPatch([
            [
                "op": "replace", .path: "/spec/template/spec/containers/0/image",
                .value: "b:3",
            ]
        ])
        #expect(try images(.json(json)) == ["b:3"])
        #expect(
            message { _ = try images(.merge([.metadata: [.name: "other"]])) }
                == "BadRequest: the name of the object (other) does not match the name on the URL "
                + "(web)")
    }

    @Test("unknown fields are refused, warned of or ignored as the client asks")
    func fieldValidation() throws {
        func create(_ validation: FieldValidation, _ name: String) throws -> WriteResult {
            var options = WriteOptions()
            options.fieldValidation = validation
            return try api.create(
                .configMap, namespace: "default",
                [.metadata: [.name: Value(name)], "dat": ["a": "b"]], options: options)
        }
        #expect(
            message { _ = try create(.strict, "a") }
                == "BadRequest: ConfigMap in version \"v1\" cannot be handled as a ConfigMap: "
                + "strict decoding error: unknown field \"dat\"")
        #expect(try create(.warn, "b").warnings == ["unknown field \"dat\""])
        #expect(try create(.ignore, "c").warnings == [])
    }
}
