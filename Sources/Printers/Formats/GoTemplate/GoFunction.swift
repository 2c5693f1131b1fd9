import Support
import Value

/// Why a template's function failed.
struct GoFunctionError: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

/// The functions of a template: Go's own and kubectl's two.
enum GoFunction: String {
    case and, or, not, len, index, slice, print, printf, println, html, js, urlquery, call
    case eq, ne, lt, le, gt, ge
    case exists, base64decode

    /// The number of arguments, and whether more may follow.
    var arity: (least: Int, isVariadic: Bool) {
        switch self {
        case .not, .len, .base64decode: (1, false)
        case .ne, .lt, .le, .gt, .ge: (2, false)
        case .print, .println, .html, .js, .urlquery: (0, true)
        case .and, .or, .index, .slice, .printf, .call, .eq, .exists: (1, true)
        }
    }

    /// Whether the first argument must be a string.
    var takesString: Bool { self == .printf || self == .base64decode }

    func apply(_ arguments: [GoItem], _ command: GoCommand) throws(GoFunctionError) -> GoItem {
        switch self {
        case .and: return arguments.first { !$0.isTrue } ?? arguments[arguments.count - 1]
        case .or: return arguments.first { $0.isTrue } ?? arguments[arguments.count - 1]
        case .not: return .constant(.bool(!arguments[0].isTrue))
        case .len: return .constant(Value(try length(arguments[0])))
        case .index: return try index(arguments)
        case .slice: return try slice(arguments)
        case .print: return .text(GoFormat.print(arguments))
        case .println:
            return .text(arguments.map { GoFormat.plain($0) }.joined(separator: " ") + "\n")
        case .printf:
            return .text(
                GoFormat.format(arguments[0].value?.string ?? "", Array(arguments.dropFirst())))
        case .html: return .text(GoEscape.html(joined(arguments)))
        case .js: return .text(GoEscape.js(joined(arguments)))
        case .urlquery: return .text(GoEscape.query(joined(arguments)))
        case .eq: return .constant(.bool(try equalsAny(arguments)))
        case .ne: return .constant(.bool(try !equal(arguments[0], arguments[1])))
        case .lt: return .constant(.bool(try less(arguments[0], arguments[1])))
        case .le:
            if try less(arguments[0], arguments[1]) { return .constant(true) }
            return .constant(.bool(try equal(arguments[0], arguments[1])))
        case .gt:
            if try less(arguments[0], arguments[1]) { return .constant(false) }
            return .constant(.bool(try !equal(arguments[0], arguments[1])))
        case .ge: return .constant(.bool(try !less(arguments[0], arguments[1])))
        case .call:
            throw GoFunctionError(
                "non-function \(command.operands.dropFirst().first?.text ?? "") "
                    + "of type \(arguments[0].typeName)")
        case .exists: return .constant(.bool(exists(arguments)))
        case .base64decode: return try decode(arguments[0].value?.string ?? "")
        }
    }

    private func joined(_ arguments: [GoItem]) -> String {
        GoFormat.print(
            arguments.map { item in
                item.value?.isNull ?? true ? .text(item.printed) : item
            })
    }

    // MARK: Containers

    private func length(_ item: GoItem) throws(GoFunctionError) -> Int {
        switch item.value {
        case .none, .some(.null):
            throw GoFunctionError("reflect: call of reflect.Value.Type on zero Value")
        case .some(.text(let text)): return text.string.utf8.count
        case .some(.array(let values)): return values.count
        case .some(.object(let object)): return object.count
        default: throw GoFunctionError("len of type \(item.typeName)")
        }
    }

    private func index(_ arguments: [GoItem]) throws(GoFunctionError) -> GoItem {
        guard var value = arguments[0].value, !value.isNull else {
            throw GoFunctionError("index of untyped nil")
        }
        var integerType = "int64"
        for argument in arguments.dropFirst() {
            switch value {
            case .array(let values):
                value = values[try place(argument, count: values.count)]
            case .text(let text):
                let bytes = Array(text.string.utf8)
                value = .int(Int64(bytes[try place(argument, count: bytes.count)]))
                integerType = "uint8"
            case .object(let object):
                guard let name = argument.value?.string else {
                    throw GoFunctionError(
                        argument.value?.isNull ?? true
                            ? "value is nil; should be of type string"
                            : "value has type \(argument.typeName); should be string")
                }
                value = object[Key(name)]
            default:
                let type = GoSyntax.typeName(value)
                throw GoFunctionError(
                    value.isNull ? "index of nil pointer" : "can't index item of type \(type)")
            }
        }
        return GoItem(value: value, integerType: integerType)
    }

