import Model
import Support
import Value

/// A field of the objects of some kinds: which a transformer changes, or which names another object.
struct FieldSpec {
    var type: ResourceType
    /// `spec/template/metadata/labels`; lists on the way are gone through, `[]` after a name says that it
    /// is one.
    var path: String
    /// Whether it is made where it is missing.
    var creates: Bool

    init(_ path: String, _ type: ResourceType = ResourceType(), creates: Bool = false) {
        self.path = path
        self.type = type
        self.creates = creates
    }

    /// What stands at the end of the way where it must be made; nil where nothing is made.
    enum Leaf { case scalar, map }

    /// Calls `set` with each value at the field of `resource`, if it is of the type.
    ///
    /// Source: kustomize, filters/fieldspec.
    func visit(
        _ resource: KustomizeResource, leaf: Leaf? = nil,
        _ set: (inout Value) throws(VerbError) -> Void
    ) throws(VerbError) {
        guard resource.type.isSelected(by: type) else { return }
        var value = resource.value
        do throws(VerbError) {
            try visit(&value, Self.split(path, at: "/")[...], creates ? leaf : nil, set)
        } catch {
            throw .message(
                "considering field '\(path)' of object \(resource.currentID.text): \(error.cause)")
        }
        resource.value = value
    }

    private func visit(
        _ value: inout Value, _ path: ArraySlice<String>, _ leaf: Leaf?,
        _ set: (inout Value) throws(VerbError) -> Void
    ) throws(VerbError) {
        guard let first = path.first else { return try set(&value) }
        switch value {
        case .null: return
        case .array(var elements):
            for index in elements.indices { try visit(&elements[index], path, leaf, set) }
            value = .array(elements)
        case .object(var object):
            let isList = first.hasSuffix("[]")
            let key = Key(isList ? String(first.dropLast(2)) : first)
            var field = object[key]
            if field.isNull {
                guard let leaf, !isList else { return }
                field = path.count > 1 || leaf == .map ? .emptyObject : Value("")
            }
            try visit(&field, path.dropFirst(), leaf, set)
            object.set(key, to: field)
            value = .object(object)
        case .bool, .int, .double, .text, .opaque:
            throw .message("expected sequence or mapping node")
        }
    }

    /// The parts of a path; a backslash before `separator` keeps it in the part.
    static func split(_ path: String, at separator: Character) -> [String] {
        var parts = path.split(separator: separator, omittingEmptySubsequences: false)
            .map(String.init)
        if parts.count > 1, parts[0].isEmpty { parts.removeFirst() }
        var result = [parts.removeFirst()]
        for part in parts {
            if result[result.count - 1].hasSuffix("\\") {
                result[result.count - 1].removeLast()
                result[result.count - 1] += "\(separator)" + part
            } else {
                result.append(part)
            }
        }
        return result
    }
}

extension VerbError {
    /// What it says, to be put into another message.
    var cause: String {
        if case .message(let text) = self { return text }
        return text
    }
}
