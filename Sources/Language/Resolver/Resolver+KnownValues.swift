import Support
import Syntax
import Value

extension Resolver {
    /// Reports texts in `expression` that the field of `shape` never holds: a comparison with one would
    /// say the same whatever happens.
    mutating func checkValues(in expression: Expression, of shape: Shape) {
        switch shape {
        case .unknown: return
        case .items(let kind, let path), .value(let kind, let path):
            checkValues(in: expression, of: kind, at: path)
        }
    }

    private mutating func checkValues(
        in expression: Expression, of kind: KindFacts, at path: [FactStep]
    ) {
        switch expression.kind {
        case .string(let literal):
            guard let text = literal.literalText else { return }
            check(text, of: kind, at: path, span: literal.span)
        case .list(let list):
            for item in list.items {
                checkValues(
                    in: item, of: kind, at: path.last == .item ? path : itemPath(path, of: kind))
            }
        case .map(let entries):
            for entry in entries {
                let name: String? =
                    switch entry.key {
                    case .name(let identifier): identifier.name
                    case .string(let literal): literal.literalText
                    }
                guard let name else { continue }
                checkValues(in: entry.value, of: kind, at: path + [.field(name)])
            }
        default: return
        }
    }

    /// In `x in [a, b]` the texts are of the field itself, in `matches [a, b]` of its items.
    private func itemPath(_ path: [FactStep], of kind: KindFacts) -> [FactStep] {
        guard case .known(.list, _) = facts.fieldFact(of: kind, at: path) else { return path }
        return path + [.item]
    }

    /// Reports the text of a selector such as `[type=Avialable]`.
    mutating func checkValues(of requirement: Requirement, in walk: PathWalk) {
        guard case .value(let kind, let path) = walk.itemShape else { return }
        let (key, _, values) = requirement.kind.parts
        guard let key = key.literalText else { return }
        for value in values {
            guard let text = value.pieces.literalText else { continue }
            check(text, of: kind, at: path + [.field(key)], span: value.span)
        }
    }

    private mutating func check(
        _ text: String, of kind: KindFacts, at path: [FactStep], span: SourceSpan
    ) {
        guard !text.isEmpty, let known = facts.knownValues(of: kind, at: path),
            !known.values.contains(text)
        else { return }
        let nearest = nearestName(to: text, among: known.values)
        guard known.isComplete || nearest != nil else { return }
        var field = ""
        for step in path {
            switch step {
            case .field(let name): field += "." + name
            case .item: field += "[*]"
            }
        }
        report(
            .unknownValue(
                text, field: field, kind: kind.kind, known: known.values, nearest: nearest),
            at: span)
    }
}