    private func place(_ item: GoItem, count: Int, isSlice: Bool = false) throws(GoFunctionError)
        -> Int
    {
        guard case .some(.int(let index)) = item.value else {
            if item.value?.isNull ?? true {
                throw GoFunctionError("cannot index slice/array with nil")
            }
            throw GoFunctionError("cannot index slice/array with type \(item.typeName)")
        }
        guard index >= 0, index < Int64(count) + (isSlice ? 1 : 0) else {
            throw GoFunctionError("index out of range: \(index)")
        }
        return Int(index)
    }

    private func slice(_ arguments: [GoItem]) throws(GoFunctionError) -> GoItem {
        guard let value = arguments[0].value, !value.isNull else {
            throw GoFunctionError("slice of untyped nil")
        }
        guard arguments.count <= 4 else {
            throw GoFunctionError("too many slice indexes: \(arguments.count - 1)")
        }
        guard value.string != nil || value.array != nil else {
            throw GoFunctionError("can't slice item of type \(arguments[0].typeName)")
        }
        var bounds: [Int] = []
        let count = value.string?.utf8.count ?? value.count
        for argument in arguments.dropFirst() {
            bounds.append(try place(argument, count: count, isSlice: true))
        }
        let start = bounds.first ?? 0
        let end = bounds.count > 1 ? bounds[1] : count
        guard start <= end else {
            throw GoFunctionError("invalid slice index: \(start) > \(end)")
        }
        if let text = value.string {
            return .text(String(decoding: Array(text.utf8)[start..<end], as: UTF8.self))
        }
        return GoItem(value: .array(Array(value.elements[start..<end])))
    }

    /// Whether the fields lead anywhere but to nothing.
    private func exists(_ arguments: [GoItem]) -> Bool {
        var value = arguments[0].value ?? .null
        for argument in arguments.dropFirst() {
            switch (value, argument.value) {
            case (.object(let object), .some(.text(let name))):
                guard object.contains(Key(name.string)) else { return false }
                value = object[Key(name.string)]
            case (.array(let values), .some(.int(let index))):
                guard index >= 0, index < Int64(values.count) else { return false }
                value = values[Int(index)]
            default: return false
            }
        }
        return true
    }

    private func decode(_ text: String) throws(GoFunctionError) -> GoItem {
        guard let bytes = Base64.decode(text) else {
            let place = Base64.firstTrouble(in: text)
            throw GoFunctionError(
                "base64 decode failed: illegal base64 data at input byte \(place)")
        }
        return .text(String(decoding: bytes, as: UTF8.self))
    }

    // MARK: Comparing

    private func equalsAny(_ arguments: [GoItem]) throws(GoFunctionError) -> Bool {
        guard arguments.count > 1 else { throw GoFunctionError("missing argument for comparison") }
        for argument in arguments.dropFirst() where try equal(arguments[0], argument) {
            return true
        }
        return false
    }

    private func equal(_ left: GoItem, _ right: GoItem) throws(GoFunctionError) -> Bool {
        let leftValue = left.value ?? .null
        let rightValue = right.value ?? .null
        if leftValue.isNull || rightValue.isNull { return leftValue.isNull && rightValue.isNull }
        do throws(GoComparison) {
            return try GoComparison.equal(leftValue, rightValue)
        } catch {
            guard error == .badType, left.typeName == right.typeName else {
                throw GoFunctionError(GoComparison.incompatible.message)
            }
            // Go prints the value with %s, complaints about numbers in it included.
            throw GoFunctionError(
                "non-comparable type \(GoFormat.format("%s", [right])): \(right.typeName)")
        }
    }

    private func less(_ left: GoItem, _ right: GoItem) throws(GoFunctionError) -> Bool {
        do throws(GoComparison) {
            return try GoComparison.less(left.value ?? .null, right.value ?? .null)
        } catch {
            throw GoFunctionError(error.message)
        }
    }
}

extension Base64 {
    /// The place of the first character that does not belong, as Go counts it.
    static func firstTrouble(in text: String) -> Int {
        let bytes = Array(text.utf8)
        let bad = bytes.firstIndex { byte in
            let isSign = "+/=\n\r".utf8.contains(byte)
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                return false
            default: return !isSign
            }
        }
        return bad ?? bytes.count / 4 * 4
    }
}
