import Model
import Support
import Value

extension APIServer {
    package func scale(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value {
        let key = ObjectKey(namespace: namespace, name: name)
        if let subject = Self.scaleSubjects[kind], find(kind, key) == nil {
            throw APIError(.notFound, "\(subject) \"\(name)\" not found", kind: kind, name: name)
        }
        return try scaleObject(try require(kind, key))
    }

    /// How the registries of these kinds call what they do not find; that of StatefulSets says
    /// `statefulsets.apps`. Source: the ScaleREST of each.
    private static let scaleSubjects: [Kind: String] = [
        .deployment: "deployments/scale.apps", .replicaSet: "replicasets/scale.apps",
        .replicationController: "replicationcontrollers/scale.autoscaling",
    ]

    package func setScale(
        _ kind: Kind, namespace: String, name: String, replicas: Int, options: WriteOptions
    ) throws(APIError) -> Value {
        let info = kinds[kind]
        let current = try require(kind, ObjectKey(namespace: namespace, name: name))
        _ = try scaleObject(current)
        if replicas < 0 {
            var error = APIError(
                .invalid,
                "Scale.autoscaling \"\(name)\" is invalid: spec.replicas: Invalid value: "
                    + "\(replicas): must be greater than or equal to 0", kind: kind, name: name)
            error.causes = [
                APIError.Detail(
                    reason: "FieldValueInvalid",
                    message: "Invalid value: \(replicas): must be greater than or equal to 0",
                    field: "spec.replicas")
            ]
            throw error
        }
        var value = current.value
        value[.spec][.replicas] = Value(replicas)
        value = try prepareForUpdate(value, over: current, info, isDryRun: options.isDryRun)
        if options.isDryRun { return try scaleObject(current) }
        return try scaleObject(store(value, over: current, verb: .scale))
    }

    private func scaleObject(_ object: StoredObject) throws(APIError) -> Value {
        guard kinds[object.kind].isScalable else {
            throw APIError(.notFound, "the server could not find the requested resource")
        }
        let metadata = object.value[.metadata]
        let selector =
            object.kind == .replicationController
            ? LabelSelector(labels: object.value[.spec][.selector].fields)
            : LabelSelector(object.value[.spec][.selector])
        return [
            .apiVersion: "autoscaling/v1", .kind: "Scale",
            .metadata: [
                .creationTimestamp: metadata[.creationTimestamp], .name: Value(object.name),
                .namespace: Value(object.namespace),
                .resourceVersion: Value(String(object.resourceVersion)), .uid: Value(object.uid),
            ],
            .spec: [.replicas: Value(object.value[.spec].int(.replicas))],
            .status: [
                .replicas: Value(object.value[.status].int(.replicas)),
                .selector: Value(selector.text),
            ],
        ]
    }
}
