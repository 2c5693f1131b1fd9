import Support
import Value

/// A built-in function: everything there is to know about it, so that calls, help, completion and
/// documentation come from one row.
package struct Builtin: Sendable {
    package let name: String
    package let parameters: [BuiltinParameter]
    /// One sentence on what it gives.
    package let summary: String
    /// A call and what it gives, for the documentation.
    package let example: String
    /// Reads virtual time, so that it cannot stand in a condition over time.
    package let readsClock: Bool
    /// Reads the cluster, so that it can be watched over time.
    package let readsResources: Bool

    let run: @Sendable (inout Evaluator, Arguments) throws -> Value

    init(
        _ name: String, _ parameters: [BuiltinParameter], _ summary: String, example: String,
        readsClock: Bool = false, readsResources: Bool = false,
        run: @escaping @Sendable (inout Evaluator, Arguments) throws -> Value
    ) {
        self.name = name
        self.parameters = parameters
        self.summary = summary
        self.example = example
        self.readsClock = readsClock
        self.readsResources = readsResources
        self.run = run
    }

    /// How many arguments a call must have at least.
    package var required: Int { parameters.count { !$0.isOptional } }

    /// How many arguments a call can have; `Int.max` where the last parameter repeats.
    package var maximum: Int { parameters.last?.repeats == true ? .max : parameters.count }

    /// `substring(text, start, end?)`
    package var signature: String {
        let names = parameters.map {
            $0.name + ($0.isOptional ? "?" : "") + ($0.repeats ? "…" : "")
        }
        return "\(name)(\(names.joined(separator: ", ")))"
    }
}

/// A parameter of a built-in function.
package struct BuiltinParameter: Sendable, ExpressibleByStringLiteral {
    package let name: String
    package let isOptional: Bool
    /// Takes any number of further arguments.
    package let repeats: Bool

    init(_ name: String, isOptional: Bool = false, repeats: Bool = false) {
        self.name = name
        self.isOptional = isOptional
        self.repeats = repeats
    }

    package init(stringLiteral value: String) { self.init(value) }

    static func optional(_ name: String) -> BuiltinParameter {
        BuiltinParameter(name, isOptional: true)
    }

    static func rest(_ name: String) -> BuiltinParameter {
        BuiltinParameter(name, repeats: true)
    }
}

/// Where the arguments of a call lie.
struct Arguments {
    let builtin: Int
    let first: Int
    let count: Int
    /// The call, for functions that the built-in calls in turn.
    let node: NodeIndex
}

/// The registry of built-in functions.
package enum Builtins {
    /// All rows, by group.
    // tidy: lists static let (\w+): \[Builtin\] of Sources/Language/Builtins
    package static let all: [Builtin] =
        collections + reshaping + structures + encodings + numbers + texts + units + values + world

    /// The names, in the order of the rows.
    package static let names: [String] = all.map(\.name)

    static let index: [String: Int] = Dictionary(
        uniqueKeysWithValues: all.enumerated().map { ($1.name, $0) })

    /// The row of a name.
    package static func named(_ name: String) -> Builtin? { index[name].map { all[$0] } }
}

// MARK: - Reading arguments

extension Evaluator {
    /// The argument at `index`; null where it was left out.
    func value(_ arguments: Arguments, _ index: Int) -> Value {
        index < arguments.count ? stack[arguments.first + index] : .null
    }

    /// The argument, taken out of its place on the stack so that it can be changed without a copy.
    mutating func taken(_ arguments: Arguments, _ index: Int) -> Value {
        index < arguments.count ? stack.take(arguments.first + index) : .null
    }

    /// All arguments from `index` on.
    func values(_ arguments: Arguments, from index: Int) -> [Value] {
        stack.values(from: arguments.first + index, count: arguments.count - index)
    }

    func wrong(_ arguments: Arguments, _ index: Int, _ expected: String) -> RuntimeError {
        let builtin = Builtins.all[arguments.builtin]
        let found = value(arguments, index)
        if let absent = found.absentObject { return absent.error }
        let parameter = builtin.parameters[min(index, builtin.parameters.count - 1)]
        return .argument(
            function: builtin.name, parameter: parameter.name, expected: expected, found: found)
    }

    func text(_ arguments: Arguments, _ index: Int) throws -> String {
        if let text = value(arguments, index).fieldText { return text }
        throw wrong(arguments, index, "text")
    }

    func integer(_ arguments: Arguments, _ index: Int, default missing: Int? = nil) throws -> Int {
        if case .int(let number) = value(arguments, index) { return Int(number) }
        if let missing, index >= arguments.count { return missing }
        throw wrong(arguments, index, "an integer")
    }

    /// The items of a list or a range.
    func list(_ arguments: Arguments, _ index: Int) throws -> [Value] {
        switch value(arguments, index) {
        case .array(let values): return values
        case .opaque(let range as RangeValue):
            guard range.count <= limits.items else { throw RuntimeError.itemCount(limits.items) }
            return Value.opaque(range).sequence
        default: throw wrong(arguments, index, "a list or a range")
        }
    }

    func map(_ arguments: Arguments, _ index: Int) throws -> Object {
        if case .object(let object) = value(arguments, index) { return object }
        throw wrong(arguments, index, "a map")
    }

    /// A text that a built-in made, within the limit.
    func textValue(_ text: String) throws -> Value { try checked(Value(text)) }

    /// Throws where a result would have too many items.
    func checkItems(_ count: Int) throws {
        if count > limits.items { throw RuntimeError.itemCount(limits.items) }
    }
}
