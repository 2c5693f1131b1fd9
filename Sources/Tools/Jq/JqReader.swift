import Value

/// Why an input is no JSON, in jq's words.
struct JqReadError: Error {
    let message: String
}

/// Takes values off a text, one after another.
struct JqTextReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// How many newlines stand before the end of the line that was read last.
    var lineCount: Int {
        let end = bytes[min(max(0, place - 1), bytes.count)...].firstIndex(of: .newline).map {
            $0 + 1
        }
        return bytes[..<(end ?? place)].count { $0 == .newline }
    }

    mutating func next() throws(JqReadError) -> Value? {
        while place < bytes.count, bytes[place].isSpace { place += 1 }
        guard place < bytes.count else { return nil }
        let start = place
        guard let end = endOfValue(from: start) else {
            throw JqJSONProblem.find(bytes, from: start)
        }
        do throws(JSONError) {
            let value = try JSON.parse(bytes[start..<end].text)
            place = end
            return value
        } catch {
            throw JqJSONProblem.find(bytes, from: start)
        }
    }

    /// Where the value that begins at a place ends; nil when it does not.
    private func endOfValue(from start: Int) -> Int? {
        var depth = 0
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                guard let end = endOfString(from: index) else { return nil }
                index = end
                if depth == 0 { return index }
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                index += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                index += 1
                if depth <= 0 { return depth < 0 ? nil : index }
            default:
                if depth == 0 {
                    let end = bytes[index...].firstIndex {
                        $0.isSpace || "[]{},:\"".utf8.contains($0)
                    }
                    return end ?? bytes.count
                }
                index += 1
            }
        }
        return nil
    }

    private func endOfString(from start: Int) -> Int? {
        var index = start + 1
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 2
            } else if bytes[index] == UInt8(ascii: "\"") {
                return index + 1
            } else {
                index += 1
            }
        }
        return nil
    }
}

/// Says what is wrong with a text that is no JSON, as jq's reader would: it reads token by token.
private struct JqJSONProblem {
    private enum Container { case list, object }

    private let bytes: [UInt8]
    private var open: [Container] = []
    /// Whether a value has ended since the last separator, a key since the last comma.
    private var hasValue = false
    private var hasKey = false
    private var token: [UInt8] = []

    static func find(_ bytes: [UInt8], from start: Int) -> JqReadError {
        var problem = JqJSONProblem(bytes: bytes)
        var index = start
        var message: String?
        while index < bytes.count, message == nil {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") {
                message = problem.endToken()
                if message != nil { break }
                var isClosed = false
                while index < bytes.count, !isClosed {
                    if bytes[index] == UInt8(ascii: "\\") { index += 1 }
                    isClosed = index < bytes.count && bytes[index] == UInt8(ascii: "\"")
                    index += 1
                }
                guard isClosed else { return atEnd(bytes, "Unfinished string") }
                message = problem.take(isString: true)
            } else if byte.isSpace || "[]{},:".utf8.contains(byte) {
                message = problem.endToken() ?? (byte.isSpace ? nil : problem.structure(byte))
            } else {
                problem.token.append(byte)
            }
        }
        if let message {
            let line = bytes[..<index].count { $0 == .newline } + 1
            let column = index - (bytes[..<index].lastIndex(of: .newline) ?? -1) - 1
            return JqReadError(message: "\(message) at line \(line), column \(column)")
        }
        return atEnd(bytes, problem.endToken() ?? "Unfinished JSON term")
    }

    private static func atEnd(_ bytes: [UInt8], _ message: String) -> JqReadError {
        let line = bytes.count { $0 == .newline } + 1
        let column = bytes.count - (bytes.lastIndex(of: .newline) ?? -1) - 1
        return JqReadError(message: "\(message) at EOF at line \(line), column \(column)")
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func endToken() -> String? {
        guard !token.isEmpty else { return nil }
        defer { token = [] }
        let text = token.text
        if let first = text.first, "tfn".contains(first) {
            guard ["true", "false", "null", "nan"].contains(text) else {
                return text.hasPrefix("t") || text.hasPrefix("f") || text.hasPrefix("n")
                    ? "Invalid literal" : "Invalid numeric literal"
            }
        } else {
            let (_, length) = NumberText.scan(token[...])
            guard length == token.count else { return "Invalid numeric literal" }
        }
        return take(isString: false)
    }

    private mutating func take(isString: Bool) -> String? {
        if hasValue { return "Expected separator between values" }
        if open.last == .object, !hasKey, !isString { return "Object keys must be strings" }
        hasValue = true
        return nil
    }

    private mutating func structure(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            if hasValue { return "Expected separator between values" }
            if open.last == .object, !hasKey { return "Object keys must be strings" }
            open.append(byte == UInt8(ascii: "[") ? .list : .object)
            hasKey = false
            return nil
        case UInt8(ascii: ":"):
            guard open.last == .object, !hasKey else { return "':' not as part of an object" }
            guard hasValue else { return "Expected string key before ':'" }
            hasKey = true
            hasValue = false
            return nil
        case UInt8(ascii: ","):
            guard hasValue else { return "Expected value before ','" }
            guard let container = open.last else { return "',' not as part of an object or array" }
            if container == .object, !hasKey { return "Objects must consist of key:value pairs" }
            hasValue = false
            hasKey = false
            return nil
        default: return close(byte)
        }
    }

    private mutating func close(_ byte: UInt8) -> String? {
        let expected: Container = byte == UInt8(ascii: "]") ? .list : .object
        let mark = String(Character(Unicode.Scalar(byte)))
        guard open.last == expected else { return "Unmatched '\(mark)'" }
        if expected == .list, !hasValue { return "Expected another array element" }
        if expected == .object, hasValue != hasKey {
            return hasValue
                ? "Objects must consist of key:value pairs" : "Expected another key-value pair"
        }
        open.removeLast()
        hasValue = true
        hasKey = open.last == .object
        return nil
    }
}

