import Support
import Value

/// What ends a filter before its outputs do.
enum JqStop: Error {
    /// An error that `try` catches.
    case failure(Value)
    /// `break` out of a label, by its number.
    case leave(Int)
    /// The whole tool ends.
    case tool(ToolStop)
    case halt(status: Int32, message: Value?)

    static func failure(_ message: String) -> JqStop { .failure(Value(message)) }
}

/// What is in force at a node: a chain from the innermost binding out.
final class JqScope {
    enum Binding {
        case value(Value)
        case filter(JqNode, JqScope?)
        case function
        case label(Int)
    }

    let outer: JqScope?
    let binding: Binding

    init(_ outer: JqScope?, _ binding: Binding) {
        self.outer = outer
        self.binding = binding
    }
}

extension JqScope? {
    func at(_ distance: Int) -> JqScope? {
        var scope = self
        for _ in 0..<distance { scope = scope?.outer }
        return scope
    }
}

/// Where a value stands in the input of the filter whose paths are asked for.
final class JqPath {
    private let outer: JqPath?
    private let key: Value
    private let kind: Kind

    private enum Kind { case root, step, nowhere }

    private init(_ outer: JqPath?, _ key: Value, _ kind: Kind) {
        self.outer = outer
        self.key = key
        self.kind = kind
    }

    static var root: JqPath { JqPath(nil, .null, .root) }

    /// The path of a value that was made, not found.
    static var nowhere: JqPath { JqPath(nil, .null, .nowhere) }

    var isNowhere: Bool { kind == .nowhere }

    func appending(_ key: Value) -> JqPath { JqPath(self, key, .step) }

    var keys: [Value] {
        var keys: [Value] = []
        var path: JqPath? = self
        while let next = path, next.kind == .step {
            keys.append(next.key)
            path = next.outer
        }
        return keys.reversed()
    }
}

/// Runs a filter: each output is handed on as soon as it is there, with its path where paths are
/// asked for.
final class JqMachine {
    typealias Output = (Value, JqPath?) throws(JqStop) -> Void

    let program: JqProgram
    let call: ToolCall
    private let stack: DeepStack
    var reader: JqReader
    private var labels = 0
    private var constructions = 0
    let environment: Value

    static let maximumDepth = 10_000

    init(_ program: JqProgram, _ call: ToolCall, _ reader: JqReader, _ stack: DeepStack) {
        self.program = program
        self.call = call
        self.reader = reader
        self.stack = stack
        var fields = Object()
        for name in call.context.environment.keys.sorted() {
            fields.set(Key(name), to: Value(call.context.environment[name] ?? ""))
        }
        environment = .object(fields)
    }

    func step() throws(JqStop) {
        if stack.isUsedUp { throw .failure("nested too deeply") }
        do throws(ToolStop) { try call.step() } catch { throw .tool(error) }
    }

    func check(size: Int) throws(JqStop) {
        do throws(ToolStop) { try call.check(size: size) } catch { throw .tool(error) }
    }

    // MARK: Expressions

