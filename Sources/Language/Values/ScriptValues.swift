import Syntax
import Value

// `@unchecked`: subclasses of an open class cannot be checked. All of them here are immutable but
// ``Cell``, which only the one thread of its script reads and writes.

/// A number with a unit that can be a duration or a quantity (`5m`): what it is used with decides.
final class UnitValue: OpaqueValue, @unchecked Sendable {
    let written: String

    init(_ written: String) { self.written = written }

    override var typeName: String { "duration or quantity" }
    override var text: String? { written }

    override func isEqual(to other: OpaqueValue) -> Bool {
        (other as? UnitValue)?.written == written
    }
}

/// Stands for an object that does not exist, so that `exists` can answer and a field of it can say
/// why there is none.
final class AbsentObject: OpaqueValue, @unchecked Sendable {
    let query: ResourceQuery
    let nearest: String?

    init(query: ResourceQuery, nearest: String?) {
        self.query = query
        self.nearest = nearest
    }

    override var typeName: String { "object that does not exist" }

    override func isEqual(to other: OpaqueValue) -> Bool {
        (other as? AbsentObject)?.query == query
    }

    var error: RuntimeError {
        .absent(text: query.text, nearest: nearest.map { "\(query.writtenKind)/\($0)" })
    }
}

/// `[…, a, b]`: a pattern that matches lists which hold the items somewhere.
final class OpenListPattern: OpaqueValue, @unchecked Sendable {
    let items: [Value]

    init(_ items: [Value]) { self.items = items }

    override var typeName: String { "open list pattern" }
    override var text: String? {
        "[…, \(items.map { Rendering.short($0) }.joined(separator: ", "))]"
    }
}

/// A function with what it took along.
final class Closure: OpaqueValue, @unchecked Sendable {
    let function: Row<Function>
    let name: String
    /// Values or cells, in the order of the function's captures.
    private(set) var captured: [Value]
    private let burial: Burial

    init(function: Row<Function>, name: String, captured: [Value], _ burial: Burial) {
        self.function = function
        self.name = name
        self.captured = captured
        self.burial = burial
    }

    deinit {
        guard !captured.isEmpty else { return }
        var left: [Value] = []
        swap(&left, &captured)
        burial.take(left)
    }

    override var typeName: String { "function" }
}

/// Frees what closures took along one after the other. A closure may hold a closure that holds a
/// closure, in any number: freed inside each other, they would use up the native stack.
final class Burial {
    private var waiting: [[Value]] = []
    private var isAtWork = false

    func take(_ values: [Value]) {
        waiting.append(values)
        guard !isAtWork else { return }
        isAtWork = true
        while !waiting.isEmpty { waiting.removeLast() }
        isAtWork = false
    }
}

/// A built-in function as a value.
final class BuiltinFunction: OpaqueValue, @unchecked Sendable {
    let index: Int

    init(index: Int) { self.index = index }

    override var typeName: String { "function" }

    override func isEqual(to other: OpaqueValue) -> Bool {
        (other as? BuiltinFunction)?.index == index
    }
}

/// Holds a variable that a closure shares with the code around it. The world of a run is single
/// threaded, and a cell never leaves its run.
final class Cell: OpaqueValue, @unchecked Sendable {
    var value: Value

    init(_ value: Value) { self.value = value }

    override var typeName: String { "variable" }
}

/// What a slot or global holds before its first value.
final class Unset: OpaqueValue, @unchecked Sendable {
    static let marker = Value.opaque(Unset())

    override var typeName: String { "nothing" }
}

extension Value {
    @inline(__always)
    var isOpaque: Bool {
        if case .opaque = self { return true }
        return false
    }

    @inline(__always)
    var isUnset: Bool {
        if case .opaque(let value) = self { return value is Unset }
        return false
    }

    /// A text, or what the API shows of a quantity field.
    var fieldText: String? {
        switch self {
        case .text(let text): text.string
        case .opaque(let quantity as QuantityValue): quantity.written?.string
        default: nil
        }
    }

    /// A stand-in for an object that does not exist.
    var absentObject: AbsentObject? {
        if case .opaque(let value) = self { return value as? AbsentObject }
        return nil
    }
}
