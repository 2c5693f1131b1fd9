import Support
import Value

/// A view of a Node.
public struct NodeView: ResourceView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// Whether the node is cordoned.
    @inlinable public var isUnschedulable: Bool { value[.spec].flag(.unschedulable) }
    @inlinable public var taints: [TaintView] {
        get { value[.spec].list(.taints).map { TaintView($0) } }
        set {
            value[.spec][.taints] = newValue.isEmpty ? .null : .array(newValue.map(\.value))
        }
    }
    /// Quantities by resource name.
    @inlinable public var capacity: Object { value[.status].map(.capacity) }
    /// What pods may use: capacity less reservations.
    @inlinable public var allocatable: Object { value[.status].map(.allocatable) }
    @inlinable public var addresses: [Value] { value[.status].list(.addresses) }
    /// The first address of a type such as "InternalIP" or "Hostname", or "".
    @inlinable public func address(_ type: String) -> String {
        for entry in addresses where entry[.type].string == type { return entry.text(.address) }
        return ""
    }
    /// Whether its kubelet says that it takes pods.
    @inlinable public var isReady: Bool { conditions.isTrue("Ready") }
    @inlinable public var kubeletVersion: String {
        value[.status][.nodeInfo].text(.kubeletVersion)
    }
}

/// A taint of a node.
public struct TaintView: Hashable, Sendable {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// A taint; an empty text is left out, as Go's omitempty does.
    public init(key: String, text: String = "", effect: String) {
        value = [.effect: Value(effect), .key: Value(key)]
        if !text.isEmpty { value[.value] = Value(text) }
    }

    @inlinable public var key: String { value.text(.key) }
    /// The taint's value.
    @inlinable public var text: String { value.text(.value) }
    /// "NoSchedule", "PreferNoSchedule" or "NoExecute".
    @inlinable public var effect: String { value.text(.effect) }
    /// RFC 3339 text; the node lifecycle controller sets it on NoExecute taints.
    @inlinable public var timeAdded: String? { value[.timeAdded].string }

    /// Whether key and effect are equal, which makes two taints the same (Taint.MatchTaint).
    @inlinable public func matches(_ other: TaintView) -> Bool {
        value[.key] == other.value[.key] && value[.effect] == other.value[.effect]
    }
    /// `key=value:Effect`, or `key:Effect` (Taint.ToString).
    public var summary: String {
        if effect.isEmpty { return text.isEmpty ? key : "\(key)=\(text):" }
        return text.isEmpty ? "\(key):\(effect)" : "\(key)=\(text):\(effect)"
    }
}
