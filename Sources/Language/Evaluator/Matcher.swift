import Patterns
import Support
import Value

/// Subset match: a map matches when every entry of the pattern does; a list of keyed items by key;
/// any other list whole and in order, unless the pattern is open.
struct Matcher {
    let host: any Host
    /// The kind that the value belongs to, with the path of the value in it.
    let kind: KindFacts?
    /// How many differences are worth collecting: 1 to learn whether there is one.
    let limit: Int
    private(set) var differences: [ExpectationFailure.Difference] = []

    init(host: any Host, kind: KindFacts?, limit: Int) {
        self.host = host
        self.kind = kind
        self.limit = limit
    }

    private mutating func add(_ path: String, _ expected: Value?, _ actual: Value?) {
        guard differences.count < limit else { return }
        differences.append(
            ExpectationFailure.Difference(
                path: path, expected: expected, actual: actual?.isNull == true ? nil : actual))
    }

    mutating func match(
        _ value: Value, _ pattern: Value, at path: String, _ facts: [FactStep]
    ) throws(RuntimeError) {
        guard differences.count < limit else { return }
        switch pattern {
        case .object(let fields): try match(value, fields, at: path, facts)
        case .array(let items): try match(value, items, at: path, facts)
        case .opaque(let open as OpenListPattern): try match(value, open, at: path, facts)
        default:
            if try !isEqual(value, pattern, facts) { add(path, pattern, value) }
        }
    }

    private func isEqual(
        _ value: Value, _ pattern: Value, _ facts: [FactStep]
    ) throws(RuntimeError) -> Bool {
        if let kind, !facts.isEmpty, !value.isNull, !pattern.isNull,
            case .known(.quantity, _) = host.fieldFact(of: kind, at: facts)
        {
            return try Operators.equal(
                Conversion.quantity(value), Conversion.quantity(pattern))
        }
        return try Operators.equal(value, pattern)
    }

    private mutating func match(
        _ value: Value, _ fields: Object, at path: String, _ facts: [FactStep]
    ) throws(RuntimeError) {
        guard case .object(let object) = value else {
            return add(path, .object(fields), value)
        }
        for field in fields {
            let name = field.key.name
            let step = FieldPath([.field(field.key)]).text
            try match(object[field.key], field.value, at: path + step, facts + [.field(name)])
        }
    }

    private mutating func match(
        _ value: Value, _ items: [Value], at path: String, _ facts: [FactStep]
    ) throws(RuntimeError) {
        guard case .array(let values) = value else { return add(path, .array(items), value) }
        let keys = kind.map { host.mergeKeys(of: $0, at: facts) } ?? []
        if let first = keys.first, !items.isEmpty,
            items.allSatisfy({ !$0[Key(first)].isNull })
        {
            for item in items {
                let named = keys.map { Key($0) }.filter { !item[$0].isNull }
                let label = named.map { "\($0.name)=\(item[$0].scalarText ?? "…")" }
                    .joined(separator: ", ")
                let place = path + "[\(label)]"
                var found: Value?
                for value in values {
                    var isSame = true
                    for key in named where try !Operators.equal(value[key], item[key]) {
                        isSame = false
                    }
                    if isSame {
                        found = value
                        break
                    }
                }
                if let found {
                    try match(found, item, at: place, facts + [.item])
                } else {
                    add(place, item, nil)
                }
            }
            return
        }
        for (index, item) in items.enumerated() {
            if index < values.count {
                try match(values[index], item, at: "\(path)[\(index)]", facts + [.item])
            } else {
                add("\(path)[\(index)]", item, nil)
            }
        }
        for index in min(items.count, values.count)..<values.count {
            add("\(path)[\(index)]", nil, values[index])
        }
    }

    private mutating func match(
        _ value: Value, _ open: OpenListPattern, at path: String, _ facts: [FactStep]
    ) throws(RuntimeError) {
        guard case .array(let values) = value else { return add(path, .opaque(open), value) }
        for item in open.items {
            var isFound = false
            for value in values where !isFound {
                var inner = Matcher(host: host, kind: kind, limit: 1)
                try inner.match(value, item, at: "", facts + [.item])
                isFound = inner.differences.isEmpty
            }
            if !isFound { add("\(path)[…]", item, nil) }
        }
    }
}

extension Evaluator {
    /// The matcher for a value: by the facts of the expression, else of the object itself.
    func matcher(_ plan: MatchPlan, for value: Value, limit: Int) -> (Matcher, [FactStep]) {
        if let kind = plan.kind {
            return (Matcher(host: host, kind: kind, limit: limit), plan.path)
        }
        var kind: KindFacts?
        if case .object(let object) = value, let version = object[.apiVersion].string,
            let name = object[.kind].string
        {
            kind = host.kind(apiVersion: version, kind: name)
        }
        return (Matcher(host: host, kind: kind, limit: limit), [])
    }

    func matches(_ value: Value, _ pattern: Value, _ plan: MatchPlan) throws -> Bool {
        if let absent = value.absentObject { throw absent.error }
        var (matcher, facts) = matcher(plan, for: value, limit: 1)
        try matcher.match(value, pattern, at: "", facts)
        return matcher.differences.isEmpty
    }

    mutating func matchesRegex(_ value: Value, _ pattern: Value) throws -> Bool {
        if let absent = value.absentObject { throw absent.error }
        guard let text = value.fieldText else {
            throw RuntimeError.notText("the left side of `=~`", value)
        }
        return try matches(text, self.pattern(pattern))
    }

    /// Whether an expression matches somewhere in a text.
    func matches(_ text: String, _ pattern: Pattern) throws(RuntimeError) -> Bool {
        do throws(PatternExhaustion) {
            return try pattern.matches(text)
        } catch {
            throw .patternSteps(error.steps)
        }
    }

    /// A regular expression, read once per text.
    mutating func pattern(_ value: Value) throws -> Pattern {
        guard case .text(let text) = value else {
            throw RuntimeError.notText("a regular expression", value)
        }
        if let pattern = patterns[text.string] { return pattern }
        do throws(PatternError) {
            let pattern = try Pattern(text.string, limits: limits.pattern)
            if patterns.count < 256 { patterns[text.string] = pattern }
            return pattern
        } catch {
            throw RuntimeError.pattern(error.message)
        }
    }
}
