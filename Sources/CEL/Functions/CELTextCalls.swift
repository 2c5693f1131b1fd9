import Patterns
import Value

/// Functions of strings. Places and lengths count code points.
enum CELTextCalls {
    static func call(
        _ function: CELTextFunction, _ arguments: [CELValue], _ environment: CELEnvironment
    ) -> CELValue {
        switch function {
        case .matches, .find, .findAll: return matchAny(function, arguments)
        case .indexOf, .lastIndexOf:
            if case .list(let list)? = arguments.first {
                return search(list, arguments, fromEnd: function == .lastIndexOf)
            }
        case .join: return join(arguments)
        case .reverse:
            if case .list(let list)? = arguments.first { return .list(list.elements.reversed()) }
        case .encodeBase64:
            guard case .bytes(let bytes)? = arguments.first else { return .noSuchOverload }
            return .string(Base64.encode(bytes))
        case .format:
            guard arguments.count == 2, case .string(let text) = arguments[0],
                case .list(let values) = arguments[1]
            else { return .noSuchOverload }
            let isPlain = environment.libraries.contains(.newest)
            var formatter = CELFormatter(text, values, isPlain: isPlain)
            return formatter.run()
        case .contains, .endsWith, .startsWith, .charAt, .lowerAscii, .upperAscii, .replace,
            .split, .substring, .trim, .quote, .decodeBase64, .escapeKey:
            break
        }
        guard case .string(let text)? = arguments.first else { return .noSuchOverload }
        return call(function, text, Array(arguments.dropFirst()), environment)
    }

    private static func call(
        _ function: CELTextFunction, _ text: String, _ rest: [CELValue],
        _ environment: CELEnvironment
    ) -> CELValue {
        let isNewest = environment.libraries.contains(.newest)
        return switch (function, rest.first) {
        case (.contains, .string(let part)?):
            .bool(CELScalars(text).place(of: part, from: 0) != nil)
        case (.endsWith, .string(let part)?):
            .bool(
                text.utf8.count >= part.utf8.count
                    && text.utf8.suffix(part.utf8.count).elementsEqual(part.utf8))
        case (.startsWith, .string(let part)?): .bool(text.utf8.starts(with: part.utf8))
        case (.charAt, .int(let place)?): character(text, place)
        case (.indexOf, .string(let part)?): indexOf(text, part, rest, isNewest)
        case (.lastIndexOf, .string(let part)?): lastIndexOf(text, part, rest, isNewest)
        case (.lowerAscii, nil):
            .string(mapped(text) { $0 >= "A" && $0 <= "Z" ? $0.value + 32 : nil })
        case (.upperAscii, nil):
            .string(mapped(text) { $0 >= "a" && $0 <= "z" ? $0.value - 32 : nil })
        case (.replace, .string(let old)?): replace(text, old, rest)
        case (.split, .string(let separator)?): split(text, separator, rest)
        case (.substring, .int(let start)?): substring(text, start, rest)
        case (.trim, nil): .string(CELScalars(text).trimmed)
        case (.reverse, nil): .string(CELScalars(text).reversed)
        case (.quote, nil): .string(CELQuoting.cel(text))
        case (.decodeBase64, nil):
            (Base64.decode(text) ?? Base64.decode(padded(text))).map { .bytes($0) }
                ?? .failed("illegal base64 data at input byte 0")
        case (.escapeKey, nil):
            .string(
                CELScalars(CELScalars(text).replacing("~", with: "~0", atMost: nil))
                    .replacing("/", with: "~1", atMost: nil))
        default: .noSuchOverload
        }
    }

    private static func padded(_ text: String) -> String {
        text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    }

