import Support

/// Reads one paragraph of ``FactsTable``. The table is ours: an error in it is a trap, and a test
/// parses every type.
struct FactsParser {
    private var rest: Substring.UTF8View
    private let text: Substring.UTF8View
    private let package: String

    /// The facts of a type, from its paragraph.
    static func parse(_ id: TypeID) -> TypeFacts {
        let position = Int(id.index)
        let name = FactsTable.index.names[position]
        let package = String(name[...name.lastIndex(of: ".")!])
        var fields: [FieldFact] = []
        for token in FactsTable.index.fields[position].utf8.split(whereSeparator: {
            $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n")
        }) {
            var parser = FactsParser(token, package: package)
            fields.append(parser.field())
        }
        return TypeFacts(
            id: id, name: name, fields: fields, isAtomic: FactsTable.index.atomic.contains(position)
        )
    }

    private init(_ token: Substring.UTF8View, package: String) {
        text = token
        rest = token
        self.package = package
    }

    private mutating func field() -> FieldFact {
        let name = word(until: ":")
        advance()
        let (container, element) = shape()
        let marks = marks()
        return FieldFact(
            key: Key(name), name: name, container: container, element: element, marks: marks)
    }

    private mutating func shape() -> (ContainerShape, ElementShape) {
        switch next() {
        case UInt8(ascii: "["): return (.list, shape().1)
        case UInt8(ascii: "{"):
            let (container, element) = shape()
            return (container == .list ? .mapOfLists : .map, element)
        case UInt8(ascii: "s"): return (.single, .string)
        case UInt8(ascii: "b"): return (.single, .boolean)
        case UInt8(ascii: "i"): return (.single, .int32)
        case UInt8(ascii: "l"): return (.single, .int64)
        case UInt8(ascii: "d"): return (.single, .double)
        case UInt8(ascii: "y"): return (.single, .bytes)
        case UInt8(ascii: "q"): return (.single, .quantity)
        case UInt8(ascii: "x"): return (.single, .intOrString)
        case UInt8(ascii: "t"): return (.single, .time)
        case UInt8(ascii: "m"): return (.single, .microTime)
        case UInt8(ascii: "r"): return (.single, .any)
        case UInt8(ascii: "@"): return (.single, .object(reference()))
        default: preconditionFailure("unknown shape in the facts: \(Substring(text))")
        }
    }

    private mutating func reference() -> TypeID {
        let written = word(until: "!*+>~/#")
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
            case UInt8(ascii: "!"): marks.isRequired = true
            case UInt8(ascii: "*"): marks.isPointer = true
            case UInt8(ascii: "+"): marks.isAlwaysPresent = true
            case UInt8(ascii: ">"): marks.leadsToAlwaysPresent = true
            case UInt8(ascii: "~"): marks.patchStrategy = strategy()
            case UInt8(ascii: "/"): marks.mergeKey = Key(word(until: "#"))
            case UInt8(ascii: "#"): marks.listKind = listKind(mergeKey: marks.mergeKey)
            default: preconditionFailure("unknown mark in the facts: \(Substring(text))")
            }
        }
        return marks
    }

    private mutating func strategy() -> PatchStrategy {
        switch word(until: "/#") {
        case "m": .merge
        case "k": .retainKeys
        case "mk": [.merge, .retainKeys]
        case "r": .replace
        default: preconditionFailure("unknown strategy in the facts: \(Substring(text))")
        }
    }

    private mutating func listKind(mergeKey: Key?) -> ListKind {
        switch next() {
        case UInt8(ascii: "s"): return .set
        case UInt8(ascii: "a"): return .atomic
        case UInt8(ascii: "g"): return .unspecified
        case UInt8(ascii: "m"):
            if rest.first == UInt8(ascii: "/") {
                advance()
                return .map(word(until: "").split(separator: ",").map { Key(String($0)) })
            }
            return .map(mergeKey.map { [$0] } ?? [])
        default: preconditionFailure("unknown list kind in the facts: \(Substring(text))")
        }
    }

    private mutating func next() -> UInt8 { rest.removeFirst() }

    private mutating func advance() { rest.removeFirst() }

    /// The text up to the first of `ends`, or to the end.
    private mutating func word(until ends: StaticString) -> String {
        let end = ends.withUTF8Buffer { ends in rest.firstIndex { ends.contains($0) } }
        let word = rest[..<(end ?? rest.endIndex)]
        rest = rest[(end ?? rest.endIndex)...]
        return String(Substring(word))
    }
}
