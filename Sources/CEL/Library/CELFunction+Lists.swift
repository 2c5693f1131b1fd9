/// Functions of lists, sets and maps.
enum CELListFunction: String, CaseIterable, Sendable {
    case isSorted, sum, min, max
    case slice, flatten, sort, distinct
    case sortByKeys = "@sortByAssociatedKeys"
    case range = "lists.range"
    case contains = "sets.contains"
    case equivalent = "sets.equivalent"
    case intersects = "sets.intersects"
    case insert = "cel.@mapInsert"

    var library: CELLibraries {
        switch self {
        case .isSorted, .sum, .min, .max: .kubernetes
        case .slice, .flatten, .sort, .distinct, .sortByKeys, .range: .lists
        case .contains, .equivalent, .intersects: .sets
        case .insert: .twoVariables
        }
    }

    /// The types that have an order among themselves.
    private static let ordered = [
        "int", "uint", "double", "bool", "duration", "timestamp", "string", "bytes",
    ]

    var signatures: [String] {
        switch self {
        case .isSorted: Self.ordered.map { "list(\($0)).() -> bool" }
        case .sum:
            ["int", "uint", "double", "duration"].map { "list(\($0)).() -> \($0)" }
        case .min, .max: Self.ordered.map { "list(\($0)).() -> \($0)" }
        case .slice: ["list(T).(int, int) -> list(T)"]
        case .flatten: ["list(list(T)).() -> list(T)", "list(dyn).(int) -> list(dyn)"]
        case .sort: Self.ordered.map { "list(\($0)).() -> list(\($0))" }
        case .sortByKeys: Self.ordered.map { "list(T).(list(\($0))) -> list(T)" }
        case .distinct: ["list(T).() -> list(T)"]
        case .range: ["(int) -> list(int)"]
        case .contains, .equivalent, .intersects: ["(list(T), list(T)) -> bool"]
        case .insert:
            ["(map(K, V), K, V) -> map(K, V)", "(map(K, V), map(K, V)) -> map(K, V)"]
        }
    }
}

/// Functions of cel-go's extension "math".
enum CELMathFunction: String, CaseIterable, Sendable {
    case greatest = "math.@max"
    case least = "math.@min"
    case ceil = "math.ceil"
    case floor = "math.floor"
    case round = "math.round"
    case trunc = "math.trunc"
    case abs = "math.abs"
    case sign = "math.sign"
    case isNaN = "math.isNaN"
    case isInf = "math.isInf"
    case isFinite = "math.isFinite"
    case sqrt = "math.sqrt"
    case bitAnd = "math.bitAnd"
    case bitOr = "math.bitOr"
    case bitXor = "math.bitXor"
    case bitNot = "math.bitNot"
    case bitShiftLeft = "math.bitShiftLeft"
    case bitShiftRight = "math.bitShiftRight"

    private static let numbers = ["double", "int", "uint"]

    var signatures: [String] {
        switch self {
        case .greatest, .least: Self.extremes
        case .ceil, .floor, .round, .trunc: ["(double) -> double"]
        case .abs, .sign: Self.numbers.map { "(\($0)) -> \($0)" }
        case .isNaN, .isInf, .isFinite: ["(double) -> bool"]
        case .sqrt: Self.numbers.map { "(\($0)) -> double" }
        case .bitAnd, .bitOr, .bitXor: ["(int, int) -> int", "(uint, uint) -> uint"]
        case .bitNot: ["(int) -> int", "(uint) -> uint"]
        case .bitShiftLeft, .bitShiftRight: ["(int, int) -> int", "(uint, int) -> uint"]
        }
    }

    private static var extremes: [String] {
        var rows = numbers.map { "(\($0)) -> \($0)" }
        for left in numbers {
            for right in numbers {
                rows.append("(\(left), \(right)) -> \(left == right ? left : "dyn")")
            }
        }
        return rows + (numbers + ["dyn"]).map { "(list(\($0))) -> \($0)" }
    }
}
