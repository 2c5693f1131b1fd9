// The syntax tree: resource literals and selectors (DECISIONS 5).

/// `kind/name` or `kind/name@namespace`: one object.
package struct ResourceLiteral: Sendable {
    /// The kind by any name kubectl takes: `deploy`, `deployments.apps`, `${kind}`.
    package var kind: NameText
    package var name: NameText
    /// Nil for the namespace in force.
    package var namespace: NameText?
}

/// `kind[selector]`, `kind@namespace[selector]`, `kind@*[selector]`: the objects of a kind.
///
/// `xs[i]` and `xs[name=web]` on a variable look the same. No variable may be named as a kind, so
/// the resolver decides by scope: if `kind` names a variable, `pathReading` is what was meant.
package struct ResourceListLiteral: Sendable {
    package var kind: NameText
    package var scope: NamespaceScope
    package var selector: Selector
    /// The same text read as a path into a variable; nil where only a list makes sense.
    package var pathReading: Expression? {
        guard case .current = scope, let variable = kind.literalText else { return nil }
        let base = Expression(kind: .name(variable), span: kind.span)
        return Expression(
            kind: .path(base, [PathSegment(kind: selector.segmentKind, span: selector.span)]),
            span: kind.span.union(selector.span))
    }
}

/// Where a list of objects looks.
package enum NamespaceScope: Sendable {
    /// The namespace in force.
    case current
    /// `@name`
    case named(NameText)
    /// `@*`
    case all
}

/// A name with interpolations: `web-${i}`, `${kind}`. At least one piece.
package struct NameText: Sendable {
    /// Texts and interpolations in order; no two texts in a row, no empty text.
    package var pieces: [StringPiece]
    package var span: SourceSpan

    /// The text when nothing is interpolated.
    package var literalText: String? {
        StringLiteral(pieces: pieces, isRaw: true, span: span).literalText
    }
}

/// `[…]` with requirements that must all hold; none at all for `[]`. The span covers the brackets.
package struct Selector: Sendable {
    package var requirements: [Requirement]
    package var span: SourceSpan

    /// What the bracket means as a step of a path: `[i]` is an index by the variable `i`.
    var segmentKind: PathSegmentKind {
        guard requirements.count == 1, case .exists(let key) = requirements[0].kind,
            let text = key.literalText
        else { return .select(self) }
        var parts = text.split(separator: ".", omittingEmptySubsequences: false)[...]
        guard parts.allSatisfy(Characters.isName), let root = parts.popFirst() else {
            return .select(self)
        }
        let base = Expression(kind: .name(String(root)), span: key.span)
        if parts.isEmpty { return .index(base) }
        let fields = parts.map { PathSegment(kind: .field(String($0)), span: key.span) }
        return .index(Expression(kind: .path(base, fields), span: key.span))
    }
}

/// One condition of a selector.
package struct Requirement: Sendable {
    package var kind: RequirementKind
    package var span: SourceSpan
}

/// What a requirement asks of the labels (or, in a path, of the item).
package enum RequirementKind: Sendable {
    /// `key=value`, `key==value`; the value may be empty.
    case equal(NameText, SelectorValue)
    /// `key!=value`
    case notEqual(NameText, SelectorValue)
    /// `key in (a, b)`
    case oneOf(NameText, [SelectorValue])
    /// `key notin (a, b)`
    case noneOf(NameText, [SelectorValue])
    /// `key`. A key that is nothing but `${e}` inserts whole requirements: e gives selector text.
    case exists(NameText)
    /// `!key`
    case absent(NameText)
}

/// The value of a requirement: bare (`web-${i}`, possibly empty) or quoted.
package struct SelectorValue: Sendable {
    /// Texts and interpolations in order.
    package var pieces: [StringPiece]
    /// Written in quotes.
    package var isQuoted: Bool
    package var span: SourceSpan

    /// The text when nothing is interpolated.
    package var literalText: String? {
        StringLiteral(pieces: pieces, isRaw: true, span: span).literalText
    }
}

extension Expression {
    /// `deployments.apps[app=web]` parses as a path; if its root is no variable, it is a list of a
    /// kind with a group, and this gives that reading together with the rest of the path.
    package var dottedKindReading: Expression? {
        guard case .path(let base, let segments) = kind, case .name(var text) = base.kind,
            let stop = segments.firstIndex(where: {
                if case .select = $0.kind { true } else { false }
            }),
            stop > 0, case .select(let selector) = segments[stop].kind
        else { return nil }
        for segment in segments[..<stop] {
            guard case .field(let name) = segment.kind else { return nil }
            text += "." + name
        }
        let kindSpan = base.span.union(segments[stop - 1].span)
        let list = ResourceListLiteral(
            kind: NameText(pieces: [.text(text)], span: kindSpan), scope: .current,
            selector: selector)
        let whole = Expression(kind: .resources(list), span: kindSpan.union(selector.span))
        let rest = Array(segments[(stop + 1)...])
        return rest.isEmpty ? whole : Expression(kind: .path(whole, rest), span: span)
    }
}
