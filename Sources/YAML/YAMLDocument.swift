import Support
import Value

/// One document of a stream: its value and where each part of it was written.
package struct YAMLDocument: Sendable {
    package let value: Value
    /// Keys that a map holds more than once; the last one won, as in kubectl.
    package let duplicates: [YAMLDuplicateKey]
    let root: YAMLNode

    /// Where the document's value begins.
    package var mark: YAMLMark { root.mark }

    /// Where the value at `path` begins; nil where there is none.
    package func position(of path: FieldPath) -> YAMLMark? {
        let (node, _, rest) = walk(path)
        return rest.isEmpty ? node.mark : nil
    }

    /// Where the key of the field at `path` stands; for an element of a list, its value.
    package func keyPosition(of path: FieldPath) -> YAMLMark? {
        let (node, key, rest) = walk(path)
        return rest.isEmpty ? key ?? node.mark : nil
    }

    /// The place to point at for `path`: its key, or that of the deepest parent there is. For what
    /// is missing.
    package func nearestPosition(of path: FieldPath) -> YAMLMark {
        let (node, key, _) = walk(path)
        return key ?? node.mark
    }

    /// The fields that are written without a value (`key:`), by the keys that lead to them from map to map.
    package var emptyFields: [[Key]] { Self.emptyFields(root) }

    private static func emptyFields(_ node: YAMLNode) -> [[Key]] {
        guard case .fields(let fields) = node.content else { return [] }
        return fields.flatMap { field -> [[Key]] in
            if case .nothing = field.node.content { return [[field.key]] }
            return emptyFields(field.node).map { [field.key] + $0 }
        }
    }

    /// As far as `path` leads: the node, the place of its key, and the steps that are left.
    private func walk(
        _ path: FieldPath
    ) -> (node: YAMLNode, key: YAMLMark?, rest: ArraySlice<FieldPath.Segment>) {
        var node = root
        var value = value
        var key: YAMLMark?
        var rest = path.segments[...]
        while let segment = rest.first {
            switch (segment, node.content) {
            case (.field(let name), .fields(let fields)):
                guard let field = fields.first(where: { $0.key == name }) else {
                    return (node, key, rest)
                }
                node = field.node
                key = field.mark
                value = value[name]
            case (_, .items(let items)):
                guard let index = index(of: segment, in: value), items.indices.contains(index)
                else {
                    return (node, key, rest)
                }
                node = items[index]
                key = nil
                value = value[index]
            default: return (node, key, rest)
            }
            rest = rest.dropFirst()
        }
        return (node, key, rest)
    }

    private func index(of segment: FieldPath.Segment, in list: Value) -> Int? {
        switch segment {
        case .index(let index): return index < 0 ? list.elements.count + index : index
        case .item(let matches):
            return list.elements.firstIndex { element in
                matches.allSatisfy { element[$0.key].scalarText == $0.text }
            }
        case .field, .all: return nil
        }
    }
}

/// A key that stands twice in one map.
package struct YAMLDuplicateKey: Hashable, Sendable {
    package let key: String
    /// Where it stands again.
    package let mark: YAMLMark
    /// Where it stood first.
    package let first: YAMLMark
    /// The line of `mark` within its document.
    let documentLine: Int

    /// As Kustomize reports it.
    package var kustomizeMessage: String {
        "line \(documentLine): mapping key \"\(key)\" already defined at line "
            + "\(first.line - mark.line + documentLine)"
    }

    /// As a strict decoder reports it.
    package var kubectlMessage: String {
        "yaml: unmarshal errors:\n  line \(documentLine): key \"\(key)\" already set in map"
    }
}

/// Where a value was written; the same shape as the value. Shared by aliases.
final class YAMLNode: Sendable {
    struct Field: Sendable {
        let key: Key
        let mark: YAMLMark
        let node: YAMLNode
    }

    enum Content: Sendable {
        case scalar
        /// No value at all, which counts as null.
        case nothing
        case items([YAMLNode])
        case fields([Field])
    }

    let mark: YAMLMark
    let content: Content

    init(mark: YAMLMark, content: Content) {
        self.mark = mark
        self.content = content
    }
}
