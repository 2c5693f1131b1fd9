import Support

/// A way into a value: `.spec.containers[name=web].image`.
///
/// Paths are data: the language reads them, diagnostics and traces name places by them, and a
/// difference is a path with two values.
public struct FieldPath: Hashable, Sendable {
    /// One step.
    public enum Segment: Hashable, Sendable {
        /// `.image` or `["a/b"]`: a field of an object.
        case field(Key)
        /// `[0]`; `[-1]` counts from the end.
        case index(Int)
        /// `[*]`: every element of a list, or every field's value of an object.
        case all
        /// `[name=web]`: the first element whose fields have these texts.
        case item([Match])
    }

    /// A condition on an element of a list.
    public struct Match: Hashable, Sendable {
        /// The field that is compared.
        public let key: Key
        /// The text of the field: a string as it is, a number or boolean as JSON writes it.
        public let text: String

        /// Takes the items whose field has that text.
        public init(_ key: Key, _ text: String) {
            self.key = key
            self.text = text
        }

        func holds(for element: Value) -> Bool {
            element[key].scalarText == text
        }
    }

    /// From the root on.
    public var segments: [Segment]

    /// A path of these segments; the root without any.
    public init(_ segments: [Segment] = []) { self.segments = segments }

    /// The path of nested fields: `FieldPath(.spec, .replicas)`.
    public init(_ keys: Key...) { segments = keys.map(Segment.field) }

    /// The path to the whole value.
    public static let root = FieldPath([])

    /// Whether it leads nowhere: to the value itself.
    public var isRoot: Bool { segments.isEmpty }

    /// This path with one more step.
    public func appending(_ segment: Segment) -> FieldPath { FieldPath(segments + [segment]) }

    /// The path to a field of what this one leads to.
    public func appending(_ key: Key) -> FieldPath { appending(.field(key)) }

    /// The path without its last step; the root's is the root.
    public var parent: FieldPath { FieldPath(Array(segments.dropLast())) }

    /// Whether this path leads through the other or is the other.
    public func hasPrefix(_ prefix: FieldPath) -> Bool { segments.starts(with: prefix.segments) }

    /// Whether a step fans out to several values.
    public var isMultiple: Bool { segments.contains(.all) }
}

extension Value {
    /// A text as it is, a number, boolean or null as JSON writes it, a script's value as its text;
    /// nil for lists and maps.
    public var scalarText: String? {
        switch self {
        case .text(let text): text.string
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .double(let number): number.goText
        case .opaque(let opaque): opaque.text
        case .array, .object: nil
        }
    }

    /// What stands at `path`: null where nothing does, a list of all that match where the path has
    /// a `[*]`.
    public subscript(path: FieldPath) -> Value {
        if path.isMultiple { return .array(values(at: path)) }
        return value(at: path.segments[...]) ?? .null
    }

    /// What stands at `path`, explicit nulls included; nil where nothing does.
    /// - Precondition: the path has no `[*]`; such a path answers its first match.
    public func find(_ path: FieldPath) -> Value? {
        path.isMultiple ? values(at: path).first : value(at: path.segments[...])
    }

    /// Everything at `path`, in order; more than one value only where it has a `[*]`.
    public func values(at path: FieldPath) -> [Value] {
        var found = [self]
        for segment in path.segments {
            if case .all = segment {
                found = found.flatMap { value -> [Value] in
                    switch value {
                    case .array(let values): values
                    case .object(let object): object.map(\.value)
                    default: []
                    }
                }
            } else {
                found = found.compactMap { $0.step(segment) }
            }
        }
        return found
    }

    private func value(at segments: ArraySlice<FieldPath.Segment>) -> Value? {
        var value = self
        for segment in segments {
            guard let next = value.step(segment) else { return nil }
            value = next
        }
        return value
    }

    private func step(_ segment: FieldPath.Segment) -> Value? {
        switch segment {
        case .field(let key):
            guard case .object(let object) = self else { return nil }
            let value = object[key]
            if value.isNull, !object.contains(key) { return nil }
            return value
        case .index(let index):
            guard case .array(let values) = self else { return nil }
            let place = index < 0 ? values.count + index : index
            guard values.indices.contains(place) else { return nil }
            return values[place]
        case .item(let matches):
            guard case .array(let values) = self else { return nil }
            return values.first { element in matches.allSatisfy { $0.holds(for: element) } }
        case .all:
            return nil
        }
    }
}
