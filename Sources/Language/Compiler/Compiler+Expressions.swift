import Support
import Syntax
import Value

extension Compiler {
    /// The register that holds the value: that of a variable where it is one, else a fresh one.
    /// ``lastShape`` says what is known of the value.
    mutating func operand(_ expression: Expression) -> Int {
        if case .name(let name) = expression.kind, let binding = lookUp(name),
            case .register(let register) = binding.storage
        {
            lastShape = binding.shape
            return register
        }
        if case .item = expression.kind, let item = function.items.last {
            lastShape = item.shape
            return item.register
        }
        let register = temporary(at: expression.span)
        emitValue(expression, to: register)
        return register
    }

    /// Emits what leaves the value of the expression in `target`.
    @discardableResult
    mutating func emitValue(_ expression: Expression, to target: Int) -> Shape {
        lastShape = .unknown
        let mark = function.nextRegister
        let shape = emitKind(expression, to: target)
        release(to: mark)
        lastShape = shape
        return shape
    }

    private mutating func emitKind(_ expression: Expression, to target: Int) -> Shape {
        let span = expression.span
        if let value = constantValue(expression) {
            emitConstant(value, to: target, at: span)
            return .unknown
        }
        switch expression.kind {
        case .string(let literal): compile(literal, to: target)
        case .hereDocument(let document): compile(document, to: target)
        case .list(let list): compile(list, to: target, at: span)
        case .map(let entries): compile(entries, to: target, at: span)
        case .name(let name): return compileName(name, to: target, at: span)
        case .item: return compileItem(to: target, at: span)
        case .resource(let literal): return compile(literal, to: target, at: span)
        case .resources(let literal): return compile(literal, to: target, at: span)
        case .path(let base, let segments):
            return compilePath(expression, base, segments, to: target)
        case .call(let call): return compile(call, to: target, at: span)
        case .function(let literal):
            let index = reserveFunction(named: "", parameters: literal.parameters)
            compile(literal, named: "", into: index)
            emit(Instruction(.closure, target, 0, index), at: span)
        case .filter(let source, let condition):
            return compileFilter(source, condition, to: target, at: span)
        case .sort(let sort): return compile(sort, to: target, at: span)
        default: compileOperator(expression, to: target)
        }
        return .unknown
    }

    private mutating func compileOperator(_ expression: Expression, to target: Int) {
        let span = expression.span
        switch expression.kind {
        case .unary(.negate, let operand):
            let register = notedOperand(operand)
            emit(Instruction(.negate, target, register), at: span)
        case .unary(.not, let operand):
            negated { compiler in
                let register = compiler.notedOperand(operand)
                compiler.emit(Instruction(.not, target, register), at: span)
            }
        case .binary(let binary): compile(binary, to: target, at: span)
        case .range(let lower, let upper):
            let first = operand(lower)
            let last = operand(upper)
            emit(Instruction(.range, target, first, last), at: span)
        case .presence(let operand, let isPresent):
            let register = presenceOperand(operand)
            emit(Instruction(isPresent ? .exists : .absent, target, register), at: span)
        case .quantified(let quantified): compile(quantified, to: target, at: span)
        case .conditional(let condition, let first, let second):
            let skips = jumpUnless(condition)
            emitValue(first, to: target)
            let end = emitJump(.jump, at: span)
            land(skips)
            emitValue(second, to: target)
            land([end])
        case .output(let block): compileOutput(block, to: target, at: span)
        default: break
        }
    }

    /// Compiles with the reports' sense of "not" turned round.
    mutating func negated(_ body: (inout Compiler) -> Void) {
        function.recorder?.isNegated.toggle()
        body(&self)
        function.recorder?.isNegated.toggle()
    }

    // MARK: Constants

    func constantValue(_ expression: Expression) -> Value? {
        switch expression.kind {
        case .null: .null
        case .boolean(let flag): .bool(flag)
        case .integer(let number): .int(number)
        case .float(let number): .double(number)
        case .unit(let literal): Units.value(of: literal)
        case .percent(let text): Units.percent(text)
        case .string(let literal): literal.literalText.map { Value($0) }
        case .unary(.negate, let operand):
            switch operand.kind {
            case .integer(let number) where number != .min: .int(-number)
            case .float(let number): .double(-number)
            default: nil
            }
        default: nil
        }
    }