    /// The outputs of a node for an input.
    ///
    /// - Parameter path: where the input stands; nil where paths are not asked for.
    func run(
        _ node: JqNode, _ input: Value, _ path: JqPath?, _ scope: JqScope?, _ output: Output
    ) throws(JqStop) {
        try step()
        switch program.nodes[node] {
        case .identity: try output(input, path)
        case .recurse: try recurse(input, path, output)
        case .literal(let value): try output(value, made(path))
        case .string(let pieces, let format):
            try string(pieces[...], "", format, input, scope) { text throws(JqStop) in
                try output(Value(text), self.made(path))
            }
        case .format(let format):
            try output(Value(JqText.formatted(input, format)), made(path))
        case .index(let term, let key): try element(term, key, input, path, scope, output)
        case .slice(let term, let from, let to):
            try slice(term, from, to, input, path, scope, output)
        case .iterate(let term): try elements(term, input, path, scope, output)
        case .list(let inner): try list(inner, input, path, scope, output)
        case .object(let fields): try object(fields, input, path, scope, output)
        case .negative(let inner): try negative(inner, input, path, scope, output)
        case .pipe(let left, let right): try pipe(left, right, input, path, scope, output)
        case .comma(let left, let right):
            try run(left, input, path, scope, output)
            try run(right, input, path, scope, output)
        case .arithmetic(let arithmetic, let left, let right):
            try combine(arithmetic, left, right, input, path, scope, output)
        case .comparison(let comparison, let left, let right):
            try compare(comparison, left, right, input, path, scope, output)
        case .and(let left, let right):
            try logic(left, right, stopsAt: false, input, path, scope, output)
        case .or(let left, let right):
            try logic(left, right, stopsAt: true, input, path, scope, output)
        case .alternative(let left, let right):
            try alternative(left, right, input, path, scope, output)
        case .assign, .update, .updateBy:
            try assign(program.nodes[node], input, path, scope, output)
        case .condition(let condition, let yes, let no):
            try choose(condition, yes, no, input, path, scope, output)
        case .attempt(let body, let handler): try attempt(body, handler, input, path, scope, output)
        case .reduce(let source, let pattern, let start, let update):
            try reduce(source, pattern, start, update, input, path, scope, output)
        case .foreach(let source, let pattern, let start, let update, let extract):
            try foreach(source, pattern, (start, update, extract), input, path, scope, output)
        case .bind(let source, let pattern, let body):
            try bind(source, pattern, body, input, path, scope, output)
        case .define(_, let body): try run(body, input, path, JqScope(scope, .function), output)
        case .call(let distance, let definition, let arguments):
            try run(definition, arguments, outer: scope.at(distance), input, path, scope, output)
        case .prelude(let definition, let arguments):
            try run(
                definition, arguments, outer: JqScope(nil, .function), input, path, scope, output)
        case .parameter(let distance):
            if case .filter(let node, let inner)? = scope.at(distance)?.binding {
                try run(node, input, path, inner, output)
            }
        case .variable(let distance):
            if case .value(let value)? = scope.at(distance)?.binding {
                try output(value, made(path))
            }
        case .builtin(let builtin, let arguments):
            try run(builtin, arguments, input, path, scope, output)
        case .label(let body): try label(body, input, path, scope, output)
        case .leave(let distance):
            if case .label(let label)? = scope.at(distance)?.binding { throw .leave(label) }
        case .environment: try output(environment, made(path))
        }
    }

    /// The outputs without their paths.
    func values(
        _ node: JqNode, _ input: Value, _ scope: JqScope?, _ output: (Value) throws(JqStop) -> Void
    ) throws(JqStop) {
        try run(node, input, nil, scope) { value, _ throws(JqStop) in try output(value) }
    }

    /// The path of a value that is made here.
    func made(_ path: JqPath?) -> JqPath? { path == nil ? nil : .nowhere }

    /// The path of an element; an error where the value it is taken of was made.
    func step(_ path: JqPath?, _ key: Value, _ value: Value) throws(JqStop) -> JqPath? {
        guard let path else { return nil }
        if path.isNowhere { throw invalidPath(value) }
        return path.appending(key)
    }

    func invalidPath(_ value: Value) -> JqStop {
        .failure("Invalid path expression with result \(JqText.short(value, limit: 30))")
    }

    /// A value that was put together, which must not nest without end.
    func constructed(_ value: Value) throws(JqStop) -> Value {
        constructions += 1
        // Each one adds few levels, so it is enough to look now and then.
        guard constructions % 64 == 0 else { return value }
        if !JqText.isShallow(value, limit: Self.maximumDepth) {
            throw .failure("a value of more than \(Self.maximumDepth) levels")
        }
        return value
    }

    /// Runs work that can be left by throwing ``JqStop/leave(_:)`` with the number it is given.
    func leavable(_ work: (Int) throws(JqStop) -> Void) throws(JqStop) {
        labels += 1
        let label = labels
        do throws(JqStop) {
            try work(label)
        } catch {
            if case .leave(label) = error { return }
            throw error
        }
    }

