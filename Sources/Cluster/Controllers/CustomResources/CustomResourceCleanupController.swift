import Model
import Value

/// Deletes the instances of a definition that is being deleted, and lets it go when none is left.
///
/// Source: apiextensions-apiserver's CRDFinalizer, which looks every five seconds whether instances are
/// left; here it looks at those instants only at which one went.
final class CustomResourceCleanupController: Controller {
    private static let period: Milliseconds = 5_000
    /// By definition: since when it waits for instances to go. Only looked up.
    private var begins: [String: Milliseconds] = [:]

    init() { super.init(name: "crd-finalizer", workers: 5) }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        begins = other.begins
    }

    override func start() {
        watch(.customResourceDefinition)
        for info in api.kinds.all where !info.kind.isBuiltIn { watch(info.kind) }
    }

    override func added(_ kind: KindDescriptor) { if !kind.kind.isBuiltIn { watch(kind.kind) } }

    override func observe(_ change: Change) {
        if change.kind == .customResourceDefinition {
            if change.type != .deleted, change.object.isDeleting, change.old?.isDeleting != true {
                enqueue(change.object)
            }
            return
        }
        guard change.type == .deleted else { return }
        let definition = ObjectKey(
            namespace: "", name: api.kinds[change.kind].qualifiedPlural)
        guard let begin = begins[definition.name] else { return }
        enqueue(definition, after: Self.period - (now - begin) % Self.period)
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let definition = api.find(.customResourceDefinition, key), definition.isDeleting,
            Finalizers.contains(APIServer.instanceCleanupFinalizer, in: definition.value)
        else {
            begins[key.name] = nil
            return
        }
        try setTerminating(definition)
        guard let kind = api.instanceKind(of: key.name) else { return try release(definition) }
        for instance in api.objects(kind) where !instance.isDeleting {
            try ask { () throws(APIError) in try api.delete(instance) }
        }
        if api.objects(kind).isEmpty { return try release(definition) }
        if begins[key.name] == nil { begins[key.name] = now }
    }

    private func setTerminating(_ definition: StoredObject) throws(APIError) {
        let time = api.timestamp
        _ = try ask { () throws(APIError) in
            try api.modifyStatus(definition) { status in
                status.conditions.set(
                    Condition(
                        type: "Terminating", status: "True", reason: "InstanceDeletionInProgress",
                        message: "CustomResource deletion is in progress"),
                    transition: time)
            }
        }
    }

    private func release(_ definition: StoredObject) throws(APIError) {
        begins[definition.name] = nil
        try send { [unowned self] () throws(APIError) in
            try api.modify(definition) {
                Finalizers.remove(APIServer.instanceCleanupFinalizer, from: &$0)
            }
        }
    }
}