/// The inputs of a call: values of the files in order, or their lines.
struct JqReader {
    enum Mode {
        case values
        /// `-R`
        case lines
    }

    private let call: ToolCall
    private let mode: Mode
    private var files: ArraySlice<String>
    private var text = JqTextReader([])
    private var lines = ToolInput()
    private var isOpen = false
    private(set) var fileName: String?
    /// Whether a file could not be read.
    private(set) var hasFailed = false
    /// All inputs at once: `-s`.
    private var slurped: Value?
    private var readAny = false

    init(_ call: ToolCall, files: [String], mode: Mode) {
        self.call = call
        self.mode = mode
        self.files = files.isEmpty ? ["-"] : files[...]
    }

    /// Where the last input ended, as messages name it.
    var place: String {
        guard readAny else { return "<unknown>" }
        return "\(fileName ?? "<stdin>"):\(mode == .values ? text.lineCount : 0)"
    }

    mutating func next() throws(JqStop) -> Value? {
        do throws(JqReadError) {
            return try nextValue()
        } catch {
            throw .failure(error.message)
        }
    }

    mutating func nextValue() throws(JqReadError) -> Value? {
        while true {
            if isOpen {
                readAny = true
                switch mode {
                case .values: if let value = try text.next() { return value }
                case .lines: if let line = lines.readLine() { return Value(line.text) }
                }
                isOpen = false
            }
            guard let path = files.popFirst() else { return nil }
            open(path)
        }
    }

    private mutating func open(_ path: String) {
        do throws(ToolFileProblem) {
            let input = try call.open(path)
            if mode == .values {
                text = JqTextReader(Array(input.readAll()))
            } else {
                lines = input
            }
            isOpen = true
            fileName = path == "-" ? nil : path
        } catch {
            call.error.write("jq: error: Could not open file \(path): \(error.reason)\n")
            hasFailed = true
        }
    }

    /// All inputs as one: a list of the values, or one text.
    mutating func slurp() throws(JqReadError) -> Value {
        guard mode == .lines else {
            var values: [Value] = []
            while let value = try nextValue() { values.append(value) }
            return .array(values)
        }
        var bytes: [UInt8] = []
        while let path = files.popFirst() {
            open(path)
            bytes += lines.readAll()
        }
        readAny = true
        return Value(bytes.text)
    }
}
