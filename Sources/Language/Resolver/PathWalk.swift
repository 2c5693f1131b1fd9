import Syntax

/// Follows a path through the facts about a kind.
struct PathWalk {
    private var kind: KindFacts?
    private var path: [FactStep] = []
    /// The value is a list of such values that is no field.
    private var isList = false
    /// A `[*]` was passed: the result is a list.
    var isMapped = false

    init(shape: Shape) {
        switch shape {
        case .unknown: break
        case .value(let kind, let path):
            self.kind = kind
            self.path = path
        case .items(let kind, let path):
            self.kind = kind
            self.path = path
            isList = true
        }
    }

    /// The facts hold to the end of the path.
    var isKnown: Bool { kind != nil }

    var result: Shape {
        guard let kind else { return .unknown }
        return isMapped || isList ? .items(kind, path) : .value(kind, path)
    }

    /// The place at the end, be it of one value or of each of several.
    var itemShape: Shape {
        guard let kind, !isList else { return .unknown }
        return .value(kind, path)
    }

    /// What is known of the field at the end.
    func fact(_ facts: any Facts) -> FieldFact? {
        guard let kind, !isList else { return nil }
        guard !path.isEmpty else { return .known(.map, readsZero: false) }
        return facts.fieldFact(of: kind, at: path)
    }

    private var text: String {
        var text = ""
        for step in path {
            switch step {
            case .field(let name): text += "." + name
            case .item: text += "[*]"
            }
        }
        return text
    }

    private mutating func forget() {
        kind = nil
        path = []
        isList = false
    }

    /// Steps into a field; gives what is wrong with it.
    mutating func enter(_ name: String, _ facts: any Facts) -> CheckError? {
        guard let kind else { return nil }
        if isList {
            forget()
            return .fieldOfList(kind.resource)
        }
        switch fact(facts) {
        case .known(.list, _)?:
            defer { forget() }
            return .fieldOfList(text)
        case .known(let type, _)? where type.isScalar:
            defer { forget() }
            return .fieldOfScalar(text, type: type.phrase)
        case .unchecked?, .known(.any, _)?:
            forget()
            return nil
        case .known?, .unknown?, nil: break
        }
        let next = path + [.field(name)]
        switch facts.fieldFact(of: kind, at: next) {
        case .unknown(let owner, let nearest):
            forget()
            return .unknownField("." + name, owner: owner, nearest: nearest.map { "." + $0 })
        case .unchecked:
            forget()
        case .known:
            path = next
        }
        return nil
    }

    /// Steps into any item of a list.
    mutating func enterItem(_ facts: any Facts) {
        guard kind != nil else { return }
        if isList {
            isList = false
        } else if case .known(.list, _)? = fact(facts) {
            path.append(.item)
        } else {
            forget()
        }
    }

    /// Steps into `["key"]`.
    mutating func enterKey(_ name: String, _ facts: any Facts) {
        guard let kind, !isList else { return forget() }
        let next = path + [.field(name)]
        if case .known = facts.fieldFact(of: kind, at: next) { path = next } else { forget() }
    }

    /// Steps into `[e]`, which may be an index or a key.
    mutating func enterIndexed(_ facts: any Facts) {
        if isList {
            isList = false
        } else if case .known(.list, _)? = fact(facts) {
            path.append(.item)
        } else {
            forget()
        }
    }
}

extension FieldType {
    /// Whether nothing lies inside.
    var isScalar: Bool {
        switch self {
        case .list, .map, .any: false
        default: true
        }
    }

    /// The type with its article.
    var phrase: String {
        switch self {
        case .boolean: "a boolean"
        case .integer: "an integer"
        case .number: "a number"
        case .string: "text"
        case .quantity: "a quantity"
        case .integerOrString: "an integer or text"
        case .duration: "a duration"
        case .time: "a timestamp"
        case .list: "a list"
        case .map: "a map"
        case .any: "anything"
        }
    }
}
