/// Every function of the language, by aspect: each file of the evaluator switches over one of them.
/// Which way to call a function is meant, its arguments decide when it runs.
enum CELFunction: Hashable, Sendable {
    case operation(CELOperation)
    case conversion(CELConversion)
    case text(CELTextFunction)
    case time(CELTimeFunction)
    case optional(CELOptionalFunction)
    case list(CELListFunction)
    case network(CELNetworkFunction)
    case measure(CELMeasureFunction)
    case math(CELMathFunction)
    case authorizer(CELAuthorizerFunction)

    /// The name in expressions and messages.
    var name: String {
        switch self {
        case .operation(let function): function.rawValue
        case .conversion(let function): function.rawValue
        case .text(let function): function.rawValue
        case .time(let function): function.rawValue
        case .optional(let function): function.rawValue
        case .list(let function): function.rawValue
        case .network(let function): function.rawValue
        case .measure(let function): function.rawValue
        case .math(let function): function.rawValue
        case .authorizer(let function): function.rawValue
        }
    }

    /// A function as a library offers it.
    struct Row: Sendable {
        let name: String
        let function: CELFunction
        /// Nil for what every environment has.
        let library: CELLibraries?
        let signatures: [CELSignature]

        init(
            _ name: String, _ function: CELFunction, _ library: CELLibraries?,
            _ signatures: [String]
        ) {
            self.name = name
            self.function = function
            self.library = library
            self.signatures = signatures.map { CELSignature($0) }
        }
    }

    /// All functions of all libraries; a name can stand here more than once.
    static let rows: [Row] =
        CELOperation.allCases.map { Row($0.rawValue, .operation($0), nil, $0.signatures) }
        + CELConversion.allCases.map { Row($0.rawValue, .conversion($0), nil, $0.signatures) }
        + CELConversion.allCases.flatMap(\.furtherRows)
        + CELTextFunction.allCases.flatMap(\.rows)
        + CELTimeFunction.allCases.map { Row($0.rawValue, .time($0), nil, $0.signatures) }
        + CELOptionalFunction.allCases.map {
            Row($0.rawValue, .optional($0), $0.library, $0.signatures)
        }
        + CELListFunction.allCases.map { Row($0.rawValue, .list($0), $0.library, $0.signatures) }
        + CELNetworkFunction.allCases.map {
            Row($0.rawValue, .network($0), .kubernetes, $0.signatures)
        }
        + CELMeasureFunction.allCases.map {
            Row($0.rawValue, .measure($0), .kubernetes, $0.signatures)
        }
        + CELMathFunction.allCases.map { Row($0.rawValue, .math($0), .math, $0.signatures) }
        + CELAuthorizerFunction.allCases.map {
            Row($0.rawValue, .authorizer($0), .kubernetes, $0.signatures)
        }
}

/// The operators, and what is written like a function and belongs to the language.
enum CELOperation: String, CaseIterable, Sendable {
    case conditional = "_?_:_"
    case and = "_&&_"
    case or = "_||_"
    case not = "!_"
    case notStrictlyFalse = "@not_strictly_false"
    case equal = "_==_"
    case notEqual = "_!=_"
    case add = "_+_"
    case divide = "_/_"
    case remainder = "_%_"
    case multiply = "_*_"
    case negate = "-_"
    case subtract = "_-_"
    case less = "_<_"
    case lessOrEqual = "_<=_"
    case greater = "_>_"
    case greaterOrEqual = "_>=_"
    case index = "_[_]"
    case isIn = "@in"
    case size = "size"

    var signatures: [String] {
        switch self {
        case .conditional: ["(bool, A, A) -> A"]
        case .and, .or: ["(bool, bool) -> bool"]
        case .not, .notStrictlyFalse: ["(bool) -> bool"]
        case .equal, .notEqual: ["(A, A) -> bool"]
        case .add:
            [
                "(bytes, bytes) -> bytes", "(double, double) -> double",
                "(duration, duration) -> duration", "(duration, timestamp) -> timestamp",
                "(timestamp, duration) -> timestamp", "(int, int) -> int",
                "(list(A), list(A)) -> list(A)", "(string, string) -> string",
                "(uint, uint) -> uint",
            ]
        case .divide, .multiply:
            ["(double, double) -> double", "(int, int) -> int", "(uint, uint) -> uint"]
        case .remainder: ["(int, int) -> int", "(uint, uint) -> uint"]
        case .negate: ["(double) -> double", "(int) -> int"]
        case .subtract:
            [
                "(double, double) -> double", "(duration, duration) -> duration",
                "(int, int) -> int", "(timestamp, duration) -> timestamp",
                "(timestamp, timestamp) -> duration", "(uint, uint) -> uint",
            ]
        case .less, .lessOrEqual, .greater, .greaterOrEqual: Self.orders
        case .index:
            [
                "(list(A), int) -> A", "(map(A, B), A) -> B",
                "(optional(list(A)), int) -> optional(A)",
                "(optional(map(A, B)), A) -> optional(B)",
            ]
        case .isIn: ["(A, list(A)) -> bool", "(A, map(A, B)) -> bool"]
        case .size:
            [
                "(bytes) -> int", "bytes.() -> int", "(list(A)) -> int", "list(A).() -> int",
                "(map(A, B)) -> int", "map(A, B).() -> int", "(string) -> int",
                "string.() -> int",
            ]
        }
    }

