/// One way to call a function: `(string, int) -> string`, or `string.(int) -> string` for a call
/// behind a dot.
struct CELSignature: Sendable {
    let isMember: Bool
    /// The value before the dot comes first.
    let parameters: [CELType]
    let result: CELType
    /// The names of type parameters in it.
    let generics: [String]

    /// Reads a signature as the tables of libraries write it. Words of one capital letter are type
    /// parameters, words with a capital letter or a dot are types of libraries.
    init(_ text: String) {
        var reader = Reader(text)
        var parameters: [CELType] = []
        isMember = !reader.takes("(")
        if isMember {
            parameters.append(reader.type())
            reader.require(".")
            reader.require("(")
        }
        while !reader.takes(")") {
            if reader.takes(",") { continue }
            parameters.append(reader.type())
        }
        reader.require("->")
        result = reader.type()
        self.parameters = parameters
        generics = reader.generics
    }

    /// The type that a text stands for: `map(string, list(int))`.
    static func type(_ text: String) -> CELType {
        var reader = Reader(text)
        return reader.type()
    }

    private struct Reader {
        var rest: Substring
        var generics: [String] = []

        init(_ text: String) { rest = text[...] }

        mutating func takes(_ text: String) -> Bool {
            rest = rest.drop { $0 == " " }
            guard rest.hasPrefix(text) else { return false }
            rest = rest.dropFirst(text.count)
            return true
        }

        mutating func require(_ text: String) {
            let isThere = takes(text)
            precondition(isThere, "a signature lacks \(text)")
        }

        mutating func type() -> CELType {
            rest = rest.drop { $0 == " " }
            var word = rest.prefix {
                $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" || $0 == ":"
            }
            // The dot before a parenthesis belongs to the call.
            if word.last == "." { word = word.dropLast() }
            rest = rest.dropFirst(word.count)
            switch word {
            case "dyn": return .dyn
            case "null": return .null
            case "bool": return .bool
            case "int": return .int
            case "uint": return .uint
            case "double": return .double
            case "string": return .string
            case "bytes": return .bytes
            case "timestamp": return .timestamp
            case "duration": return .duration
            case "type": return .type(parts().first)
            case "list": return .list(parts()[0])
            case "optional": return .optional(parts()[0])
            case "map":
                let parts = parts()
                return .map(parts[0], parts[1])
            default: break
            }
            let name = String(word)
            if name.utf8.count == 1 {
                if !generics.contains(name) { generics.append(name) }
                return .parameter(name)
            }
            return name.hasPrefix("net.") ? .abstract(name) : .object(name)
        }

        private mutating func parts() -> [CELType] {
            guard takes("(") else { return [] }
            var parts = [type()]
            while takes(",") { parts.append(type()) }
            require(")")
            return parts
        }
    }
}
