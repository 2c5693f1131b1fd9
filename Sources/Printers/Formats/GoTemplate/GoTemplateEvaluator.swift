import Support
import Value

/// Runs a parsed Go template over a value.
struct GoTemplateEvaluator {
    private let text: String
    private let definitions: [String: [GoStatement]]
    private let allowsMissingKeys: Bool
    private(set) var output = ""
    private var variables: [(name: String, item: GoItem)] = []
    /// The template that runs, for messages.
    private var name = "output"
    private var depth = 0
    /// The operand that was looked at last.
    private var last: GoOperand?
    private var steps = 0

    /// Calls of templates within templates.
    private static let maximumDepth = 100
    private static let maximumSteps = 5_000_000
    private static let maximumOutput = 64 << 20

    init(text: String, definitions: [String: [GoStatement]], allowsMissingKeys: Bool) {
        self.text = text
        self.definitions = definitions
        self.allowsMissingKeys = allowsMissingKeys
    }

    /// Where a list of statements left off.
    private enum Flow { case normal, leave, proceed }

    mutating func run(_ statements: [GoStatement], _ data: Value) throws(GoExecutionError) {
        let dot = GoItem(value: data)
        variables = [("$", dot)]
        _ = try walk(statements, dot)
    }

    func error(_ message: String, _ place: String, at offset: Int) -> GoExecutionError {
        let before = text.utf8.prefix(offset)
        let line = before.count { $0 == 0x0A } + 1
        let column = before.reversed().prefix { $0 != 0x0A }.count
        return GoExecutionError(
            message: "template: output:\(line):\(column): executing \(GoSyntax.quoted(name)) "
                + "at <\(place)>: \(message)")
    }

    private func error(_ message: String, _ operand: GoOperand) -> GoExecutionError {
        error(message, operand.text, at: operand.offset)
    }

    // MARK: Statements

    private mutating func walk(
        _ statements: [GoStatement], _ dot: GoItem
    ) throws(GoExecutionError) -> Flow {
        for statement in statements {
            steps += 1
            if StopRequest.isMade { return .leave }
            guard steps <= Self.maximumSteps else {
                throw GoExecutionError(
                    message: "template: output: stopped after \(Self.maximumSteps) steps")
            }
            guard output.utf8.count <= Self.maximumOutput else {
                throw GoExecutionError(
                    message: "template: output: stopped after \(Self.maximumOutput) bytes")
            }
            switch statement {
            case .text(let text): output += text
            case .action(let pipe):
                let item = try evaluate(pipe, dot)
                if pipe.variables.isEmpty { output += item.printed } else { bind(pipe, item) }
            case .branch(.range, let pipe, let then, let otherwise):
                let flow = try range(pipe, then, otherwise, dot)
                if flow != .normal { return flow }
            case .branch(let kind, let pipe, let then, let otherwise):
                let scope = variables.count
                defer { variables.removeSubrange(scope...) }
                let item = try evaluate(pipe, dot)
                bind(pipe, item)
                let flow =
                    item.isTrue
                    ? try walk(then, kind == .with ? item : dot) : try walk(otherwise, dot)
                if flow != .normal { return flow }
            case .template(let name, let quoted, let pipe, let offset):
                try call(name, quoted, pipe, offset, dot)
            case .leave(let isBreak): return isBreak ? .leave : .proceed
            }
        }
        return .normal
    }

    private mutating func bind(_ pipe: GoPipe, _ item: GoItem) {
        for name in pipe.variables {
            if pipe.isAssignment {
                if let index = variables.lastIndex(where: { $0.name == name }) {
                    variables[index].item = item
                }
            } else {
                variables.append((name, item))
            }
        }
    }

    private mutating func range(
        _ pipe: GoPipe, _ body: [GoStatement], _ otherwise: [GoStatement], _ dot: GoItem
    ) throws(GoExecutionError) -> Flow {
        let scope = variables.count
        defer { variables.removeSubrange(scope...) }
        let item = try evaluate(pipe, dot)
        var pairs: [(GoItem, GoItem)] = []
        switch item.value {
        case .none, .some(.null): break
        case .some(.array(let values)):
            pairs = values.enumerated().map { (.constant(Value($0)), GoItem(value: $1)) }
        case .some(.object(let object)):
            pairs = object.sortedByName.map { (.text($0.key.name), GoItem(value: $0.value)) }
        default:
            // Go names the operand that it looked at last.
            throw error(
                "range can't iterate over \(item.printed)", last ?? pipe.commands[0].operands[0])
        }
        for (index, element) in pairs {
            defer { variables.removeSubrange(scope...) }
            switch pipe.variables.count {
            case 1: bind(pipe, element)
            case 2:
                bind(pipe, element)
                let place = variables.lastIndex { $0.name == pipe.variables[0] }
                if let place { variables[place].item = index }
            default: break
            }
            if try walk(body, element) == .leave { return .normal }
        }
        return pairs.isEmpty ? try walk(otherwise, dot) : .normal
    }

    private mutating func call(
        _ name: String, _ quoted: String, _ pipe: GoPipe?, _ offset: Int, _ dot: GoItem
    ) throws(GoExecutionError) {
        let place = "{{template \(quoted)\(pipe.map { " " + $0.text } ?? "")}}"
        guard let body = definitions[name] else {
            throw error("template \(GoSyntax.quoted(name)) not defined", place, at: offset)
        }
        guard depth < Self.maximumDepth else {
            throw error("exceeded maximum template depth (\(Self.maximumDepth))", place, at: offset)
        }
        var argument = GoItem.nothing
        if let pipe { argument = try evaluate(pipe, dot) }
        let outer = (variables, self.name)
        depth += 1
        variables = [("$", argument)]
        self.name = name
        defer {
            depth -= 1
            (variables, self.name) = outer
        }
        _ = try walk(body, argument)
    }

