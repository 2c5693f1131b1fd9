import API
import Model
import Support
import Value

extension APIServer {
    package func scale(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value {
        try scaleObject(try require(kind, "get", namespace: namespace, name: name))
    }

    package func setScale(
        _ kind: Kind, namespace: String, name: String, replicas: Int, options: WriteOptions
    ) throws(APIError) -> Value {
        let current = try require(kind, "put", namespace: namespace, name: name)
        let info = kinds[current.kind]
        let places = try replicaPlaces(info)
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
        ownership.request = .init(manager: options.fieldManager, part: .scale)
        defer {
            ownership.request = .init()
            ownership.pending = nil
        }
        var value = current.value
        value.modify(at: places.wanted) { $0 = Value(replicas) }
        value = try prepareForUpdate(
            value, over: current, info, isDryRun: options.isDryRun, part: "scale")
        if hasPolicies(.validatingAdmissionPolicy) {
            let scale = try scaleObject(current)
            var wanted = scale
            wanted[.spec][.replicas] = Value(replicas)
            try checkChange(
                wanted, over: scale, current.key, info, subresource: "scale",
                isDryRun: options.isDryRun)
        }
        if options.isDryRun { return try scaleObject(current) }
        return try scaleObject(store(value, over: current, verb: .scale))
    }

    private func replicaPlaces(_ info: KindDescriptor) throws(APIError) -> ReplicaPlaces {
        if let places = info.replicas { return places }
        throw APIError(.notFound, "the server could not find the requested resource")
    }

    private func scaleObject(_ object: StoredObject) throws(APIError) -> Value {
        let info = kinds[object.kind]
        let places = try replicaPlaces(info)
        let metadata = object.value[.metadata]
        let selector =
            places.selectorText.map { object.value.value(at: $0).string ?? "" }
            ?? (info.podSelector?.selector(of: object.value) ?? .nothing).text
        return [
            .apiVersion: "autoscaling/v1", .kind: "Scale",
            .metadata: [
                .creationTimestamp: metadata[.creationTimestamp], .name: Value(object.name),
                .namespace: Value(object.namespace),
                .resourceVersion: Value(String(object.resourceVersion)), .uid: Value(object.uid),
            ],
            .spec: [.replicas: Value(object.value.value(at: places.wanted).int ?? 0)],
            .status: [
                .replicas: Value(object.value.value(at: places.present).int ?? 0),
                .selector: Value(selector),
            ],
        ]
    }
}
