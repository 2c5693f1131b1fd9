import Patterns

/// The place of a node in its program.
typealias CELNodeID = Int32

/// A step of an evaluation: plain data, what does not fit lies in the tables of ``CELCode``.
enum CELNode: Sendable {
    /// A value of the table of constants.
    case constant(Int32)
    /// A variable of the environment.
    case variable(Int32)
    /// A variable of a macro.
    case local(Int32)
    /// The field of an operand; the name is a text of the table.
    case select(CELNodeID, Int32)
    case optionalSelect(CELNodeID, Int32)
    case has(CELNodeID, Int32)
    case and(CELNodeID, CELNodeID)
    case or(CELNodeID, CELNodeID)
    case conditional(CELNodeID, CELNodeID, CELNodeID)
    case notStrictlyFalse(CELNodeID)
    case index(CELNodeID, CELNodeID)
    case optionalIndex(CELNodeID, CELNodeID)
    case unary(CELOperation, CELNodeID)
    case binary(CELOperation, CELNodeID, CELNodeID)
    /// Whether a constant set has the value.
    case inSet(CELNodeID, Int32)
    /// `a.or(b)` and `a.orValue(b)`
    case optionalOr(CELNodeID, CELNodeID)
    case optionalOrValue(CELNodeID, CELNodeID)
    /// A function with so many arguments, which begin at a place of the table.
    case call(CELFunction, first: Int32, count: Int32)
    /// As ``call``, where the expression is a constant.
    case pattern(CELTextFunction, first: Int32, count: Int32, pattern: Int32)
    case list(first: Int32, count: Int32, optional: Int32?)
    /// Keys and values alternate.
    case map(first: Int32, count: Int32, optional: Int32?)
    case structure(Int32)
    case fold(Int32)
    /// A total with one more element.
    case append(Int32, CELNodeID)
    /// A total with one more entry, or with those of another map.
    case insert(Int32, CELNodeID, CELNodeID)
    case insertAll(Int32, CELNodeID)
    case failure(Int32)
}

/// An expression that can run.
struct CELCode: Sendable {
    var nodes: [CELNode] = []
    var constants: [CELValue] = []
    var texts: [String] = []
    /// The arguments of calls and the elements of lists, one after another.
    var operands: [CELNodeID] = []
    var optional: [[Bool]] = []
    var sets: [Set<CELKey>] = []
    var patterns: [Pattern] = []
    var folds: [Fold] = []
    var structures: [Structure] = []
    var faults: [CELFault] = []
    var localCount = 0
    var root: CELNodeID = 0

    struct Fold: Sendable {
        var range: CELNodeID
        var item: Int32
        var second: Int32?
        var total: Int32
        var start: CELNodeID
        var condition: CELNodeID
        var step: CELNodeID
        var result: CELNodeID
        /// It only names a value.
        var isBinding: Bool
    }

    struct Structure: Sendable {
        var typeName: String
        var names: [String]
        var values: [CELNodeID]
        var optional: [Bool]
    }

    /// Whether a node reads a variable or a part of one, which calls are priced by.
    func isAttribute(_ id: CELNodeID) -> Bool {
        switch nodes[Int(id)] {
        case .variable, .local, .select, .optionalSelect, .index, .optionalIndex, .conditional:
            true
        case .constant, .has, .and, .or, .notStrictlyFalse, .unary, .binary, .inSet, .optionalOr,
            .optionalOrValue, .call, .pattern, .list, .map, .structure, .fold, .append, .insert,
            .insertAll, .failure:
            false
        }
    }
}

extension CELCode {
    func isConstant(_ id: CELNodeID) -> Bool {
        if case .constant = nodes[Int(id)] { return true }
        return false
    }
}