    // MARK: Pipes and operands

    private mutating func evaluate(
        _ pipe: GoPipe, _ dot: GoItem
    ) throws(GoExecutionError) -> GoItem {
        var item: GoItem?
        for command in pipe.commands {
            item = try evaluate(command, dot, final: item)
            // Null loses its type on the way out of a command.
            if item?.value?.isNull == true { item = .nothing }
            item?.isTyped = true
        }
        return item ?? .nothing
    }

    private mutating func evaluate(
        _ command: GoCommand, _ dot: GoItem, final: GoItem?
    ) throws(GoExecutionError) -> GoItem {
        let first = command.operands[0]
        last = first
        let hasArguments = command.operands.count > 1 || final != nil
        switch first.kind {
        case .function(let name):
            return try call(name, first, command, dot, final: final)
        case .field(let names):
            return try fields(dot, names, first, hasArguments)
        case .chain(let base, let names):
            return try fields(try argument(base, dot), names, first, hasArguments)
        case .variable(let names) where names.count > 1:
            return try fields(
                variable(names[0]), Array(names.dropFirst()), first, hasArguments)
        case .null: throw error("nil is not a command", first)
        case .dot, .bool, .number, .string, .variable, .pipe:
            guard !hasArguments else {
                throw error("can't give argument to non-function \(first.text)", first)
            }
            return try argument(first, dot)
        }
    }

    private func variable(_ name: String) -> GoItem {
        variables.last { $0.name == name }?.item ?? .nothing
    }

    /// The value of an operand that stands as an argument.
    private mutating func argument(
        _ operand: GoOperand, _ dot: GoItem
    ) throws(GoExecutionError) -> GoItem {
        last = operand
        switch operand.kind {
        case .dot: return dot
        case .null: return GoItem(value: .some(.null))
        case .bool(let flag): return .constant(.bool(flag))
        case .number(_, let value): return .constant(value)
        case .string(_, let text): return .text(text)
        case .field(let names): return try fields(dot, names, operand, false)
        case .variable(let names):
            return try fields(variable(names[0]), Array(names.dropFirst()), operand, false)
        case .chain(let base, let names):
            return try fields(try argument(base, dot), names, operand, false)
        case .pipe(let pipe): return try evaluate(pipe, dot)
        case .function(let name):
            let command = GoCommand(offset: operand.offset, operands: [operand])
            return try call(name, operand, command, dot, final: nil)
        }
    }

    private func fields(
        _ base: GoItem, _ names: [String], _ operand: GoOperand, _ hasArguments: Bool
    ) throws(GoExecutionError) -> GoItem {
        var item = base
        for (index, name) in names.enumerated() {
            switch item.value {
            case .none:
                guard allowsMissingKeys else {
                    throw error("nil data; no entry for key \(GoSyntax.quoted(name))", operand)
                }
                item = .nothing
            case .some(.null):
                throw error("nil pointer evaluating interface {}.\(name)", operand)
            case .some(.object(let object)):
                if hasArguments, index == names.count - 1 {
                    throw error("\(name) is not a method but has arguments", operand)
                }
                let key = Key(name)
                if object.contains(key) {
                    item = GoItem(value: object[key])
                } else {
                    guard allowsMissingKeys else {
                        throw error("map has no entry for key \(GoSyntax.quoted(name))", operand)
                    }
                    item = .nothing
                }
            default:
                let type = item.isTyped ? item.typeName : "interface {}"
                throw error("can't evaluate field \(name) in type \(type)", operand)
            }
        }
        return item
    }

    // MARK: Functions

    private mutating func call(
        _ name: String, _ operand: GoOperand, _ command: GoCommand, _ dot: GoItem, final: GoItem?
    ) throws(GoExecutionError) -> GoItem {
        guard let function = GoFunction(rawValue: name) else {
            throw error("function \(GoSyntax.quoted(name)) not defined", operand)
        }
        let count = command.operands.count - 1 + (final == nil ? 0 : 1)
        let (least, isVariadic) = function.arity
        guard isVariadic ? count >= least : count == least else {
            throw error(
                "wrong number of args for \(name): want \(isVariadic ? "at least " : "")\(least) "
                    + "got \(count)", operand)
        }
        var arguments: [GoItem] = []
        for operand in command.operands.dropFirst() {
            let item = try argument(operand, dot)
            arguments.append(item)
            // `and` and `or` look no further than they must.
            if function == .and, !item.isTrue { return item }
            if function == .or, item.isTrue { return item }
            if arguments.count == 1, function.takesString, item.value?.string == nil {
                throw error(Self.wantsString(operand, item), operand)
            }
        }
        if let final {
            if arguments.isEmpty, function.takesString, final.value?.string == nil {
                throw error(
                    "wrong type for value; expected string; got \(final.typeName)", command.text,
                    at: command.offset)
            }
            arguments.append(final)
        }
        do throws(GoFunctionError) {
            return try function.apply(arguments, command)
        } catch {
            throw self.error(
                "error calling \(name): \(error.message)", command.text, at: command.offset)
        }
    }

    private static func wantsString(_ operand: GoOperand, _ item: GoItem) -> String {
        switch operand.kind {
        case .number, .bool: return "expected string; found \(operand.text)"
        case .null: return "cannot assign nil to string"
        default:
            if item.value?.isNull ?? true { return "invalid value; expected string" }
            return "wrong type for value; expected string; got \(item.typeName)"
        }
    }
}