    mutating func emitConstant(_ value: Value, to target: Int, at span: SourceSpan) {
        if case .int(let number) = value, let small = Int32(exactly: number) {
            emit(Instruction(.integer, target, 0, Int(small)), at: span)
        } else {
            let index = constant(value)
            emit(Instruction(.constant, target, 0, index), at: span)
        }
    }

    // MARK: Text

    mutating func compile(_ literal: StringLiteral, to target: Int) {
        compile(literal.pieces, to: target, at: literal.span)
    }

    mutating func compile(_ document: HereDocument, to target: Int) {
        let outer = documentTag
        documentTag = document.isShellStyle ? document.tag : nil
        compile(document.pieces, to: target, at: document.span)
        documentTag = outer
    }

    mutating func compile(_ pieces: [StringPiece], to target: Int, at span: SourceSpan) {
        let mark = function.nextRegister
        let first = temporaries(pieces.count, at: span)
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .text(let text): emitConstant(Value(text), to: first + index, at: span)
            case .interpolation(let expression): emitValue(expression, to: first + index)
            }
        }
        emit(Instruction(.interpolate, target, first, pieces.count), at: span)
        release(to: mark)
    }

    // MARK: Structures

    private mutating func compile(_ list: ListLiteral, to target: Int, at span: SourceSpan) {
        let first = temporaries(list.items.count, at: span)
        for (index, item) in list.items.enumerated() { emitValue(item, to: first + index) }
        emit(
            Instruction(list.isOpen ? .openList : .list, target, first, list.items.count), at: span)
    }

    private mutating func compile(_ entries: [MapEntry], to target: Int, at span: SourceSpan) {
        var keys: [Key] = []
        // Keys that are interpolated lie before the values; the plan marks their places.
        let first = temporaries(entries.count, at: span)
        var dynamic: [(entry: Int, register: Int)] = []
        for (index, entry) in entries.enumerated() {
            switch entry.key {
            case .name(let identifier): keys.append(Key(identifier.name))
            case .string(let literal):
                if let text = literal.literalText {
                    keys.append(Key(text))
                } else {
                    let register = temporary(at: literal.span)
                    compile(literal, to: register)
                    keys.append(Key(""))
                    dynamic.append((entry: index, register: register))
                }
            }
            emitValue(entry.value, to: first + index)
        }
        code.maps.append(MapPlan(keys: keys, dynamicKeys: dynamic))
        emit(Instruction(.map, target, first, code.maps.count - 1), at: span)
    }

    // MARK: Names

    private mutating func compileName(_ name: String, to target: Int, at span: SourceSpan) -> Shape
    {
        guard let binding = lookUp(name) else {
            if let index = Builtins.index[name] {
                let value = constant(.opaque(BuiltinFunction(index: index)))
                emit(Instruction(.constant, target, 0, value), at: span)
                return .unknown
            }
            reportUndefined(name, at: span)
            return .unknown
        }
        if !binding.isDeclared, case .main = function.role {
            report(.usedBeforeDeclaration(name), at: span)
        }
        load(binding, to: target, at: span)
        return binding.shape
    }

    mutating func load(_ binding: Binding, to target: Int, at span: SourceSpan) {
        switch binding.storage {
        case .register(let register):
            if register != target { emit(Instruction(.move, target, register), at: span) }
        case .cell(let register): emit(Instruction(.loadCell, target, register), at: span)
        case .global(let slot): emit(Instruction(.loadGlobal, target, 0, slot), at: span)
        }
    }

    mutating func reportUndefined(_ name: String, at span: SourceSpan) {
        if let tag = documentTag {
            report(.undefinedInDocument(name, tag: tag), at: span)
        } else if facts.kind(named: name) != nil {
            report(.undefinedName(name, nearest: "\(name)[]"), at: span)
        } else {
            report(.undefinedName(name, nearest: nearestVisible(to: name)), at: span)
        }
    }

    func nearestVisible(to name: String) -> String? { nearestName(to: name, among: visibleNames) }

    private mutating func compileItem(to target: Int, at span: SourceSpan) -> Shape {
        guard let item = function.items.last else {
            report(.noItem, at: span)
            return .unknown
        }
        if item.register != target {
            emit(Instruction(.move, target, item.register), at: span)
        }
        return item.shape
    }
}
