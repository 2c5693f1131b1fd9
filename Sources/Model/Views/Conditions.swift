import Support
import Value

/// A list of conditions: at most one per type, in order of first appearance.
public struct Conditions: Hashable, Sendable {
    /// The list, or null where there is none.
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// The condition of a type, or nil.
    @inlinable
    public subscript(type: String) -> Condition? {
        for entry in value.elements where entry[.type].string == type { return Condition(entry) }
        return nil
    }

    /// Whether the condition is there with status "True".
    @inlinable
    public func isTrue(_ type: String) -> Bool { self[type]?.status == "True" }

    /// Puts `condition` in the place of the one of its type, or at the end. The caller decides
    /// about `lastTransitionTime`; see ``set(_:transition:)``.
    public mutating func replace(_ condition: Condition) {
        var entries = value.elements
        if let index = entries.firstIndex(where: { $0[.type] == condition.value[.type] }) {
            entries[index] = condition.value
        } else {
            entries.append(condition.value)
        }
        value = .array(entries)
    }

    /// Sets a condition as upstream's helpers do: `lastTransitionTime` moves to `transition` only
    /// when the status changes. Answers whether anything but times changed.
    @discardableResult
    public mutating func set(_ condition: Condition, transition: Value) -> Bool {
        var condition = condition
        let old = self[condition.type]
        if let old, old.status == condition.status {
            condition.value[.lastTransitionTime] = old.value[.lastTransitionTime]
        } else {
            condition.value[.lastTransitionTime] = transition
        }
        replace(condition)
        guard let old else { return true }
        return old.status != condition.status || old.reason != condition.reason
            || old.message != condition.message
    }

    /// Sets a condition as a Deployment's are: nothing happens when status and reason are the same;
    /// otherwise it moves to the end of the list, and keeps its `lastTransitionTime` when only the reason
    /// changed (`SetDeploymentCondition`).
    package mutating func setLast(_ condition: Condition) {
        var condition = condition
        if let old = self[condition.type], old.status == condition.status {
            if old.reason == condition.reason { return }
            condition.value[.lastTransitionTime] = old.value[.lastTransitionTime]
        }
        remove(condition.type)
        value.append(condition.value)
    }

    /// Removes the condition of a type. Answers whether it was there.
    @discardableResult
    public mutating func remove(_ type: String) -> Bool {
        var entries = value.elements
        let count = entries.count
        entries.removeAll { $0[.type].string == type }
        value = entries.isEmpty ? .null : .array(entries)
        return entries.count != count
    }
}

/// One condition of a status.
public struct Condition: Hashable, Sendable {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// A condition with the given parts; empty reason and message are left out.
    public init(type: String, status: String, reason: String = "", message: String = "") {
        value = [.status: Value(status), .type: Value(type)]
        if !reason.isEmpty { value[.reason] = Value(reason) }
        if !message.isEmpty { value[.message] = Value(message) }
    }

    @inlinable public var type: String { value.text(.type) }
    /// "True", "False" or "Unknown".
    @inlinable public var status: String { value.text(.status) }
    @inlinable public var reason: String { value.text(.reason) }
    @inlinable public var message: String { value.text(.message) }
    /// RFC 3339 text, or nil.
    @inlinable public var lastTransitionTime: String? { value[.lastTransitionTime].string }
}

extension Value {
    /// The conditions of a status.
    package var conditions: Conditions {
        get { Conditions(self[.conditions]) }
        set { self[.conditions] = newValue.value }
    }
}
