import Value

/// A node of the filter: its place in ``JqProgram/nodes``.
typealias JqNode = Int

enum JqExpression {
    case identity, recurse
    case literal(Value)
    /// Texts and insertions, which a format writes.
    case string([JqPiece], format: JqFormat)
    case format(JqFormat)
    case index(JqNode, key: JqNode)
    case slice(JqNode, from: JqNode?, to: JqNode?)
    case iterate(JqNode)
    case list(JqNode?)
    case object([(key: JqNode, value: JqNode)])
    case negative(JqNode)
    case pipe(JqNode, JqNode)
    case comma(JqNode, JqNode)
    case arithmetic(JqArithmetic, JqNode, JqNode)
    case comparison(JqComparison, JqNode, JqNode)
    case and(JqNode, JqNode), or(JqNode, JqNode)
    case alternative(JqNode, JqNode)
    /// `=`: each value of the right side at all the paths of the left one.
    case assign(JqNode, JqNode)
    /// `|=`
    case update(JqNode, JqNode)
    /// `+=` and its like; nil is `//=`.
    case updateBy(JqArithmetic?, JqNode, JqNode)
    case condition(JqNode, JqNode, JqNode?)
    case attempt(JqNode, handler: JqNode?)
    case reduce(JqNode, JqPattern, start: JqNode, update: JqNode)
    case foreach(JqNode, JqPattern, start: JqNode, update: JqNode, extract: JqNode?)
    case bind(JqNode, JqPattern, body: JqNode)
    case define(JqDefinition, body: JqNode)
    /// A function that is defined `distance` bindings out; its arguments are filters.
    case call(distance: Int, JqDefinition, [JqNode])
    /// A function of the prelude, which sees no bindings.
    case prelude(JqDefinition, [JqNode])
    /// A parameter that is a filter.
    case parameter(distance: Int)
    case variable(distance: Int)
    case builtin(JqBuiltin, [JqNode])
    case label(JqNode)
    case leave(distance: Int)
    case environment
}

enum JqPiece {
    case text(String)
    case node(JqNode)
}

/// What `as` binds.
indirect enum JqPattern {
    case variable
    case list([JqPattern])
    case object([(key: JqPatternKey, pattern: JqPattern?)])
}

enum JqPatternKey {
    case node(JqNode)
    /// `{$x}`: the field of that name, also bound.
    case variable(String)
}

enum JqArithmetic: String {
    case add = "+", subtract = "-", multiply = "*", divide = "/", remainder = "%"
}

enum JqComparison: String {
    case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">",
        greaterOrEqual = ">="
}

enum JqFormat: String {
    case text, json, csv, tsv, html, uri, sh, base64, base64d
}

/// The place of a function in ``JqProgram/definitions``.
typealias JqDefinition = Int

struct JqFunction {
    let name: String
    /// The parameters that are values (`$x`) count as filters too.
    let parameters: [(name: String, isValue: Bool)]
    var body: JqNode
}

struct JqProgram {
    var nodes: [JqExpression] = []
    var definitions: [JqFunction] = []
    var main: JqNode = 0
}

/// Functions that are not written in jq itself, by name and number of arguments.
enum JqBuiltin: String, CaseIterable {
    case all0 = "all/0", any0 = "any/0", all2 = "all/2", any2 = "any/2"
    case add = "add/0", asciiDowncase = "ascii_downcase/0", asciiUpcase = "ascii_upcase/0"
    case ceil = "ceil/0", contains = "contains/1", del = "del/1", delpaths = "delpaths/1"
    case empty = "empty/0", endswith = "endswith/1", env = "env/0", error0 = "error/0", error1 =
        "error/1"
    case exp = "exp/0", explode = "explode/0", fabs = "fabs/0", first1 = "first/1", flatten0 =
        "flatten/0", flatten1 = "flatten/1"
    case floor = "floor/0", fromdate = "fromdate/0", fromdateiso8601 = "fromdateiso8601/0"
    case fromjson = "fromjson/0", getpath = "getpath/1", gmtime = "gmtime/0", groupBy =
        "group_by/1", halt = "halt/0"
    case haltError0 = "halt_error/0", haltError1 = "halt_error/1", has = "has/1", implode =
        "implode/0"
    case indices = "indices/1", infinite = "infinite/0", input = "input/0", inputs = "inputs/0"
    case inputFilename = "input_filename/0", isinfinite = "isinfinite/0", isnan = "isnan/0",
        isnormal = "isnormal/0"
    case join = "join/1", keys = "keys/0", keysUnsorted = "keys_unsorted/0", length = "length/0"
    case limit = "limit/2", log = "log/0", log10 = "log10/0", log2 = "log2/0", ltrimstr =
        "ltrimstr/1", ltrim = "ltrim/0"
    case match1 = "match/1", match2 = "match/2", max = "max/0", maxBy = "max_by/1", min = "min/0",
        minBy = "min_by/1"
    case mktime = "mktime/0", nan = "nan/0", not = "not/0", now = "now/0", path = "path/1", pow =
        "pow/2"
    case range1 = "range/1", range2 = "range/2", range3 = "range/3", recurse1 = "recurse/1"
    case reverse = "reverse/0", round = "round/0", rtrimstr = "rtrimstr/1", rtrim = "rtrim/0",
        setpath = "setpath/2"
    case sort = "sort/0", sortBy = "sort_by/1", split1 = "split/1", split2 = "split/2", sqrt =
        "sqrt/0"
    case startswith = "startswith/1", sub = "sub/3", strftime = "strftime/1", test1 = "test/1",
        test2 = "test/2"
    case todate = "todate/0", todateiso8601 = "todateiso8601/0", tojson = "tojson/0", tonumber =
        "tonumber/0"
    case tostring = "tostring/0", transpose = "transpose/0", trim = "trim/0", trunc = "trunc/0",
        type = "type/0"
    case unique = "unique/0", uniqueBy = "unique_by/1", until = "until/2", utf8bytelength =
        "utf8bytelength/0"
}
