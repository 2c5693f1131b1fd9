import Support

/// Reads one paragraph of ``FactsTable``. The table is ours: an error in it is a trap, and a test
/// parses every type.
struct FactsParser {
    private var rest: Substring.UTF8View
    private let text: Substring
    private let package: String

    /// The facts of a type, from its paragraph.
    static func parse(_ id: TypeID) -> TypeFacts {
        let position = Int(id.index)
        let name = FactsTable.index.names[position]
        var fields: [FieldFact] = []
        for token in FactsTable.index.fields[position].split(whereSeparator: {
            $0 == " " || $0 == "\n"
        }) {
            var parser = FactsParser(token, typeName: name)
            fields.append(parser.field())
        }
        return TypeFacts(
            id: id, name: name, fields: fields, isAtomic: FactsTable.index.atomic.contains(position)
        )
    }

    private init(_ token: Substring, typeName: String) {
        text = token
        rest = token.utf8
        package = String(typeName[...typeName.lastIndex(of: ".")!])
    }

    private mutating func field() -> FieldFact {
        let name = word(until: [":"])
        advance()
        let (container, element) = shape()
        let marks = marks()
        return FieldFact(
            key: Key(name), name: name, container: container, element: element, marks: marks)
    }

    private mutating func shape() -> (ContainerShape, ElementShape) {
        switch next() {
        case "[": return (.list, shape().1)
        case "{":
            let (container, element) = shape()
            return (container == .list ? .mapOfLists : .map, element)
        case "s": return (.single, .string)
        case "b": return (.single, .boolean)
        case "i": return (.single, .int32)
        case "l": return (.single, .int64)
        case "d": return (.single, .double)
        case "y": return (.single, .bytes)
        case "q": return (.single, .quantity)
        case "x": return (.single, .intOrString)
        case "t": return (.single, .time)
        case "m": return (.single, .microTime)
        case "r": return (.single, .any)
        case "@": return (.single, .object(reference()))
        default: preconditionFailure("unknown shape in the facts: \(text)")
        }
    }

    private mutating func reference() -> TypeID {
        let written = word(until: ["!", "*", "+", ">", "~", "/", "#"])
        let name = written.contains(".") ? written : package + written
        guard let position = FactsTable.position(of: name) else {
            preconditionFailure("unknown type in the facts: \(name)")
        }
        return TypeID(index: UInt16(position))
    }

    private mutating func marks() -> FieldMarks {
        var marks = FieldMarks()
        while !rest.isEmpty {
            switch next() {
            case "!": marks.isRequired = true
            case "*": marks.isPointer = true
            case "+": marks.isAlwaysPresent = true
            case ">": marks.leadsToAlwaysPresent = true
            case "~": marks.patchStrategy = strategy()
            case "/": marks.mergeKey = Key(word(until: ["#"]))
            case "#": marks.listKind = listKind(mergeKey: marks.mergeKey)
            default: preconditionFailure("unknown mark in the facts: \(text)")
            }
        }
        return marks
    }

    private mutating func strategy() -> PatchStrategy {
        switch word(until: ["/", "#"]) {
        case "m": .merge
        case "k": .retainKeys
        case "mk": [.merge, .retainKeys]
        case "r": .replace
        default: preconditionFailure("unknown strategy in the facts: \(text)")
        }
    }

    private mutating func listKind(mergeKey: Key?) -> ListKind {
        switch next() {
        case "s": return .set
        case "a": return .atomic
        case "g": return .unspecified
        case "m":
            if rest.first == UInt8(ascii: "/") {
                advance()
                return .map(word(until: []).split(separator: ",").map { Key(String($0)) })
            }
            return .map(mergeKey.map { [$0] } ?? [])
        default: preconditionFailure("unknown list kind in the facts: \(text)")
        }
    }

    private mutating func next() -> Character {
        let byte = rest.removeFirst()
        return Character(UnicodeScalar(byte))
    }

    private mutating func advance() { rest.removeFirst() }

    private mutating func word(until ends: [Unicode.Scalar]) -> String {
        let end = rest.firstIndex { byte in ends.contains { UInt8(ascii: $0) == byte } }
        let word = rest[..<(end ?? rest.endIndex)]
        rest = rest[(end ?? rest.endIndex)...]
        return String(Substring(word))
    }
}
