/// What can be said of a script without running it.
package struct ShellSurvey {
    /// The names of the commands that it may call.
    package private(set) var names: Set<String> = []
    /// Whether some name is known only when it runs.
    package private(set) var hasUnknownNames = false
    /// Whether its course depends on what its commands find: loops, conditions, pipelines.
    package private(set) var decides = false
    /// Whether it ends in a loop that nothing ends.
    package private(set) var isEndless = false
    /// Whether it waits in a loop until something holds.
    package private(set) var waits = false
    private var functions: Set<String> = []

    package init(_ node: ShellNode) {
        walk(node)
        names.subtract(functions)
        isEndless = Self.isEndless(node)
    }

    private mutating func walk(_ node: ShellNode) {
        switch node {
        case .simple(let command):
            for (_, value) in command.assignments { walk(value) }
            for word in command.words { walk(word) }
            for redirection in command.redirections { walk(redirection.target.word) }
            guard let first = command.words.first else { return }
            guard let name = first.constantText else {
                hasUnknownNames = true
                return
            }
            names.insert(name)
            // What follows these is a command as well.
            if ["exec", "command", "nohup", "time"].contains(name), command.words.count > 1 {
                if let next = command.words[1].constantText {
                    names.insert(next)
                } else {
                    hasUnknownNames = true
                }
            }
        case .list(let nodes): nodes.forEach { walk($0) }
        case .pipeline(let nodes):
            decides = true
            nodes.forEach { walk($0) }
        case .chain(let first, let rest):
            walk(first)
            for part in rest { walk(part.node) }
        case .not(let inner), .background(let inner), .subshell(let inner): walk(inner)
        case .redirected(let inner, let redirections):
            walk(inner)
            for redirection in redirections { walk(redirection.target.word) }
        case .condition(let test, let then, let otherwise):
            decides = true
            walk(test)
            walk(then)
            if let otherwise { walk(otherwise) }
        case .loop(let test, let body, let isUntil):
            if !Self.isConstant(test, isUntil: isUntil) {
                decides = true
                waits = true
            }
            walk(test)
            walk(body)
        case .forEach(_, let words, let body):
            decides = true
            for word in words ?? [] { walk(word) }
            walk(body)
        case .choice(let subject, let branches):
            decides = true
            walk(subject)
            for branch in branches { walk(branch.body) }
        case .function(let name, let body):
            functions.insert(name)
            walk(body)
        }
    }

    private mutating func walk(_ word: ShellWord) {
        for part in word.parts {
            switch part {
            case .text, .variable: break
            case .command(let node, _): walk(node)
            case .sum(let inner, _): walk(inner)
            }
        }
    }

    /// `while true`, `while :`, `until false`.
    private static func isConstant(_ test: ShellNode, isUntil: Bool) -> Bool {
        guard case .simple(let command) = test, let name = command.words.first?.plainText else {
            return false
        }
        if isUntil { return name == "false" }
        return name == "true" || name == ":"
            || name == "[" && command.words.count == 3
                && command.words[1].plainText != nil
    }

    /// Whether the last thing it does is a loop without an end.
    private static func isEndless(_ node: ShellNode) -> Bool {
        switch node {
        case .list(let nodes): nodes.contains { isEndless($0) }
        case .redirected(let inner, _), .subshell(let inner): isEndless(inner)
        // What stands behind `&&` or `||` may be passed over.
        case .chain(let first, _): isEndless(first)
        case .loop(let test, let body, let isUntil):
            isConstant(test, isUntil: isUntil) && !leaves(body)
        case .simple(let command): isEndless(command)
        case .pipeline, .not, .background, .condition, .forEach, .choice, .function: false
        }
    }

    /// `sleep infinity`, `tail -f`.
    private static func isEndless(_ command: ShellCommand) -> Bool {
        var words = command.words.compactMap(\.constantText)
        if words.first == "exec" { words.removeFirst() }
        switch words.first {
        case "sleep": return words.count > 1 && words[1].hasPrefix("inf")
        case "tail": return words.contains { $0 == "-f" || $0 == "-F" }
        default: return false
        }
    }

    /// Whether a loop's body may end the loop.
    private static func leaves(_ node: ShellNode) -> Bool {
        switch node {
        case .simple(let command):
            ["break", "exit", "return", "exec", "kill", "."].contains(
                command.words.first?.constantText ?? "exit")
                && !command.words.isEmpty
        case .list(let nodes): nodes.contains { leaves($0) }
        case .chain(let first, let rest): leaves(first) || rest.contains { leaves($0.node) }
        case .not(let inner), .redirected(let inner, _): leaves(inner)
        case .condition(let test, let then, let otherwise):
            leaves(test) || leaves(then) || otherwise.map { leaves($0) } ?? false
        case .loop(let test, let body, _): leaves(test) || leaves(body)
        case .forEach(_, _, let body): leaves(body)
        case .choice(_, let branches): branches.contains { leaves($0.body) }
        case .pipeline, .background, .subshell, .function: false
        }
    }
}