    // MARK: Functions

    private func run(
        _ definition: JqDefinition, _ arguments: [JqNode], outer: JqScope?, _ input: Value,
        _ path: JqPath?, _ caller: JqScope?, _ output: Output
    ) throws(JqStop) {
        let function = program.definitions[definition]
        try bind(
            function.parameters[...], arguments[...], outer, input, caller
        ) { scope throws(JqStop) in
            try self.run(function.body, input, path, scope, output)
        }
    }

    /// Binds parameters: a filter as it is, a value once for each output of its argument.
    private func bind(
        _ parameters: ArraySlice<(name: String, isValue: Bool)>, _ arguments: ArraySlice<JqNode>,
        _ scope: JqScope?, _ input: Value, _ caller: JqScope?,
        _ body: (JqScope?) throws(JqStop) -> Void
    ) throws(JqStop) {
        guard let parameter = parameters.first, let argument = arguments.first else {
            return try body(scope)
        }
        let (parameters, arguments) = (parameters.dropFirst(), arguments.dropFirst())
        guard parameter.isValue else {
            let inner = JqScope(scope, .filter(argument, caller))
            return try bind(parameters, arguments, inner, input, caller, body)
        }
        try values(argument, input, caller) { value throws(JqStop) in
            // The name without its `$` is a filter that gives the value.
            let filter = JqScope(scope, .filter(argument, caller))
            let inner = JqScope(filter, .value(value))
            try self.bind(parameters, arguments, inner, input, caller, body)
        }
    }

    /// Binds what a pattern names.
    func bind(
        _ pattern: JqPattern, to value: Value, _ scope: JqScope?,
        _ body: (JqScope?) throws(JqStop) -> Void
    ) throws(JqStop) {
        switch pattern {
        case .variable: try body(JqScope(scope, .value(value)))
        case .list(let parts): try bind(parts[...], at: 0, value, scope, body)
        case .object(let fields): try bind(fields[...], value, scope, body)
        }
    }

    private func bind(
        _ parts: ArraySlice<JqPattern>, at index: Int, _ value: Value, _ scope: JqScope?,
        _ body: (JqScope?) throws(JqStop) -> Void
    ) throws(JqStop) {
        guard let part = parts.first else { return try body(scope) }
        let element = try JqPaths.element(of: value, .int(Int64(index)))
        try bind(part, to: element, scope) { inner throws(JqStop) in
            try self.bind(parts.dropFirst(), at: index + 1, value, inner, body)
        }
    }

    private func bind(
        _ fields: ArraySlice<(key: JqPatternKey, pattern: JqPattern?)>, _ value: Value,
        _ scope: JqScope?, _ body: (JqScope?) throws(JqStop) -> Void
    ) throws(JqStop) {
        guard let field = fields.first else { return try body(scope) }
        let rest = fields.dropFirst()
        func bindRest(_ element: Value, _ scope: JqScope?) throws(JqStop) {
            guard let pattern = field.pattern else { return try bind(rest, value, scope, body) }
            try bind(pattern, to: element, scope) { inner throws(JqStop) in
                try self.bind(rest, value, inner, body)
            }
        }
        switch field.key {
        case .variable(let name):
            let element = try JqPaths.element(of: value, Value(name))
            try bindRest(element, JqScope(scope, .value(element)))
        case .node(let node):
            try values(node, value, scope) { key throws(JqStop) in
                guard case .text = key else {
                    throw .failure("Cannot index \(value.jqTypeName) with \(key.jqTypeName)")
                }
                try bindRest(try JqPaths.element(of: value, key), scope)
            }
        }
    }
}

extension Value {
    var isJqTrue: Bool {
        switch self {
        case .null, .bool(false): false
        case .bool, .int, .double, .text, .array, .object, .opaque: true
        }
    }

    var jqTypeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .int, .double: "number"
        case .text, .opaque: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
