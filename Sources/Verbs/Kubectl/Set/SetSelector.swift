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
            let (words, changes) = command.split { $0.contains("=") }
            guard changes.count == 1 else {
                throw VerbError.message("one selector is required")
            }
            var selector: Value = .emptyObject
            for part in changes[0].split(separator: ",") {
                let halves = part.split(separator: "=", maxSplits: 1).map(String.init)
                guard halves.count == 2 else {
                    throw VerbError.message("invalid selector: \(part), expected key=value")
                }
                selector[halves[0]] = Value(halves[1])
            }
            try command.update(words, "selector") { value, info throws(VerbError) in
                guard info.kind == .service else {
                    throw .message("setting a selector is only supported for Services")
                }
                value[.spec][.selector] = selector
                let version = call.flags.string("resource-version")
                if !version.isEmpty { value[.metadata][.resourceVersion] = Value(version) }
            }
        }
        return verb
    }()
}