    private static func mapped(
        _ text: String, _ change: (Unicode.Scalar) -> UInt32?
    ) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            result.unicodeScalars.append(change(scalar).flatMap { Unicode.Scalar($0) } ?? scalar)
        }
        return result
    }

    // MARK: Places

    private static func outOfRange(_ place: Int64) -> CELValue {
        .failed("index out of range: \(place)")
    }

    private static func character(_ text: String, _ place: Int64) -> CELValue {
        let scalars = CELScalars(text)
        guard place >= 0, place <= scalars.count else { return outOfRange(place) }
        return .string(scalars.text(Int(place)..<min(Int(place) + 1, scalars.count)))
    }

    private static func indexOf(
        _ text: String, _ part: String, _ rest: [CELValue], _ isNewest: Bool
    ) -> CELValue {
        var start: Int64 = 0
        if rest.count > 1 {
            guard case .int(let offset) = rest[1] else { return .noSuchOverload }
            start = offset
        }
        if part.isEmpty { return .int(start) }
        if start < 0 { return outOfRange(start) }
        let scalars = CELScalars(text)
        guard start < scalars.count else { return isNewest ? outOfRange(start) : .int(-1) }
        return .int(Int64(scalars.place(of: part, from: Int(start)) ?? -1))
    }

    private static func lastIndexOf(
        _ text: String, _ part: String, _ rest: [CELValue], _ isNewest: Bool
    ) -> CELValue {
        let scalars = CELScalars(text)
        guard rest.count > 1 else {
            if part.isEmpty { return .int(Int64(scalars.count)) }
            return .int(Int64(scalars.lastPlace(of: part, from: scalars.count) ?? -1))
        }
        guard case .int(let offset) = rest[1] else { return .noSuchOverload }
        if part.isEmpty { return .int(offset) }
        if offset < 0 { return outOfRange(offset) }
        guard offset < scalars.count else { return isNewest ? outOfRange(offset) : .int(-1) }
        return .int(Int64(scalars.lastPlace(of: part, from: Int(offset)) ?? -1))
    }

    private static func substring(
        _ text: String, _ start: Int64, _ rest: [CELValue]
    ) -> CELValue {
        let scalars = CELScalars(text)
        var end = Int64(scalars.count)
        if rest.count > 1 {
            guard case .int(let last) = rest[1] else { return .noSuchOverload }
            end = last
            if start > end {
                return .failed("invalid substring range. start: \(start), end: \(end)")
            }
        }
        guard start >= 0, start <= scalars.count else { return outOfRange(start) }
        guard end >= 0, end <= scalars.count else { return outOfRange(end) }
        return .string(scalars.text(Int(start)..<Int(end)))
    }

    // MARK: Parts

    private static func replace(_ text: String, _ old: String, _ rest: [CELValue]) -> CELValue {
        guard rest.count >= 2, case .string(let new) = rest[1] else { return .noSuchOverload }
        var most: Int?
        if rest.count > 2 {
            guard case .int(let count) = rest[2] else { return .noSuchOverload }
            most = count < 0 ? nil : Int(count)
        }
        return .string(CELScalars(text).replacing(old, with: new, atMost: most))
    }

    private static func split(
        _ text: String, _ separator: String, _ rest: [CELValue]
    ) -> CELValue {
        var most: Int?
        if rest.count > 1 {
            guard case .int(let count) = rest[1] else { return .noSuchOverload }
            most = count < 0 ? nil : Int(count)
        }
        return .list(
            CELScalars(text).split(separator, atMost: most).map { .string($0) })
    }

    private static func join(_ arguments: [CELValue]) -> CELValue {
        guard case .list(let list)? = arguments.first else { return .noSuchOverload }
        var separator = ""
        if arguments.count > 1 {
            guard case .string(let text) = arguments[1] else { return .noSuchOverload }
            separator = text
        }
        var parts: [String] = []
        for element in list.elements {
            guard case .string(let text) = element else {
                return .failed("join: invalid input: \(element.text)")
            }
            parts.append(text)
        }
        return .string(parts.joined(separator: separator))
    }

    private static func search(
        _ list: CELList, _ arguments: [CELValue], fromEnd: Bool
    ) -> CELValue {
        guard arguments.count == 2 else { return .noSuchOverload }
        let places = Array(0..<list.count)
        let found =
            fromEnd
            ? places.last { CELValue.equal(list[$0], arguments[1]) }
            : places.first { CELValue.equal(list[$0], arguments[1]) }
        return .int(Int64(found ?? -1))
    }

    // MARK: Patterns

    private static func matchAny(
        _ function: CELTextFunction, _ arguments: [CELValue]
    ) -> CELValue {
        guard arguments.count >= 2, case .string(let expression) = arguments[1] else {
            return .noSuchOverload
        }
        do {
            return match(function, arguments, try Pattern(expression))
        } catch {
            return .failed(
                function == .matches ? error.message : "Illegal regex: \(error.message)")
        }
    }

    /// `matches`, `find` and `findAll` with an expression that was read.
    static func match(
        _ function: CELTextFunction, _ arguments: [CELValue], _ pattern: Pattern
    ) -> CELValue {
        guard case .string(var text)? = arguments.first else { return .noSuchOverload }
        text.makeContiguousUTF8()
        do throws(PatternExhaustion) {
            if function == .matches { return .bool(try pattern.matches(text)) }
            if function == .find {
                let match = try pattern.firstMatch(in: text.utf8.span)
                return .string(match.map { part(text, $0) } ?? "")
            }
            var most = Int.max
            if arguments.count > 2 {
                guard case .int(let count) = arguments[2] else { return .noSuchOverload }
                most = count < 0 ? .max : Int(count)
            }
            let matches = try pattern.matches(in: text.utf8.span, atMost: most)
            return .list(matches.map { .string(part(text, $0)) })
        } catch {
            return .failed("the expression takes more than \(error.steps) steps")
        }
    }

    private static func part(_ text: String, _ match: PatternMatch) -> String {
        String(decoding: text.utf8.span.bytes(match.range), as: UTF8.self)
    }
}
