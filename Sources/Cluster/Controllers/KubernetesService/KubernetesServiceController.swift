import Model
import Value

/// Makes the Service of the API server itself anew after somebody deleted it (`delete all --all`), with
/// its endpoints.
///
/// Source: the API server's kubernetesservice controller, which looks every ten seconds.
final class KubernetesServiceController: Controller, FreeRequester {
    private static let period: Milliseconds = 10_000
    private static let key = ObjectKey(namespace: "default", name: "kubernetes")

    init() { super.init(name: "kube-apiserver", workers: 1) }

    override func start() {
        watch(.service)
        watch(.endpoints)
        watch(.endpointSlice)
    }

    override func observe(_ change: Change) {
        guard change.type == .deleted, change.object.key == Self.key else { return }
        enqueue(Self.key, after: Self.period - now % Self.period)
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        for (kind, namespace, value) in Bootstrap.serverObjects(profile)
        where api.find(kind, key) == nil {
            try send { own throws(APIError) in
                try own.api.create(kind, value, in: namespace)
            }
        }
    }
}
