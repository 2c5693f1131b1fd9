import Model
import Value

@testable import Cluster

/// The example of the README: keeps one pod for every ConfigMap labelled `pod: wanted`, and deletes
/// it with the label.
final class ExampleController: Controller {
    private var expectations = Expectations()

    init() { super.init(name: "example-controller", workers: 1) }

    override func start() {
        watch(.configMap)
        watch(.pod)
    }

    override func observe(_ change: Change) {
        switch change.kind {
        case .configMap: enqueue(change.object)
        case .pod:
            if change.type == .added, let owner = ownerKey(change.object) {
                expectations.creationObserved(owner)
            }
            enqueueController(of: change.object, kind: .configMap)
        default: break
        }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let config = view.get(.configMap, key) else { return expectations.forget(key) }
        guard expectations.areSatisfied(key, now: now) else { return }
        let isWanted = config.value[.metadata][.labels]["pod"].string == "wanted"
        let pods = view.controlled(.pod, by: config.uid)
        if isWanted, pods.isEmpty {
            expectations.expectCreations(key, 1, now: now)
            let pod = try api.create(.pod, template(config), in: key.namespace)
            record(
                config, .normal, reason: "SuccessfulCreate", message: "Created pod: \(pod.name)")
        }
        if !isWanted {
            for pod in pods where !pod.isDeleting { try api.delete(pod) }
        }
    }

    private func template(_ config: StoredObject) -> Value {
        let owner = OwnerReference.controller(
            apiVersion: "v1", kind: "ConfigMap", name: config.name, uid: config.uid)
        return [
            .metadata: [
                .generateName: Value("\(config.name)-"), .ownerReferences: [owner.value],
            ],
            .spec: [.containers: [[.name: "main", .image: "nginx:1.25"]]],
        ]
    }

    private func ownerKey(_ pod: StoredObject) -> ObjectKey? {
        pod.controllerReference.map {
            ObjectKey(namespace: pod.namespace, name: $0.text(.name))
        }
    }
}
