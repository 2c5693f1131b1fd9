import Model
import Support
import Value

/// The value that a field gets where a manifest says nothing.
package enum FieldDefault {
    /// Asks the defaults of the kind themselves: an object is made that has what lies on the way to the
    /// field and nothing else. Nil where the field stays absent.
    ///
    /// A default that depends on other fields shows as it is without them.
    package static func text(of shape: ValueShape) -> String? {
        guard shape.field != nil, case .field(let last)? = shape.path.last,
            shape.path.first != .field("status")
        else { return nil }
        var object = skeleton(shape.path.dropLast()[...])
        guard case .object = object else { return nil }
        object["apiVersion"] = Value(shape.kind.apiVersion)
        object["kind"] = Value(shape.kind.name)
        Defaults.apply(&object, kind: shape.kind)
        var value = object
        for step in shape.path.dropLast() {
            switch step {
            case .field(let name): value = value[name]
            case .item: value = value.elements.first ?? .null
            }
        }
        let found = value[last]
        switch found {
        case .bool, .int, .double, .text: return JSON.text(found)
        case .null, .array, .object, .opaque: return nil
        }
    }

    /// Objects and lists of one item along a path.
    private static func skeleton(_ path: ArraySlice<ValueShape.Step>) -> Value {
        guard let step = path.first else { return .emptyObject }
        let inner = skeleton(path.dropFirst())
        switch step {
        case .field(let name): return .object([Key(name): inner])
        case .item: return .array([inner])
        }
    }
}
