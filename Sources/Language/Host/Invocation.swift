import Syntax

/// A pipeline that is to run now: its words are resolved.
public struct Invocation: Sendable {
    /// At least one; the output of each is the input of the next.
    public let stages: [Stage]
    /// Ended in `&`.
    public let isBackground: Bool
    /// A `{ … }` follows, which the host runs while the command is in force.
    public let hasBlock: Bool
    /// Where it stands, for messages and the cause of changes.
    public let place: Place

    public init(stages: [Stage], isBackground: Bool, hasBlock: Bool, place: Place) {
        self.stages = stages
        self.isBackground = isBackground
        self.hasBlock = hasBlock
        self.place = place
    }

    /// The words as they could be typed again.
    public var text: String { stages.map(\.text).joined(separator: " | ") }
}

/// One command of a pipeline.
public struct Stage: Sendable {
    /// The verb and its arguments, without `kubectl`.
    public let arguments: [Argument]
    /// Begins with `kubectl`.
    public let hasKubectl: Bool
    public let redirections: [AppliedRedirection]
    public let span: SourceSpan

    public init(
        arguments: [Argument], hasKubectl: Bool, redirections: [AppliedRedirection],
        span: SourceSpan
    ) {
        self.arguments = arguments
        self.hasKubectl = hasKubectl
        self.redirections = redirections
        self.span = span
    }

    /// The texts of the arguments.
    public var words: [String] { arguments.map(\.text) }

    /// The words as they could be typed again.
    public var text: String {
        let words = arguments.map { $0.needsQuotes ? "'\($0.text)'" : $0.text }
        return (hasKubectl ? ["kubectl"] + words : words).joined(separator: " ")
    }
}

/// A resolved word.
public struct Argument: Hashable, Sendable {
    public let text: String
    /// Where the word stands; several arguments share one span when a list was interpolated.
    public let span: SourceSpan

    public init(text: String, span: SourceSpan) {
        self.text = text
        self.span = span
    }

    var needsQuotes: Bool {
        text.isEmpty
            || text.utf8.contains { byte in
                switch byte {
                case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"),
                    UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\""),
                    UInt8(ascii: "|"), UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: ">"),
                    UInt8(ascii: "&"), UInt8(ascii: "#"), UInt8(ascii: "$"):
                    true
                default: false
                }
            }
    }
}

/// A redirection with its target resolved.
public struct AppliedRedirection: Sendable {
    public enum Target: Sendable {
        /// The name of a file, or a descriptor number after `>&`.
        case word(String)
        /// The text of a here-document.
        case text(String)
    }
    /// The number glued before the operator; nil for the usual one.
    public let descriptor: Int?
    public let operation: Redirection.Operator
    public let target: Target

    public init(descriptor: Int?, operation: Redirection.Operator, target: Target) {
        self.descriptor = descriptor
        self.operation = operation
        self.target = target
    }
}

/// How a command ended.
public struct CommandResult: Sendable {
    /// 0 for success.
    public let exitCode: Int
    /// What it said about its failure (also written to the output); empty for success.
    public let errorText: String

    public init(exitCode: Int, errorText: String = "") {
        self.exitCode = exitCode
        self.errorText = errorText
    }

    /// A command that succeeded.
    public static let success = CommandResult(exitCode: 0)
}

/// A place in a script.
public struct Place: Sendable {
    public let source: Source
    public let span: SourceSpan

    public init(source: Source, span: SourceSpan) {
        self.source = source
        self.span = span
    }

    /// The text at the place.
    public var text: String { source.text(in: span) }

    /// `canary.dock:12:3`
    public var description: String {
        let location = source.location(at: Int(span.start))
        return "\(source.name):\(location.line):\(location.column)"
    }
}
