// The syntax tree: expressions.

/// One expression. Parentheses leave no node of their own but belong to the span.
package struct Expression: Sendable {
    package var kind: ExpressionKind
    package var span: SourceSpan

    package init(kind: ExpressionKind, span: SourceSpan) {
        self.kind = kind
        self.span = span
    }
}

/// What an expression is.
package indirect enum ExpressionKind: Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case float(Double)
    /// `30s`, `500m`, `2Gi`: a number with a unit, read by its use (DECISIONS 8).
    case unit(UnitLiteral)
    /// `25%`: the number before the sign, digits with an optional fraction.
    case percent(String)
    case string(StringLiteral)
    case hereDocument(HereDocument)
    case list(ListLiteral)
    case map([MapEntry])
    /// `503 after 30s`, `"tick" every 10s`: an item of a list, the value in a map or of a setting. It
    /// stands for a map with the two parts.
    case timed(TimedExpression)
    /// A variable, parameter or function by name.
    case name(String)
    /// The item at hand: `it`, or the base of a leading `.x` after `where`, `has`, `by`, ….
    case item
    /// `deployment/web`
    case resource(ResourceLiteral)
    /// `pods[app=web]`
    case resources(ResourceListLiteral)
    /// `base.a[0][name=x]`, `deployment/web .spec.replicas`
    case path(Expression, [PathSegment])
    /// `f(a, b)`
    case call(CallExpression)
    /// `fn(x) { … }`, `fn(x) => e`
    case function(FunctionLiteral)
    case unary(UnaryOperator, Expression)
    case binary(BinaryExpression)
    /// `a..b`
    case range(Expression, Expression)
    /// `e exists` (true) and `e absent` (false).
    case presence(Expression, Bool)
    /// `list where condition`
    case filter(Expression, Expression)
    /// `list sort by key`, `list sort by key desc`
    case sort(SortExpression)
    /// `every list has condition`
    case quantified(QuantifiedExpression)
    /// `if a then b else c`
    case conditional(Expression, Expression, Expression)
    /// `output { … }`: what the commands of the block write, as text.
    case output(Block)
}

/// A number glued to letters. One of the two readings is possible at least.
package struct UnitLiteral: Sendable {
    /// As written: `1h30m`, `500m`, `2Gi`.
    package var text: String
    /// The text reads as a duration: numbers with `ms`, `s`, `m`, `h`, `d`.
    package var isDuration: Bool
    /// The text reads as a quantity: a number with `n u m k M G T P E` or `Ki Mi Gi Ti Pi Ei`.
    package var isQuantity: Bool
}

/// A string in an expression.
package struct StringLiteral: Sendable {
    /// Texts and interpolations in order; no two texts in a row, no empty text.
    package var pieces: [StringPiece]
    /// Written `'…'`: no escapes, no interpolation.
    package var isRaw: Bool
    package var span: SourceSpan

    /// The text when nothing is interpolated.
    package var literalText: String? {
        switch pieces.count {
        case 0: return ""
        case 1: if case .text(let text) = pieces[0] { return text } else { return nil }
        default: return nil
        }
    }
}

/// A part of a string, a quoted word or a here-document.
package enum StringPiece: Sendable {
    /// Text with its escapes resolved.
    case text(String)
    /// `${e}`
    case interpolation(Expression)
    /// `$x`, `$((…))`, `$(…)`: only in words and in here-documents of commands.
    case expansion(ShellExpansion)
}

/// `<<EOF` and the lines up to `EOF`, the indentation of the terminator stripped from each.
package struct HereDocument: Sendable {
    /// The terminator.
    package var tag: String
    /// True when `${…}` is replaced: `<<$EOF` anywhere, and plain `<<EOF` after a command.
    package var isInterpolated: Bool
    /// True when the tag was plain in a command (`cat <<EOF`), where bash would interpolate: `$(…)`
    /// is replaced too, and an unknown name in it deserves a hint at `<<'EOF'`.
    package var isShellStyle: Bool
    /// Texts and interpolations in order; each line with its newline.
    package var pieces: [StringPiece]
    /// The operator and tag, `<<EOF`. The body stands elsewhere.
    package var span: SourceSpan

    /// The text when nothing is interpolated.
    package var literalText: String? {
        StringLiteral(pieces: pieces, isRaw: false, span: span).literalText
    }
}

