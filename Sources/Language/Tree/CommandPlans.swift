import Syntax

/// The pipelines of a command statement.
struct CommandPlan {
    var pipelines: [PipelinePlan]
    var isBackground: Bool
    /// Inside a compound command of a shell, where `a && b` is no failure when `a` fails.
    var isLenient: Bool
    /// The block that follows.
    var block: NodeIndex?
    /// What the block behind an editor holds, in its place.
    var changes: [ChangePlan]?
}

/// A change of a text that is edited: `replace A with B`, `delete A`, `insert B after A`.
struct ChangePlan {
    enum Kind {
        case replace(isEvery: Bool)
        case delete
        case insert(isAfter: Bool)
    }
    var kind: Kind
    /// What is looked for.
    var text: WordPlan
    /// What is put there; nil for `delete`.
    var replacement: WordPlan?
    var isPattern: Bool
}

/// Stages joined by `|`.
struct PipelinePlan {
    /// When it runs, by how the one before it ended. The first one always runs.
    enum Condition {
        /// `&&`
        case afterSuccess
        /// `||`
        case afterFailure
    }
    var condition: Condition
    var isNegated: Bool
    /// At least one.
    var stages: [StagePlan]
}

/// One stage of a pipeline.
enum StagePlan {
    case command(Row<SimplePlan>)
    case compound(Row<CompoundPlan>)
    /// `break N` or `continue N` inside a loop.
    case jump(leaves: Bool, levels: Int)
}

/// A command by its words.
struct SimplePlan {
    var assignments: [AssignmentPlan]
    var words: [WordPlan]
    var hasKubectl: Bool
    var redirections: [RedirectionPlan]
    /// `[[ … ]]`: expansions are not cut, and patterns name no files.
    var isDoubleTest: Bool
    var span: SourceSpan
}

/// `NAME=value`
struct AssignmentPlan {
    var name: String
    var value: [WordPiecePlan]
}

/// A command that holds others. Bodies and conditions are blocks of statements.
struct CompoundPlan {
    enum Kind {
        /// Name, words (nil: the positional parameters), body.
        case forEach(String, [WordPlan]?, NodeIndex)
        /// Condition, body; `isUntil` turns the condition round.
        case loop(NodeIndex, NodeIndex, isUntil: Bool)
        case conditional([(condition: NodeIndex, body: NodeIndex)], otherwise: NodeIndex?)
        case choice([WordPiecePlan], [(patterns: [[WordPiecePlan]], body: NodeIndex)])
        case group(NodeIndex)
        case subshell(NodeIndex)
    }
    var kind: Kind
    var redirections: [RedirectionPlan]
    var span: SourceSpan
}

struct RedirectionPlan {
    enum Target {
        /// A word, and how it is written.
        case word(WordPlan, String)
        /// The text of a here-document.
        case text([WordPiecePlan])
    }
    var descriptor: Int?
    var operation: Redirection.Operator
    var target: Target
}

// MARK: - Words

struct WordPlan {
    var pieces: [WordPiecePlan]
    var span: SourceSpan
}

enum WordPiecePlan {
    /// A text as it is.
    case text(String)
    /// An unquoted text whose `*`, `?` and `[…]` name files, or match in patterns; behind `${x:-` it is
    /// cut at blanks.
    case pattern(String)
    /// A value; alone in its word a list gives several words.
    case value(NodeIndex)
    /// A value inside quotes: always one word.
    case quoted(NodeIndex)
    /// A value inserted as JSON.
    case json(NodeIndex)
    /// A value inside a JSON string.
    case jsonText(NodeIndex)
    case parameter(Row<ParameterPlan>, isQuoted: Bool)
    /// `$((…))`
    case arithmetic([WordPiecePlan], isQuoted: Bool)
    /// What the commands of a block write: `$(…)`.
    case output(NodeIndex, isQuoted: Bool)
    /// The name of a file that holds what the commands of a block write: `<(…)`.
    case process(NodeIndex)

    /// Whether it is cut at blanks.
    var splits: Bool {
        switch self {
        case .text, .pattern, .value, .quoted, .json, .jsonText, .process: false
        case .parameter(_, let isQuoted), .arithmetic(_, let isQuoted), .output(_, let isQuoted):
            !isQuoted
        }
    }
}

/// `$x`, `${x:-word}`
struct ParameterPlan {
    enum Operation {
        case value
        /// As the folder that `~/` begins a path with: with a slash at its end.
        case home
        case length
        case orElse([WordPiecePlan], alsoEmpty: Bool)
        case assign([WordPiecePlan], alsoEmpty: Bool)
        case ifSet([WordPiecePlan], alsoEmpty: Bool)
        case trim([WordPiecePlan], atEnd: Bool, isLongest: Bool)
        case replace([WordPiecePlan], with: [WordPiecePlan], isEvery: Bool)
    }
    var name: String
    var operation: Operation
}
