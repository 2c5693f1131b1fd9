import API
import Model
import Support
import Value

/// Plays the operators of custom kinds: makes what they would make and says in the status what they would
/// say, as ``OperatorBehavior`` has it. Without a behavior nobody acts on custom objects.
final class ScriptedOperator: Controller {
    private enum Code {
        static let act: Int32 = 0
        static let look: Int32 = 1
    }

    private static let backOff: Milliseconds = 1000

    /// The kinds that are watched, be they acted on or made.
    private var watched: Set<Kind> = []
    /// By object: its generation when it was last acted on, and how often that failed. Only looked up.
    private var done: [Place: Int] = [:]
    private var failures: [Place: Int] = [:]

    private struct Place: Hashable {
        let kind: Kind
        let slot: Slot
    }

    init() { super.init(name: "scripted-operator", workers: 1) }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        watched = other.watched
        done = other.done
        failures = other.failures
    }

    override func added(_ kind: KindDescriptor) { lookAgain() }

    /// There are other behaviors now, or other kinds.
    func lookAgain() {
        for name in cluster.operators.kinds {
            guard let kind = api.kinds.kind(named: name) else { continue }
            let stored = api.kinds[kind].storedKind
            follow(stored)
            for template in cluster.operators.templates(of: name) {
                if let made = self.kind(of: template) { follow(api.kinds[made].storedKind) }
            }
            for object in api.objects(stored) { plan(object) }
        }
    }

    private func follow(_ kind: Kind) {
        if watched.insert(kind).inserted { watch(kind) }
    }

    private func kind(of manifest: Value) -> Kind? {
        try? api.kinds.kind(
            apiVersion: manifest.text(.apiVersion), name: manifest.text(.kind)
        ).get()
    }

    /// How the operator of an object acts; nil where it has none.
    private func behavior(of object: StoredObject) -> OperatorBehavior? {
        for name in cluster.operators.kinds {
            guard let kind = api.kinds.kind(named: name), api.kinds[kind].storedKind == object.kind
            else { continue }
            return cluster.operators.behavior(
                of: name, namespace: object.namespace, name: object.name)
        }
        return nil
    }

    // MARK: What happens

    override func observe(_ change: Change) {
        let object = change.object
        let place = Place(kind: object.kind, slot: object.slot)
        if change.type == .deleted {
            done[place] = nil
            failures[place] = nil
        } else if change.old == nil || Self.generation(object) != done[place] {
            plan(object)
        }
        lookAtOwner(of: object)
    }

    private static func generation(_ object: StoredObject) -> Int {
        object.value[.metadata][.generation].int ?? 0
    }

    private func plan(_ object: StoredObject) {
        guard let behavior = behavior(of: object) else { return }
        schedule(
            after: behavior.after ?? 0, code: Code.act, a: Int(object.slot.index),
            b: Int(object.kind.id))
    }

    /// What was made has changed: its owner may have become ready.
    private func lookAtOwner(of object: StoredObject) {
        guard let reference = object.controllerReference,
            let kind = kind(of: reference),
            let owner = api.find(
                api.kinds[kind].storedKind,
                namespace: api.kinds[kind].isNamespaced ? object.namespace : "",
                name: reference.text(.name)),
            done[Place(kind: owner.kind, slot: owner.slot)] != nil
        else { return }
        schedule(
            after: 0, code: Code.look, a: Int(owner.slot.index), b: Int(owner.kind.id))
    }

    override func fire(_ event: Event) {
        let kind = Kind(id: UInt16(event.b))
        guard let object = api.find(kind, Slot(index: Int32(event.a))), !object.isDeleting,
            let behavior = behavior(of: object)
        else { return }
        do throws(APIError) {
            if event.code == Code.act { try act(on: object, behavior) }
            try report(object, behavior)
        } catch {
            record(object, .warning, reason: "ReconcileError", message: error.message)
            retry(object)
        }
    }

    private func retry(_ object: StoredObject) {
        let place = Place(kind: object.kind, slot: object.slot)
        failures[place, default: 0] += 1
        let delay = Self.backOff << min(failures[place] ?? 0, 8)
        schedule(
            after: delay, code: Code.act, a: Int(object.slot.index), b: Int(object.kind.id),
            weight: .tick)
    }

    // MARK: The work

    private func act(on object: StoredObject, _ behavior: OperatorBehavior) throws(APIError) {
        let place = Place(kind: object.kind, slot: object.slot)
        if let words = behavior.failure, !words.isEmpty,
            (failures[place] ?? 0) < behavior.failTimes ?? .max
        {
            let text = OperatorTemplate.filled(Value(words), from: object.apiValue).string
            throw APIError(.unstated, text ?? words)
        }
        for template in behavior.creates ?? [] { try make(template, for: object) }
        for name in behavior.deletes ?? [] { try remove(name, for: object) }
        done[place] = Self.generation(object)
    }

    /// A template, filled in, in the namespace of the object and under its name where it says nothing else.
    private func manifest(
        _ template: Value, for object: StoredObject
    ) throws(APIError) -> (KindDescriptor, Value) {
        var manifest = OperatorTemplate.filled(template, from: object.apiValue)
        guard let kind = kind(of: manifest) else {
            throw APIError(
                .notFound,
                "no matches for kind \"\(manifest.text(.kind))\" in version "
                    + "\"\(manifest.text(.apiVersion))\"")
        }
        let info = api.kinds[kind]
        if manifest[.metadata].text(.name).isEmpty {
            manifest[.metadata][.name] = Value(object.name)
        }
        if info.isNamespaced, manifest[.metadata].text(.namespace).isEmpty {
            manifest[.metadata][.namespace] = Value(
                object.namespace.isEmpty ? "default" : object.namespace)
        }
        return (info, manifest)
    }

    private func make(_ template: Value, for object: StoredObject) throws(APIError) {
        var (info, manifest) = try manifest(template, for: object)
        let namespace = info.isNamespaced ? manifest[.metadata].text(.namespace) : ""
        let name = manifest[.metadata].text(.name)
        let owner = api.kinds[object.kind]
        if namespace == object.namespace || !owner.isNamespaced {
            OwnerReferences.add(
                [
                    .apiVersion: Value(owner.apiVersion), .kind: Value(owner.name),
                    .name: Value(object.name), .uid: Value(object.uid), .controller: true,
                    .blockOwnerDeletion: true,
                ], to: &manifest)
        }
        if api.find(info.storedKind, namespace: namespace, name: name) == nil {
            _ = try api.create(info.kind, namespace: namespace, manifest, options: Self.options)
        } else {
            _ = try api.patch(
                info.kind, namespace: namespace, name: name,
                info.kind.isBuiltIn ? .strategic(manifest) : .merge(manifest), subresource: .none,
                options: Self.options)
        }
    }

    private static let options: WriteOptions = {
        var options = WriteOptions()
        options.fieldValidation = .ignore
        return options
    }()

    /// `configmap/old`: in the namespace of the object.
    private func remove(_ name: String, for object: StoredObject) throws(APIError) {
        let text = OperatorTemplate.filled(Value(name), from: object.apiValue).string ?? ""
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let kind = api.kinds.kind(named: parts[0]) else {
            throw APIError(.notFound, "there is no object \"\(text)\"")
        }
        let info = api.kinds[kind]
        guard
            let found = api.find(
                info.storedKind, namespace: info.isNamespaced ? object.namespace : "",
                name: parts[1])
        else { return }
        try api.delete(found)
    }

    // MARK: The status

    private func report(_ object: StoredObject, _ behavior: OperatorBehavior) throws(APIError) {
        guard let current = api.find(object.kind, object.slot), current.uid == object.uid else {
            return
        }
        var patch = behavior.status ?? .null
        if let whenReady = behavior.whenReady, try isReady(current, behavior) {
            patch = patch.isNull ? whenReady : MergePatch.apply(whenReady, to: patch)
        }
        guard !patch.isNull else { return }
        patch = OperatorTemplate.filled(patch, from: current.apiValue)
        let time = api.timestamp
        let status = Self.merged(patch, into: current.value[.status], at: time)
        if status == current.value[.status] { return }
        if api.kinds[object.kind].hasStatusSubresource {
            try api.updateStatus(current, to: status)
        } else {
            try api.modify(current) { $0[.status] = status }
        }
    }

    /// Conditions are merged by their type, and have the time at which their status became what it is.
    private static func merged(_ patch: Value, into old: Value, at time: Value) -> Value {
        var status = MergePatch.apply(patch, to: old)
        guard !patch[.conditions].elements.isEmpty else { return status }
        var conditions = old[.conditions].elements
        for new in patch[.conditions].elements {
            var condition = new
            let place = conditions.firstIndex { $0[.type] == new[.type] }
            let before = place.map { conditions[$0] } ?? .null
            if condition[.lastTransitionTime].isNull {
                condition[.lastTransitionTime] =
                    before[.status] == new[.status] && !before.isNull
                    ? before[.lastTransitionTime] : time
            }
            if let place { conditions[place] = condition } else { conditions.append(condition) }
        }
        status[.conditions] = .array(conditions)
        return status
    }

    /// Whether all is ready that the operator makes.
    private func isReady(
        _ object: StoredObject, _ behavior: OperatorBehavior
    ) throws(APIError) -> Bool {
        for template in behavior.creates ?? [] {
            let (info, manifest) = try manifest(template, for: object)
            let metadata = manifest[.metadata]
            guard
                let made = api.find(
                    info.storedKind,
                    namespace: info.isNamespaced ? metadata.text(.namespace) : "",
                    name: metadata.text(.name)), Self.isReady(made)
            else { return false }
        }
        return true
    }

    private static func isReady(_ object: StoredObject) -> Bool {
        let (spec, status) = (object.value[.spec], object.value[.status])
        func counts(_ wanted: Int, _ ready: Key) -> Bool {
            (status[.observedGeneration].int ?? 0) >= generation(object)
                && (status[ready].int ?? 0) >= wanted
        }
        switch object.kind {
        case .deployment, .statefulSet, .replicaSet, .replicationController:
            return counts(spec[.replicas].int ?? 1, .readyReplicas)
        case .daemonSet: return counts(status["desiredNumberScheduled"].int ?? 0, "numberReady")
        case .job: return Conditions(status[.conditions]).isTrue("Complete")
        case .persistentVolumeClaim: return status[.phase].string == "Bound"
        case .pod: return Conditions(status[.conditions]).isTrue("Ready")
        default:
            let condition = status[.conditions].elements.first { $0[.type].string == "Ready" }
            return object.kind.isBuiltIn || condition.map { $0[.status].string == "True" } ?? true
        }
    }
}
