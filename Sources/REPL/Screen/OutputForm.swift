import Syntax
import Tools
import Verbs

/// What the output of a command looks like, so far as colours and the width of the window are concerned.
enum OutputForm: Equatable {
    /// A table: states are coloured, and it loses columns where the window is narrow.
    case table
    /// A table that was filtered on its way: states are coloured.
    case filteredTable
    /// `key: value` lines and small tables, as `describe` prints them.
    case description
    /// `deployment.apps/web created`.
    case changes
    case difference
    case plain

    /// The form of what a statement prints, by its text.
    init(statement text: String) {
        let text = text.prefix(400)
        let isFiltered = text.contains("|") || text.contains(">")
        var words = text.split(whereSeparator: \.isWhitespace).map(String.init)[...]
        while let word = words.first,
            ["$", "kubectl", "k", "sudo", "watch"].contains(word) || word.hasPrefix("-")
                || word.contains("=")
        {
            words.removeFirst()
        }
        guard let word = words.first else {
            self = .plain
            return
        }
        switch word {
        case "get", "top", "events", "api-resources":
            let isTable = !words.contains { word in
                ["-o", "--output"].contains(word)
                    && !(words.contains("wide") || words.contains { $0.hasPrefix("custom-") })
                    || ["-oyaml", "-ojson", "-oname"].contains(word)
                    || ["--output=", "-o="].contains(where: word.hasPrefix)
                        && !word.hasSuffix("wide")
            }
            self = !isTable ? .plain : isFiltered ? .filteredTable : .table
        case "describe": self = .description
        case "diff": self = .difference
        default:
            guard let verb = VerbRegistry.verb(word), verb.group == .kubectl else {
                self = .plain
                return
            }
            self = .changes
        }
    }
}

/// Which statements may print more than the window holds and have it shown page by page: those that are
/// over at once. What waits or streams shows its lines as they come.
enum PagedStatements {
    static func pages(_ script: Script) -> Bool {
        !script.statements.isEmpty && script.statements.allSatisfy(pages)
    }

    private static func pages(_ statement: Statement) -> Bool {
        switch statement.kind {
        case .print, .expression: return true
        case .command(let line):
            guard line.block == nil, !line.isBackground else { return false }
            return line.pipelines.allSatisfy { pipeline in
                !readsTerminal(pipeline.stages[0]) && pipeline.stages.allSatisfy(pages)
            }
        case .let, .assign, .if, .for, .while, .break, .continue, .function, .return, .include,
            .file,
            .setup, .cleanup, .scenario, .exercise, .expect, .invariant, .timer, .behavior, .attach,
            .skip:
            return false
        }
    }

    /// Whether a tool has no file to read, and so waits for what somebody types.
    private static func readsTerminal(_ stage: PipelineStage) -> Bool {
        guard case .command(let command) = stage, command.words.count == 1,
            command.redirections.allSatisfy({ $0.operation == .output || $0.operation == .append })
        else { return false }
        return ["cat", "sort", "tee", "tac", "wc", "nl", "rev", "uniq", "jq", "base64"].contains(
            command.words[0].literalText)
    }

    /// Kubectl's verbs that only read, and the world's.
    private static let readers: Set<String> = [
        "get", "describe", "explain", "events", "logs", "top", "api-resources", "api-versions",
        "config", "diff", "options", "version", "kustomize", "cluster-info", "help", "log",
        "pending",
        "auth",
    ]
    private static let following: Set<String> = ["-w", "--watch", "--watch-only", "-f", "--follow"]
    private static let waitingTools: Set<String> = [
        "sleep", "timeout", "time", "xargs", "command", "watch", "ping", "curl", "wget", "nc",
        "page",
        "vi", "vim", "nano", "source", "less", "more",
    ]

    private static func pages(_ stage: PipelineStage) -> Bool {
        guard case .command(let command) = stage else { return false }
        let words = command.words.compactMap(\.literalText)
        guard let first = words.first(where: { !$0.hasPrefix("-") }) else { return false }
        let follows = words.contains { following.contains($0) || $0.hasPrefix("--watch=") }
        if readers.contains(first) {
            return !(follows && ["get", "events", "logs"].contains(first))
        }
        return VerbRegistry.verb(first) == nil && ToolRegistry.tool(named: first) != nil
            && !waitingTools.contains(first)
    }
}
