import Model
import Syntax

extension IndexBuilder {
    /// Walks an expression; answers what is known of its value.
    @discardableResult
    mutating func walk(_ expression: Expression) -> ValueShape? {
        switch expression.kind {
        case .null, .boolean, .integer, .float, .unit, .percent: return nil
        case .string(let literal): walk(literal.pieces)
        case .hereDocument(let document): add(document)
        case .timed(let timed):
            walk(timed.value)
            walk(timed.time)
        case .list(let list):
            index.folds.append((expression.span, source))
            for item in list.items { walk(item) }
        case .map(let entries):
            index.folds.append((expression.span, source))
            for entry in entries {
                if case .string(let key) = entry.key { walk(key.pieces) }
                walk(entry.value)
            }
        case .name(let name): return mention(name, at: expression.span)
        case .item: return items.last ?? nil
        case .resource(let literal): return walk(literal, at: expression.span)
        case .resources(let literal): return walk(literal, at: expression.span)
        case .path(let base, let segments):
            if case .name(let name) = base.kind, lookUp(name) == nil,
                let reading = expression.dottedKindReading
            {
                return walk(reading)
            }
            let shape = walk(base)
            return follow(segments, from: shape)
        case .call(let call): return walk(call)
        case .function(let function): walk(function)
        case .unary(_, let operand), .presence(let operand, _): walk(operand)
        case .binary(let binary):
            walk(binary.left)
            walk(binary.right)
        case .range(let lower, let upper):
            walk(lower)
            walk(upper)
        case .filter(let source, let condition):
            let list = walk(source)
            walk(condition, perItemOf: list)
            return list?.asList
        case .sort(let sort):
            let list = walk(sort.source)
            walk(sort.key, perItemOf: list)
            return list?.asList
        case .quantified(let quantified):
            let list = walk(quantified.source)
            walk(quantified.condition, perItemOf: list)
        case .conditional(let condition, let first, let second):
            walk(condition)
            let one = walk(first)
            walk(second)
            return one
        case .output(let block): walk(block)
        }
        return nil
    }

    private mutating func walk(_ expression: Expression, perItemOf list: ValueShape?) {
        items.append(list?.item)
        walk(expression)
        items.removeLast()
    }

    private mutating func walk(_ call: CallExpression) -> ValueShape? {
        guard case .name(let name) = call.callee.kind else {
            walk(call.callee)
            for argument in call.arguments { walk(argument) }
            return nil
        }
        index.calls.append(ScriptIndex.Call(name: name, span: call.callee.span, source: source))
        _ = mention(name, at: call.callee.span)
        var first: ValueShape?
        for (place, argument) in call.arguments.enumerated() {
            if name == "map", place == 1 {
                walk(argument, perItemOf: first)
            } else {
                let shape = walk(argument)
                if place == 0 { first = shape }
            }
        }
        switch name {
        case "first", "last": return first?.item
        case "reverse", "sort", "unique": return first?.asList
        default: return nil
        }
    }

    // MARK: Paths

    /// Follows the steps of a path, noting the fields on the way.
    mutating func follow(_ segments: [PathSegment], from start: ValueShape?) -> ValueShape? {
        var shape = start
        var isMapped = false
        for segment in segments {
            switch segment.kind {
            case .field(let name):
                shape = shape?.field(name)
                guard let shape else { break }
                let begin = Int(segment.span.end) - name.utf8.count
                index.fields.append(
                    ScriptIndex.FieldMention(
                        span: SourceSpan(start: begin, end: Int(segment.span.end)), source: source,
                        shape: shape))
            case .all:
                shape = shape?.item
                isMapped = true
            case .index(let expression):
                walk(expression)
                if case .string(let literal) = expression.kind, let key = literal.literalText {
                    shape = shape?.field(key)
                } else {
                    shape = shape?.item
                }
            case .select(let selector):
                walk(selector)
                shape = shape?.item
            }
        }
        if isMapped { shape?.isList = true }
        return shape
    }

    // MARK: Resources

    private mutating func walk(_ literal: ResourceLiteral, at span: SourceSpan) -> ValueShape? {
        walk(literal.kind.pieces)
        walk(literal.name.pieces)
        if let namespace = literal.namespace { walk(namespace.pieces) }
        guard let kind = kind(literal.kind) else { return nil }
        index.objects.append(
            ScriptIndex.ObjectMention(
                span: span, source: source, kind: kind, kindSpan: literal.kind.span,
                name: literal.name.literalText))
        return ValueShape(kind)
    }

    private mutating func walk(_ literal: ResourceListLiteral, at span: SourceSpan) -> ValueShape? {
        if let name = literal.kind.literalText, lookUp(name) != nil,
            let reading = literal.pathReading
        {
            return walk(reading)
        }
        walk(literal.kind.pieces)
        if case .named(let name) = literal.scope { walk(name.pieces) }
        walk(literal.selector)
        guard let kind = kind(literal.kind) else { return nil }
        index.objects.append(
            ScriptIndex.ObjectMention(
                span: span, source: source, kind: kind, kindSpan: literal.kind.span, name: nil))
        return .list(of: kind)
    }

    private func kind(_ name: NameText) -> KindDescriptor? {
        name.literalText.flatMap { kinds.kind(named: $0) }.map { kinds[$0] }
    }

    private mutating func walk(_ selector: Selector) {
        for requirement in selector.requirements {
            switch requirement.kind {
            case .equal(let key, let value), .notEqual(let key, let value):
                walk(key.pieces)
                walk(value.pieces)
            case .oneOf(let key, let values), .noneOf(let key, let values):
                walk(key.pieces)
                for value in values { walk(value.pieces) }
            case .exists(let key), .absent(let key): walk(key.pieces)
            }
        }
    }

    mutating func walk(_ pieces: [StringPiece]) {
        for piece in pieces {
            switch piece {
            case .text: break
            case .interpolation(let expression): walk(expression)
            case .expansion(let expansion): walk(expansion)
            }
        }
    }
}

extension ValueShape {
    /// The same values as a list that is no field.
    fileprivate var asList: ValueShape? {
        guard var items = item else { return nil }
        items.isList = true
        return items
    }
}
