import Support
import Value

/// A typed view of one object: it holds the value itself and reads fields by name, without decoding.
///
/// Reading a missing field gives null, 0, false, "" or an empty list, as the Go types do; where
/// absence matters the property is optional. Views with setters write through to ``value``.
public protocol ResourceView: Sendable {
    /// The object.
    var value: Value { get set }
    /// A view of `value`, which is not checked.
    init(_ value: Value)
}

extension ResourceView {
    /// The object's metadata. Writing through it changes the object.
    @inlinable
    public var metadata: ObjectMeta {
        get { ObjectMeta(value[.metadata]) }
        set { value[.metadata] = newValue.value }
    }

    /// "" for an object that is not named yet.
    @inlinable public var name: String { value[.metadata][.name].string ?? "" }
    /// The namespace; empty for an object of the cluster.
    @inlinable public var namespace: String { value[.metadata][.namespace].string ?? "" }
    @inlinable public var uid: String { value[.metadata][.uid].string ?? "" }
    @inlinable public var labels: Object { value[.metadata][.labels].fields }
    @inlinable public var annotations: Object { value[.metadata][.annotations].fields }
    @inlinable public var generation: Int { value[.metadata][.generation].int ?? 0 }
    /// Whether deletion has been asked for.
    @inlinable public var isDeleting: Bool { !value[.metadata][.deletionTimestamp].isNull }
    /// The `status.observedGeneration` that most workloads have.
    @inlinable public var observedGeneration: Int { value[.status][.observedGeneration].int ?? 0 }
    /// The conditions of the status.
    @inlinable public var conditions: Conditions { Conditions(value[.status][.conditions]) }
}

/// A view of any object, for what all kinds have in common.
public struct AnyResource: ResourceView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// "apps/v1".
    @inlinable public var apiVersion: String { value[.apiVersion].string ?? "" }
    /// "Deployment".
    @inlinable public var kindName: String { value[.kind].string ?? "" }
}

/// Reading scalar fields of a value with Go's zero values.
extension Value {
    /// The text of field `key`, or "".
    @inlinable
    public func text(_ key: Key) -> String { self[key].string ?? "" }
    /// The integer of field `key`, or 0.
    @inlinable
    public func int(_ key: Key) -> Int { self[key].int ?? 0 }
    /// The boolean of field `key`, or false.
    @inlinable
    public func flag(_ key: Key) -> Bool { self[key].bool ?? false }
    /// The list of field `key`, or an empty one.
    @inlinable
    public func list(_ key: Key) -> [Value] { self[key].elements }
    /// The map of field `key`, or an empty one.
    @inlinable
    public func map(_ key: Key) -> Object { self[key].fields }
}
