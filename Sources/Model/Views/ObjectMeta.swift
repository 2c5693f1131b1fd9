import Support
import Value

/// A view of `metadata`.
public struct ObjectMeta: Sendable {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// "" for an object that is not named yet.
    @inlinable public var name: String {
        get { value.text(.name) }
        set { value[.name] = Value(newValue) }
    }
    @inlinable public var generateName: String { value.text(.generateName) }
    /// The namespace; empty for an object of the cluster.
    @inlinable public var namespace: String {
        get { value.text(.namespace) }
        set { value[.namespace] = newValue.isEmpty ? .null : Value(newValue) }
    }
    @inlinable public var uid: String { value.text(.uid) }
    /// An opaque number as text, as the API shows it.
    @inlinable public var resourceVersion: String { value.text(.resourceVersion) }
    @inlinable public var generation: Int {
        get { value.int(.generation) }
        set { value[.generation] = Value(newValue) }
    }
    /// Empty where it has none.
    @inlinable public var labels: Object {
        get { value.map(.labels) }
        set { value[.labels] = newValue.isEmpty ? .null : .object(newValue) }
    }
    /// Empty where it has none.
    @inlinable public var annotations: Object {
        get { value.map(.annotations) }
        set { value[.annotations] = newValue.isEmpty ? .null : .object(newValue) }
    }
    /// An annotation's text, or nil.
    @inlinable public func annotation(_ key: Key) -> String? {
        value[.annotations][key].string
    }
    /// A label's text, or nil.
    @inlinable public func label(_ key: Key) -> String? { value[.labels][key].string }

    /// RFC 3339 text, or nil before the object was stored.
    @inlinable public var creationTimestamp: String? { value[.creationTimestamp].string }
    /// RFC 3339 text of the instant by which the object shall be gone, or nil.
    @inlinable public var deletionTimestamp: String? { value[.deletionTimestamp].string }
    @inlinable public var deletionGracePeriodSeconds: Int? {
        value[.deletionGracePeriodSeconds].int
    }
    /// Who must let go before the object is gone, in order.
    @inlinable public var finalizers: [String] {
        get { value.list(.finalizers).compactMap(\.string) }
        set { value[.finalizers] = newValue.isEmpty ? .null : Value(strings: newValue) }
    }
    /// Its owners, in order; at most one of them is its controller.
    @inlinable public var ownerReferences: [OwnerReference] {
        get { value.list(.ownerReferences).map { OwnerReference($0) } }
        set {
            value[.ownerReferences] = newValue.isEmpty ? .null : .array(newValue.map(\.value))
        }
    }
    /// The reference to the managing controller, if there is one (metav1.GetControllerOf).
    @inlinable public var controllerReference: OwnerReference? {
        for reference in value.list(.ownerReferences) where reference.flag(.controller) {
            return OwnerReference(reference)
        }
        return nil
    }
    /// The uid of the managing controller, or nil.
    @inlinable public var controllerUID: String? { controllerReference?.uid }
}

/// An entry of `metadata.ownerReferences`.
public struct OwnerReference: Hashable, Sendable {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// A reference to a controller that manages the object, as controllers set it on what they
    /// create (metav1.NewControllerRef: controller and blockOwnerDeletion are true).
    public static func controller(
        apiVersion: String, kind: String, name: String, uid: String
    ) -> OwnerReference {
        OwnerReference([
            .apiVersion: Value(apiVersion), .blockOwnerDeletion: true, .controller: true,
            .kind: Value(kind), .name: Value(name), .uid: Value(uid),
        ])
    }

    /// The kind as the reference spells it.
    @inlinable public var apiVersion: String { value.text(.apiVersion) }
    @inlinable public var kindName: String { value.text(.kind) }
    @inlinable public var name: String { value.text(.name) }
    @inlinable public var uid: String { value.text(.uid) }
    @inlinable public var isController: Bool { value.flag(.controller) }
    @inlinable public var blocksOwnerDeletion: Bool { value.flag(.blockOwnerDeletion) }
}
