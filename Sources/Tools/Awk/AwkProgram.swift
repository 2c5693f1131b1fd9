import Patterns

/// A node of the program: its place in ``AwkProgram/expressions`` or ``AwkProgram/statements``.
typealias AwkNode = Int

enum AwkExpression {
    case number(Double)
    case text([UInt8])
    /// A pattern that stands alone matches the record.
    case pattern(Pattern)
    case variable(Int)
    case element(array: Int, [AwkNode])
    case field(AwkNode)
    case not(AwkNode), negative(AwkNode), positive(AwkNode)
    /// Operands from left to right, each with the operator before it; the first has none that
    /// counts.
    case chain([(operation: AwkOperator, operand: AwkNode)])
    case power(AwkNode, AwkNode)
    case joined([AwkNode])
    case all([AwkNode]), any([AwkNode])
    case comparison(AwkComparison, AwkNode, AwkNode)
    case match(AwkNode, pattern: AwkNode, isNegated: Bool)
    case choice(AwkNode, AwkNode, AwkNode)
    case contains(array: Int, [AwkNode])
    case assign(target: AwkNode, AwkOperator?, AwkNode)
    /// Adds to the target; the value is that before or after.
    case step(target: AwkNode, Double, isPrefix: Bool)
    case call(AwkFunction, [AwkNode])
    /// `length(array)`.
    case count(array: Int)
    case split(AwkNode, array: Int, AwkNode?)
    case group(AwkNode)
}

enum AwkOperator: String {
    case add = "+", subtract = "-", multiply = "*", divide = "/", remainder = "%", power = "^"
}

enum AwkComparison: String, CaseIterable {
    case less = "<", lessOrEqual = "<=", equal = "==", notEqual = "!=", greater = ">",
        greaterOrEqual = ">="
}

enum AwkFunction: String, CaseIterable {
    case atan2, close, cos, exp, fflush, gsub, index, int, length, log, match, rand, sin, split,
        sprintf, sqrt, srand, sub, substr, tolower, toupper

    /// How many arguments it takes.
    var arity: ClosedRange<Int> {
        switch self {
        case .rand: 0...0
        case .srand, .length, .fflush: 0...1
        case .close, .cos, .exp, .int, .log, .sin, .sqrt, .tolower, .toupper: 1...1
        case .atan2, .index, .match: 2...2
        case .gsub, .sub, .split, .substr: 2...3
        case .sprintf: 1...1_000
        }
    }
}

enum AwkStatement {
    case block([AwkNode])
    case expression(AwkNode)
    case print([AwkNode], AwkOutput?)
    case printf([AwkNode], AwkOutput?)
    case when(AwkNode, AwkNode, AwkNode?)
    case loop(condition: AwkNode?, step: AwkNode?, body: AwkNode, checksFirst: Bool)
    case each(variable: AwkNode, array: Int, body: AwkNode)
    case delete(array: Int, [AwkNode])
    case next, stop, again
    case exit(AwkNode?)
}

/// `> file` or `>> file` behind `print`.
struct AwkOutput {
    let path: AwkNode
    let appends: Bool
}

enum AwkTrigger {
    case begin, end, always
    case when(AwkNode)
    case range(AwkNode, AwkNode)
}

/// A program: rules over nodes in two lists, and the names of variables and arrays by their slots.
struct AwkProgram {
    var rules: [(trigger: AwkTrigger, body: AwkNode?)] = []
    var expressions: [AwkExpression] = []
    var statements: [AwkStatement] = []
    private(set) var variables: [String: Int] = [:]
    private(set) var arrays: [String: Int] = [:]

    init() {
        for name in AwkVariable.allCases { _ = variable(name.rawValue) }
        for name in AwkProgram.knownArrays { _ = array(name) }
    }

    /// In the order of their slots.
    static let knownArrays = ["ENVIRON", "ARGV"]

    mutating func variable(_ name: String) -> Int {
        if let slot = variables[name] { return slot }
        variables[name] = variables.count
        return variables.count - 1
    }

    mutating func array(_ name: String) -> Int {
        if let slot = arrays[name] { return slot }
        arrays[name] = arrays.count
        return arrays.count - 1
    }

    func isArray(_ name: String) -> Bool { arrays[name] != nil }

    func isVariable(_ name: String) -> Bool { variables[name] != nil }

    /// Whether it reads any input.
    var readsInput: Bool {
        rules.contains { rule in
            if case .begin = rule.trigger { false } else { true }
        }
    }
}

/// The variables that awk sets or heeds, by their slots.
enum AwkVariable: String, CaseIterable {
    case nf = "NF", nr = "NR", fnr = "FNR", fs = "FS", ofs = "OFS", rs = "RS", ors = "ORS",
        fileName = "FILENAME", subsep = "SUBSEP", rstart = "RSTART", rlength = "RLENGTH",
        convfmt = "CONVFMT", ofmt = "OFMT", argc = "ARGC"

    var slot: Int { Self.slots[self] ?? 0 }

    private static let slots = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}
