/// A string behind one reference, so that a value stays small and equal texts can be shared.
public struct Text: Sendable {
    @usableFromInline
    final class Box: Sendable {
        @usableFromInline let string: String

        @inlinable
        init(_ string: String) { self.string = string }
    }

    @usableFromInline let box: Box

    /// A text of its own, shared by its copies.
    @inlinable
    public init(_ string: String) { box = Box(string) }

    /// The characters.
    @inlinable
    public var string: String { box.string }
}

extension Text: Hashable {
    @inlinable
    public static func == (left: Text, right: Text) -> Bool {
        left.box === right.box || left.box.string == right.box.string
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(box.string) }
}

extension Text: ExpressibleByStringLiteral, CustomStringConvertible {
    public init(stringLiteral value: String) { self.init(value) }
    public var description: String { string }
}

/// The base of values that exist only in scripts (durations, quantities, ranges, closures).
/// They are immutable; entering a cluster object, they become their text or are refused.
open class OpaqueValue: @unchecked Sendable {  // subclasses hold immutable state only
    /// For subclasses only.
    public init() {}

    /// What an error message calls this kind of value ("duration").
    open var typeName: String { "value" }

    /// The text that stands for it in output and in objects; nil where it has none (a closure).
    open var text: String? { nil }

    /// Equality with another value that is not the same instance.
    open func isEqual(to other: OpaqueValue) -> Bool { false }

    /// Feeds what equal values have in common, beside ``typeName``: not their texts (`1G`, `1000M`).
    open func hashContent(into hasher: inout Hasher) {}
}
