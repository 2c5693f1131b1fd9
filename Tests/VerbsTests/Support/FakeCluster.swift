import API
import Model
import Value

/// A cluster in memory with nobody in it: objects, watches, and a clock on which a test puts what is to
/// happen. It defaults, validates and controls nothing.
final class FakeCluster: APIClient, ClientClock {
    let kinds = KindRegistry.builtIn
    let serverVersion = "v1.36.2"
    private(set) var now: Milliseconds = 0
    let standsStill = false
    let commandPause: Milliseconds = 0
    let objectPause: Milliseconds = 0

    private var objects: [Kind: [ObjectKey: Value]] = [:]
    private var version = 0
    private var watches: [FakeWatch] = []
    private var plan: [(instant: Milliseconds, work: () -> Void)] = []

    var connection: ClusterConnection { ClusterConnection(client: self, clock: self) }

    // MARK: Access

    let user = UserInfo.administrator

    func acting(as user: UserInfo) -> any APIClient { self }

    func review(_ access: Access) throws(APIError) -> AccessDecision {
        AccessDecision(isAllowed: true)
    }

    func rules(inNamespace namespace: String) throws(APIError) -> AccessRules {
        AccessRules(rules: [["verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]]])
    }

    func whoAmI() throws(APIError) -> UserInfo { user }

    // MARK: For tests

    /// Puts an object there, or a new version of it, and tells the watches.
    @discardableResult
    func put(_ kind: Kind, _ object: Value) -> Value {
        version += 1
        var stored = object
        stored[.apiVersion] = Value(kinds[kind].apiVersion)
        stored[.kind] = Value(kinds[kind].name)
        stored[.metadata][.resourceVersion] = Value(String(version))
        if stored[.metadata].text(.uid).isEmpty {
            stored[.metadata][.uid] = Value("uid-\(version)")
        }
        let isNew = objects[kind, default: [:]].updateValue(stored, forKey: key(stored)) == nil
        tell(kind, WatchEvent(type: isNew ? .added : .modified, object: stored))
        return stored
    }

    /// Takes an object away and tells the watches.
    func remove(_ kind: Kind, namespace: String = "default", name: String) {
        let key = ObjectKey(namespace: namespace, name: name)
        guard let gone = objects[kind]?.removeValue(forKey: key) else { return }
        version += 1
        tell(kind, WatchEvent(type: .deleted, object: gone))
    }

    /// Has `work` done when the clock has gone on by so much.
    func after(_ delay: Milliseconds, _ work: @escaping () -> Void) {
        plan.append((now + delay, work))
        plan.sort { $0.instant < $1.instant }
    }

    private func key(_ object: Value) -> ObjectKey {
        ObjectKey(
            namespace: object[.metadata].text(.namespace), name: object[.metadata].text(.name))
    }

    // MARK: Requests

    func get(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value {
        guard let found = objects[kind]?[ObjectKey(namespace: namespace, name: name)] else {
            throw .notFound(kinds[kind], name)
        }
        return found
    }

    func list(
        _ kind: Kind, namespace: String?, options: ListOptions
    ) throws(APIError) -> ListResult {
        let found = objects[kind, default: [:]].sorted { $0.key < $1.key }.filter {
            (namespace ?? $0.key.namespace) == $0.key.namespace && options.selects($0.value)
        }
        return ListResult(items: found.map(\.value), resourceVersion: version)
    }

    func watch(
        _ target: WatchTarget, after version: Int?, _ receive: @escaping (WatchEvent) -> Void
    ) throws(APIError) -> any Watch {
        let watch = FakeWatch(target, receive)
        watches.append(watch)
        return watch
    }

    private func tell(_ kind: Kind, _ event: WatchEvent) {
        for watch in watches { watch.tell(kind, key(event.object), event) }
    }

    func create(
        _ kind: Kind, namespace: String, _ object: Value, options: WriteOptions
    ) throws(APIError) -> WriteResult {
        WriteResult(object: put(kind, object))
    }

    func replace(
        _ kind: Kind, namespace: String, name: String, _ object: Value, subresource: Subresource,
        options: WriteOptions
    ) throws(APIError) -> WriteResult {
        _ = try get(kind, namespace: namespace, name: name)
        return WriteResult(object: put(kind, object))
    }

    func patch(
        _ kind: Kind, namespace: String, name: String, _ patch: Patch, subresource: Subresource,
        options: WriteOptions
    ) throws(APIError) -> WriteResult {
        let current = try get(kind, namespace: namespace, name: name)
        switch patch {
        case .merge(let patch), .strategic(let patch):
            return WriteResult(object: put(kind, MergePatch.apply(patch, to: current)))
        case .json, .apply: throw .badRequest("such patches are not known here")
        }
    }

    func delete(
        _ kind: Kind, namespace: String, name: String, options: DeleteOptions
    ) throws(APIError) -> Value {
        let last = try get(kind, namespace: namespace, name: name)
        // As a kubelet: objects take two seconds to go.
        after(2_000) { [unowned self] in remove(kind, namespace: namespace, name: name) }
        return last
    }

    func scale(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value {
        let object = try get(kind, namespace: namespace, name: name)
        return [.spec: [.replicas: object[.spec][.replicas]]]
    }

    func setScale(
        _ kind: Kind, namespace: String, name: String, replicas: Int, options: WriteOptions
    ) throws(APIError) -> Value {
        var object = try get(kind, namespace: namespace, name: name)
        object[.spec][.replicas] = Value(replicas)
        put(kind, object)
        return try scale(kind, namespace: namespace, name: name)
    }

    func evict(pod name: String, namespace: String, options: DeleteOptions) throws(APIError) {
        _ = try delete(.pod, namespace: namespace, name: name, options: options)
    }

    func podMetrics(namespace: String?) -> [PodMetrics]? { nil }

    func nodeMetrics() -> [NodeMetrics]? { nil }

    // MARK: Time

    func run(until instant: Milliseconds) -> RunEnd { run(limit: instant - now) { false } }

    func run(limit: Milliseconds, until condition: () -> Bool) -> RunEnd {
        let end = now + limit
        while !condition() {
            guard let next = plan.first, next.instant <= end else {
                now = end
                return .expired
            }
            plan.removeFirst()
            now = next.instant
            next.work()
        }
        return .reached
    }

    func runUntilRest() -> RunEnd { run(until: plan.last?.instant ?? now) }
}

private final class FakeWatch: Watch {
    private let target: WatchTarget
    private let receive: (WatchEvent) -> Void
    private var hasStopped = false

    init(_ target: WatchTarget, _ receive: @escaping (WatchEvent) -> Void) {
        self.target = target
        self.receive = receive
    }

    func tell(_ kind: Kind, _ key: ObjectKey, _ event: WatchEvent) {
        guard !hasStopped, kind == target.kind, target.name ?? key.name == key.name,
            target.namespace ?? key.namespace == key.namespace,
            target.options.selects(event.object)
        else { return }
        receive(event)
    }

    func stop() { hasStopped = true }
}
