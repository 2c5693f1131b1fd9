import Model
import Support
import Value

extension Verb {
    /// `kubectl set selector`.
    static let setSelector: Verb = {
        var verb = Verb("selector", summary: "Change the selector of a service")
        verb.usage = "(-f FILE | TYPE NAME) EXPRESSIONS [flags]"
        verb.examples = ["set selector service web app=other"]
        verb.flags =
            setFlags.filter { !["kustomize", "selector", "recursive"].contains($0.name) } + [
                Flag("recursive", "R", .bool, "also the folders below", standard: "true"),
                .record, Flag("resource-version", nil, .string, "only for this version"),
            ]
        verb.holdsGoTypes = true
        verb.completes = .resources
        verb.run = { call in
            let command = SetCommand(call: call)
            guard let text = call.arguments.last else {
                throw VerbError.message("one selector is required")
            }
            let selector = try Verb.labelSelector(text)
            let words = Array(call.arguments.dropLast())
            try command.update(words, "selector", confirmsAll: true) {
                value, info throws(VerbError) in
                guard info.kind == .service else {
                    throw .message("setting a selector is only supported for Services")
                }
                let expressions = selector[.matchExpressions].elements
                if !expressions.isEmpty {
                    let list = expressions.map { entry in
                        let values = entry[.values].elements.compactMap(\.string)
                        return "{\(entry.text(.key)) \(entry.text(.operator)) "
                            + "[\(values.joined(separator: " "))]}"
                    }
                    throw .message(
                        "match expression [\(list.joined(separator: " "))] not supported on this "
                            + "object")
                }
                value[.spec][.selector] =
                    selector[.matchLabels].isNull ? .emptyObject : selector[.matchLabels]
                let version = call.flags.string("resource-version")
                if !version.isEmpty { value[.metadata][.resourceVersion] = Value(version) }
            }
        }
        return verb
    }()
}