    private static let orders = [
        "(bool, bool) -> bool", "(int, int) -> bool", "(int, double) -> bool",
        "(int, uint) -> bool", "(uint, uint) -> bool", "(uint, double) -> bool",
        "(uint, int) -> bool", "(double, double) -> bool", "(double, int) -> bool",
        "(double, uint) -> bool", "(string, string) -> bool", "(bytes, bytes) -> bool",
        "(timestamp, timestamp) -> bool", "(duration, duration) -> bool",
    ]
}

/// Functions that make a value of another type.
enum CELConversion: String, CaseIterable, Sendable {
    case type, bool, bytes, double, duration, dyn, int, string, timestamp, uint

    var signatures: [String] {
        switch self {
        case .type: ["(A) -> type(A)"]
        case .bool: ["(bool) -> bool", "(string) -> bool"]
        case .bytes: ["(bytes) -> bytes", "(string) -> bytes"]
        case .double:
            [
                "(double) -> double", "(int) -> double", "(string) -> double",
                "(uint) -> double",
            ]
        case .duration: ["(duration) -> duration", "(int) -> duration", "(string) -> duration"]
        case .dyn: ["(A) -> dyn"]
        case .int:
            [
                "(int) -> int", "(double) -> int", "(duration) -> int", "(string) -> int",
                "(timestamp) -> int", "(uint) -> int",
            ]
        case .string:
            [
                "(string) -> string", "(bool) -> string", "(bytes) -> string",
                "(double) -> string", "(duration) -> string", "(int) -> string",
                "(timestamp) -> string", "(uint) -> string",
            ]
        case .timestamp:
            ["(timestamp) -> timestamp", "(int) -> timestamp", "(string) -> timestamp"]
        case .uint:
            ["(uint) -> uint", "(double) -> uint", "(int) -> uint", "(string) -> uint"]
        }
    }

    /// What other libraries add to it.
    var furtherRows: [CELFunction.Row] {
        guard self == .string else { return [] }
        return [
            CELFunction.Row(
                rawValue, .conversion(self), .kubernetes,
                ["(net.IP) -> string", "(net.CIDR) -> string"])
        ]
    }
}

/// Parts of a point in time or of a length of time.
enum CELTimeFunction: String, CaseIterable, Sendable {
    case getFullYear, getMonth, getDayOfYear, getDayOfMonth, getDate, getDayOfWeek
    case getHours, getMinutes, getSeconds, getMilliseconds

    var signatures: [String] {
        let instants = ["timestamp.() -> int", "timestamp.(string) -> int"]
        switch self {
        case .getFullYear, .getMonth, .getDayOfYear, .getDayOfMonth, .getDate, .getDayOfWeek:
            return instants
        case .getHours, .getMinutes, .getSeconds, .getMilliseconds:
            return instants + ["duration.() -> int"]
        }
    }
}

/// Values that may be absent. `or` and `orValue` look at their second side only where they must, and
/// are nodes of their own.
enum CELOptionalFunction: String, CaseIterable, Sendable {
    case of = "optional.of"
    case ofNonZeroValue = "optional.ofNonZeroValue"
    case none = "optional.none"
    case value, hasValue, or, orValue
    case optionalIndex = "_[?_]"
    case first, last
    case unwrap = "optional.unwrap"
    case unwrapOpt

    var library: CELLibraries {
        switch self {
        case .of, .ofNonZeroValue, .none, .value, .hasValue, .or, .orValue, .optionalIndex:
            .optionals
        case .first, .last, .unwrap, .unwrapOpt: .optionalLists
        }
    }

    var signatures: [String] {
        switch self {
        case .of, .ofNonZeroValue: ["(V) -> optional(V)"]
        case .none: ["() -> optional(V)"]
        case .value: ["optional(V).() -> V"]
        case .hasValue: ["optional(V).() -> bool"]
        case .or: ["optional(V).(optional(V)) -> optional(V)"]
        case .orValue: ["optional(V).(V) -> V"]
        case .optionalIndex:
            [
                "(list(V), int) -> optional(V)", "(optional(list(V)), int) -> optional(V)",
                "(map(K, V), K) -> optional(V)", "(optional(map(K, V)), K) -> optional(V)",
            ]
        case .first, .last: ["list(V).() -> optional(V)"]
        case .unwrap: ["(list(optional(V))) -> list(V)"]
        case .unwrapOpt: ["list(optional(V)).() -> list(V)"]
        }
    }
}
