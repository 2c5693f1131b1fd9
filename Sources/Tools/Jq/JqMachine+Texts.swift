import Support
import Value

/// Built-ins that work on texts.
extension JqMachine {
    func text(
        _ builtin: JqBuiltin, _ input: Value, _ arguments: [Value]
    ) throws(JqStop) -> Value? {
        switch builtin {
        case .tostring: return Value(JqText.plain(input))
        case .tojson: return Value(JqText.compact(input))
        case .fromjson: return try fromJSON(input)
        case .tonumber: return try toNumber(input)
        case .asciiDowncase, .asciiUpcase:
            guard let text = input.string else {
                throw .failure(
                    "\(builtin == .asciiDowncase ? "ascii_downcase" : "ascii_upcase") input must be a string"
                )
            }
            let bytes = text.utf8.map {
                builtin == .asciiDowncase ? $0.asciiLowercased : $0.asciiUppercased
            }
            return Value(bytes.text)
        case .explode:
            guard let text = input.string else {
                throw .failure("\(JqText.described(input)) cannot be exploded")
            }
            return .array(text.unicodeScalars.map { .int(Int64($0.value)) })
        case .implode: return try implode(input)
        case .utf8bytelength:
            guard let text = input.string else {
                throw .failure("\(JqText.described(input)) only strings have UTF-8 byte length")
            }
            return Value(text.utf8.count)
        case .ltrimstr, .rtrimstr:
            guard let text = input.string, let part = arguments[0].string else { return input }
            if builtin == .ltrimstr {
                return text.hasPrefix(part) ? Value(String(text.dropFirst(part.count))) : input
            }
            return text.hasSuffix(part) ? Value(String(text.dropLast(part.count))) : input
        case .trim, .ltrim, .rtrim:
            guard let text = input.string else {
                throw .failure("\(JqText.described(input)) cannot be trimmed")
            }
            var bytes = Array(text.utf8)[...]
            if builtin != .rtrim { bytes = bytes.drop(while: \.isSpace) }
            if builtin != .ltrim { while bytes.last?.isSpace == true { bytes = bytes.dropLast() } }
            return Value(bytes.text)
        case .startswith, .endswith:
            guard let text = input.string, let part = arguments[0].string else {
                throw .failure(
                    "\(builtin == .startswith ? "startswith" : "endswith")() requires string inputs"
                )
            }
            return .bool(builtin == .startswith ? text.hasPrefix(part) : text.hasSuffix(part))
        case .split1:
            guard let text = input.string, let separator = arguments[0].string else {
                throw .failure("split input and separator must be strings")
            }
            return Value(strings: JqText.split(text, separator))
        case .split2: return try JqRegex.split(input, arguments[0], arguments[1], call)
        case .test1, .test2:
            let flags = arguments.count > 1 ? arguments[1] : .null
            return .bool(try JqRegex.test(input, arguments[0], flags, call))
        case .join: return try join(input, arguments[0])
        default: return nil
        }
    }

    func fromJSON(_ input: Value) throws(JqStop) -> Value {
        guard let text = input.string else {
            throw .failure("\(JqText.described(input)) only strings can be parsed")
        }
        var reader = JqTextReader(Array(text.utf8))
        do throws(JqReadError) {
            return try reader.next() ?? .null
        } catch {
            throw .failure("\(error.message) (while parsing '\(text)')")
        }
    }

    func toNumber(_ input: Value) throws(JqStop) -> Value {
        switch input {
        case .int, .double: return input
        case .text(let text):
            let bytes = Array(text.string.utf8)
            let (number, length) = NumberText.scan(bytes[...])
            guard length == bytes.count, length > 0 else {
                throw .failure(
                    "Invalid numeric literal at EOF at line 1, column \(bytes.count) (while parsing '\(text.string)')"
                )
            }
            return Int64(text.string).map { .int($0) } ?? JqText.number(number)
        case .null, .bool, .array, .object, .opaque:
            throw .failure("\(JqText.described(input)) cannot be parsed as a number")
        }
    }

    func implode(_ input: Value) throws(JqStop) -> Value {
        guard case .array(let items) = input else {
            throw .failure("implode input must be an array")
        }
        var view = String.UnicodeScalarView()
        for item in items {
            guard let code = item.number,
                let scalar = Unicode.Scalar(UInt32(clamping: code.clamped))
            else {
                throw .failure("Unicode codepoint must be numeric")
            }
            view.append(scalar)
        }
        return Value(String(view))
    }

    func join(_ input: Value, _ separator: Value) throws(JqStop) -> Value {
        let items = try list(input, "")
        if items.isEmpty { return "" }
        guard let joint = separator.string else {
            if separator.isNull, items.count == 1 { return Value(JqText.plain(items[0])) }
            throw .failure(
                "\(JqText.described(Value(""))) and \(JqText.described(separator)) cannot be added")
        }
        var text = ""
        for (index, item) in items.enumerated() {
            if index > 0 { text += joint }
            switch item {
            case .null: break
            case .text, .int, .double, .bool: text += JqText.plain(item)
            case .array, .object, .opaque:
                throw .failure(
                    "\(JqText.described(Value(text))) and \(JqText.described(item)) cannot be added"
                )
            }
            try check(size: text.utf8.count)
        }
        return Value(text)
    }
}
