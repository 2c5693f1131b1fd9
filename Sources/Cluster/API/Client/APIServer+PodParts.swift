import API
import Model
import Support
import Value

// The parts of a pod that are written by themselves. Source: pkg/registry/core/pod, strategy.go.
extension APIServer {
    /// A new version of the pod `current` with a part of `object`, admitted and valid.
    func preparePart(
        _ part: Subresource, of object: Value, over current: StoredObject, _ info: KindDescriptor,
        _ options: WriteOptions
    ) throws(APIError) -> Value {
        var pod = current.value
        // Labels and annotations go along, as with a status (ResetObjectMetaForStatus keeps the rest).
        pod[.metadata] = current.value[.metadata]
        var defaulted = object
        setDefaults(&defaulted, info)
        let old = current.value
        switch part {
        case .ephemeralContainers:
            pod[.spec][.ephemeralContainers] = defaulted[.spec][.ephemeralContainers]
            return try prepareForUpdate(
                pod, over: current, info, isDryRun: options.isDryRun, part: "ephemeralcontainers"
            ) {
                Validation.ephemeralContainers($0, from: old, kind: info)
            }
        default:
            pod[.spec] = Self.resized(old[.spec], by: defaulted[.spec])
            return try prepareForUpdate(
                pod, over: current, info, isDryRun: options.isDryRun, part: "resize"
            ) {
                Validation.resize($0, from: old, kind: info)
            }
        }
    }

    /// The spec with what `new` says of resources. Containers that are added, removed or renamed stay as
    /// they came, to be refused (dropNonResizeUpdates).
    private static func resized(_ old: Value, by new: Value) -> Value {
        let lists = [Key.containers, .initContainers]
        guard lists.allSatisfy({ new.list($0).count == old.list($0).count }) else { return new }
        var spec = old
        spec[.resources] = new[.resources]
        for list in lists where !old.list(list).isEmpty {
            guard new.list(list).map({ $0[.name] }) == old.list(list).map({ $0[.name] }) else {
                spec[list] = new[list]
                continue
            }
            spec[list] = .array(
                zip(old.list(list), new.list(list)).map { before, after in
                    var container = before
                    container[.resources] = after[.resources]
                    container[.resizePolicy] = after[.resizePolicy]
                    return container
                })
        }
        return spec
    }
}
