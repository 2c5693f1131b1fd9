import Patterns

/// Looks at constants that must be readable: times, lengths of time and regular expressions (cel-go's
/// AST validators, which Kubernetes turns on).
struct CELLiteralCheck {
    private(set) var issues: [CELIssue] = []

    init(_ tree: CELTree, _ source: CELSource, _ meanings: [CELMeaning]) {
        for index in tree.terms.indices {
            guard case .call(let name, let target, let arguments) = tree.terms[index] else {
                continue
            }
            let operands = [target].compactMap(\.self) + arguments
            let place: Int
            switch (name, operands.count) {
            case ("duration", 1), ("timestamp", 1): place = 0
            case ("matches", 2): place = 1
            default: continue
            }
            guard case .literal(let value) = tree[operands[place]],
                !Self.isReadable(value, by: name)
            else { continue }
            issues.append(
                source.issue(at: tree.place(of: operands[place]), "invalid \(name) argument"))
        }
    }

    private static func isReadable(_ value: CELValue, by name: String) -> Bool {
        guard case .string(let text) = value else { return true }
        switch name {
        case "duration": return CELDurationText.nanos(text) != nil
        case "timestamp": return CELTimestamp(parsing: text) != nil
        default: return (try? Pattern(text)) != nil
        }
    }
}
