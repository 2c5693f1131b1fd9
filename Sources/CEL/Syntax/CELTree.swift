/// The place of a term in its tree.
struct CELTermID: Hashable, Sendable {
    let index: Int32

    init(_ index: Int) { self.index = Int32(index) }
}

/// What an expression says, before names have a meaning; macros are already written out.
struct CELTree: Sendable {
    private(set) var terms: [CELTerm] = []
    /// The code point that an issue with a term points at.
    private(set) var places: [Int32] = []

    subscript(id: CELTermID) -> CELTerm { terms[Int(id.index)] }

    func place(of id: CELTermID) -> Int { Int(places[Int(id.index)]) }

    mutating func add(_ term: CELTerm, at place: Int) -> CELTermID {
        terms.append(term)
        places.append(Int32(place))
        return CELTermID(terms.count - 1)
    }

    /// A term again, with everything below it: what stands twice in an expanded macro is two terms,
    /// because names in it can mean different things.
    mutating func copy(_ id: CELTermID) -> CELTermID {
        let place = place(of: id)
        var term = self[id]
        switch term {
        case .literal, .name, .broken: break
        case .select(let operand, let field, let isTest):
            term = .select(copy(operand), field, isTest: isTest)
        case .call(let name, let target, let arguments):
            term = .call(name, target: target.map { copy($0) }, arguments.map { copy($0) })
        case .list(let elements, let optional):
            term = .list(elements.map { copy($0) }, optional: optional)
        case .map(let entries):
            term = .map(
                entries.map {
                    CELTerm.Entry(
                        key: copy($0.key), value: copy($0.value), isOptional: $0.isOptional,
                        place: $0.place)
                })
        case .structure(let name, let fields):
            term = .structure(
                name,
                fields.map {
                    CELTerm.FieldValue(
                        name: $0.name, value: copy($0.value), isOptional: $0.isOptional,
                        place: $0.place)
                })
        case .fold(var fold):
            fold.range = copy(fold.range)
            fold.start = copy(fold.start)
            fold.condition = copy(fold.condition)
            fold.step = copy(fold.step)
            fold.result = copy(fold.result)
            term = .fold(fold)
        }
        return add(term, at: place)
    }
}

/// A part of an expression.
enum CELTerm: Sendable {
    case literal(CELValue)
    case name(String)
    /// `a.b`, or `has(a.b)`.
    case select(CELTermID, String, isTest: Bool)
    case call(String, target: CELTermID?, [CELTermID])
    case list([CELTermID], optional: [Bool])
    case map([Entry])
    case structure(String, [FieldValue])
    case fold(Fold)
    /// What could not be read; an issue says why.
    case broken

    struct Entry: Sendable {
        var key: CELTermID
        var value: CELTermID
        /// `{?key: value}`
        var isOptional: Bool
        var place: Int
    }

    struct FieldValue: Sendable {
        var name: String
        var value: CELTermID
        var isOptional: Bool
        var place: Int
    }

    /// What all macros over lists and maps become: a variable starts with a value and, for each item
    /// of the range and as long as the condition holds, gets the value of the step.
    struct Fold: Sendable {
        var range: CELTermID
        /// The item, or the index or key where there are two variables.
        var item: String
        var second: String?
        var total: String
        var start: CELTermID
        var condition: CELTermID
        var step: CELTermID
        var result: CELTermID

        /// Whether it only gives a name to a value: no item is looked at.
        var isBinding: Bool { item == Fold.unusedName }

        static let unusedName = "#unused"
        static let totalName = "@result"
    }
}