/// `[a, b]`, or `[…, a, b]` in a pattern.
package struct ListLiteral: Sendable {
    package var items: [Expression]
    /// Begins with `…` or `...`: matches a list that contains the items, in any place. Occurs only
    /// on the right of `matches`.
    package var isOpen: Bool
}

/// A value and when it counts.
package struct TimedExpression: Sendable {
    package enum Relation: String, Sendable {
        case after, every
    }

    package var value: Expression
    package var relation: Relation
    package var relationSpan: SourceSpan
    package var time: Expression

    /// The map that it stands for: `{value: 503, after: 30s}`.
    package var entries: [MapEntry] {
        [("value", value), (relation.rawValue, time)].map { name, part in
            MapEntry(
                key: .name(Identifier(name: name, span: part.span)), value: part, span: part.span)
        }
    }
}

/// `key: value` or `"key": value` in a map.
package struct MapEntry: Sendable {
    package var key: MapKey
    package var value: Expression
    package var span: SourceSpan
}

/// The key of a map entry.
package enum MapKey: Sendable {
    /// A bare name, keywords included.
    case name(Identifier)
    /// A string, interpolated or not.
    case string(StringLiteral)
}

/// One step of a path.
package struct PathSegment: Sendable {
    package var kind: PathSegmentKind
    package var span: SourceSpan
}

/// What a path step does.
package enum PathSegmentKind: Sendable {
    /// `.name`; keywords are fine.
    case field(String)
    /// `[0]`, `[-1]`, `[i]`, `["key/with.slash"]`: an index of a list or a key of a map.
    case index(Expression)
    /// `[*]`: what follows applies to every item.
    case all
    /// `[name=web]`: the item of a keyed list.
    case select(Selector)
}

/// `callee(arguments)`. The callee of a built-in or a function is `.name`.
package struct CallExpression: Sendable {
    package var callee: Expression
    package var arguments: [Expression]
}

/// The parameters and body of a function, named or not.
package struct FunctionLiteral: Sendable {
    package var parameters: [Parameter]
    package var body: FunctionBody
    package var span: SourceSpan
}

/// A parameter with its default.
package struct Parameter: Sendable {
    package var name: Identifier
    package var defaultValue: Expression?
}

/// What a function does.
package enum FunctionBody: Sendable {
    /// `{ … return e … }`
    case block(Block)
    /// `=> e`
    case expression(Expression)
}

/// Prefix operators.
package enum UnaryOperator: String, Sendable, CaseIterable {
    case negate = "-"
    case not
}

/// Infix operators. The raw value is the spelling.
package enum BinaryOperator: String, Sendable, CaseIterable {
    case or
    case and
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    /// `text =~ "re"`
    case matchesRegex = "=~"
    /// `value matches {…}`: subset match.
    case matches
    case contains
    case `in`
    case notIn = "not in"
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
}

/// `left operator right`.
package struct BinaryExpression: Sendable {
    package var operation: BinaryOperator
    package var left: Expression
    package var right: Expression
    package var operatorSpan: SourceSpan
}

/// `source sort by key`; `desc` turns the order round.
package struct SortExpression: Sendable {
    package var source: Expression
    /// Evaluated per item; `.x` means the item.
    package var key: Expression
    package var isDescending: Bool
}

/// `every source has condition`.
package struct QuantifiedExpression: Sendable {
    package enum Quantifier: String, Sendable, CaseIterable {
        case every
        case any
        case none
    }
    package var quantifier: Quantifier
    package var source: Expression
    /// Evaluated per item; `.x` means the item.
    package var condition: Expression
}
