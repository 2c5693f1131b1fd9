// The syntax tree: expressions.

/// One expression. Parentheses leave no node of their own but belong to the span.
public struct Expression: Sendable {
    public var kind: ExpressionKind
    public var span: SourceSpan

    public init(kind: ExpressionKind, span: SourceSpan) {
        self.kind = kind
        self.span = span
    }
}

/// What an expression is.
public indirect enum ExpressionKind: Sendable {
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
public struct UnitLiteral: Sendable {
    /// As written: `1h30m`, `500m`, `2Gi`.
    public var text: String
    /// The text reads as a duration: numbers with `ms`, `s`, `m`, `h`, `d`.
    public var isDuration: Bool
    /// The text reads as a quantity: a number with `n u m k M G T P E` or `Ki Mi Gi Ti Pi Ei`.
    public var isQuantity: Bool
}

/// A string in an expression.
public struct StringLiteral: Sendable {
    /// Texts and interpolations in order; no two texts in a row, no empty text.
    public var pieces: [StringPiece]
    /// Written `'…'`: no escapes, no interpolation.
    public var isRaw: Bool
    public var span: SourceSpan

    /// The text when nothing is interpolated.
    public var literalText: String? {
        switch pieces.count {
        case 0: return ""
        case 1: if case .text(let text) = pieces[0] { return text } else { return nil }
        default: return nil
        }
    }
}

/// A part of a string, a quoted word or a here-document.
public enum StringPiece: Sendable {
    /// Text with its escapes resolved.
    case text(String)
    /// `${e}`
    case interpolation(Expression)
}

/// `<<EOF` and the lines up to `EOF`, the indentation of the terminator stripped from each.
public struct HereDocument: Sendable {
    /// The terminator.
    public var tag: String
    /// True when `${…}` is replaced: `<<$EOF` anywhere, and plain `<<EOF` after a command.
    public var isInterpolated: Bool
    /// True when the tag was plain in a command (`cat <<EOF`), where bash would interpolate: an
    /// unknown name in it deserves a hint at `<<'EOF'`.
    public var isShellStyle: Bool
    /// Texts and interpolations in order; each line with its newline.
    public var pieces: [StringPiece]
    /// The operator and tag, `<<EOF`. The body stands elsewhere.
    public var span: SourceSpan

    /// The text when nothing is interpolated.
    public var literalText: String? {
        StringLiteral(pieces: pieces, isRaw: false, span: span).literalText
    }
}

/// `[a, b]`, or `[…, a, b]` in a pattern.
public struct ListLiteral: Sendable {
    public var items: [Expression]
    /// Begins with `…` or `...`: matches a list that contains the items, in any place. Occurs only
    /// on the right of `matches`.
    public var isOpen: Bool
}

/// `key: value` or `"key": value` in a map.
public struct MapEntry: Sendable {
    public var key: MapKey
    public var value: Expression
    public var span: SourceSpan
}

/// The key of a map entry.
public enum MapKey: Sendable {
    /// A bare name, keywords included.
    case name(Identifier)
    /// A string, interpolated or not.
    case string(StringLiteral)
}

/// One step of a path.
public struct PathSegment: Sendable {
    public var kind: PathSegmentKind
    public var span: SourceSpan
}

/// What a path step does.
public enum PathSegmentKind: Sendable {
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
public struct CallExpression: Sendable {
    public var callee: Expression
    public var arguments: [Expression]
}

/// The parameters and body of a function, named or not.
public struct FunctionLiteral: Sendable {
    public var parameters: [Parameter]
    public var body: FunctionBody
    public var span: SourceSpan
}

/// A parameter with its default.
public struct Parameter: Sendable {
    public var name: Identifier
    public var defaultValue: Expression?
}

/// What a function does.
public enum FunctionBody: Sendable {
    /// `{ … return e … }`
    case block(Block)
    /// `=> e`
    case expression(Expression)
}

/// Prefix operators.
public enum UnaryOperator: String, Sendable, CaseIterable {
    case negate = "-"
    case not
}

/// Infix operators. The raw value is the spelling.
public enum BinaryOperator: String, Sendable, CaseIterable {
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
public struct BinaryExpression: Sendable {
    public var operation: BinaryOperator
    public var left: Expression
    public var right: Expression
    public var operatorSpan: SourceSpan
}

/// `source sort by key`; `desc` turns the order round.
public struct SortExpression: Sendable {
    public var source: Expression
    /// Evaluated per item; `.x` means the item.
    public var key: Expression
    public var isDescending: Bool
}

/// `every source has condition`.
public struct QuantifiedExpression: Sendable {
    public enum Quantifier: String, Sendable, CaseIterable {
        case every
        case any
        case none
    }
    public var quantifier: Quantifier
    public var source: Expression
    /// Evaluated per item; `.x` means the item.
    public var condition: Expression
}
