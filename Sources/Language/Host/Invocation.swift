import Syntax

/// A pipeline that is to run now: its words are resolved.
package struct Invocation: Sendable {
    /// At least one; the output of each is the input of the next.
    package let stages: [Stage]
    /// Ended in `&`.
    package let isBackground: Bool
    /// A `{ … }` follows, which the host runs while the command is in force.
    package let hasBlock: Bool
    /// Where it stands, for messages and the cause of changes.
    package let place: Place

    package init(stages: [Stage], isBackground: Bool, hasBlock: Bool, place: Place) {
        self.stages = stages
        self.isBackground = isBackground
        self.hasBlock = hasBlock
        self.place = place
    }

    /// The words as they could be typed again.
    package var text: String { stages.map(\.text).joined(separator: " | ") }
}

/// One command of a pipeline.
package struct Stage: Sendable {
    /// The verb and its arguments, without `kubectl`.
    package let arguments: [Argument]
    /// Begins with `kubectl`.
    package let hasKubectl: Bool
    package let redirections: [AppliedRedirection]
    package let span: SourceSpan

    package init(
        arguments: [Argument], hasKubectl: Bool, redirections: [AppliedRedirection],
        span: SourceSpan
    ) {
        self.arguments = arguments
        self.hasKubectl = hasKubectl
        self.redirections = redirections
        self.span = span
    }

    /// The texts of the arguments.
    package var words: [String] { arguments.map(\.text) }

    /// The words as they could be typed again.
    package var text: String {
        let words = arguments.map { $0.needsQuotes ? "'\($0.text)'" : $0.text }
        return (hasKubectl ? ["kubectl"] + words : words).joined(separator: " ")
    }
}

/// A resolved word.
package struct Argument: Hashable, Sendable {
    package let text: String
    /// Where the word stands; several arguments share one span when a list was interpolated.
    package let span: SourceSpan

    package init(text: String, span: SourceSpan) {
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
package struct AppliedRedirection: Sendable {
    package enum Target: Sendable {
        /// The name of a file, or a descriptor number after `>&`.
        case word(String)
        /// The text of a here-document.
        case text(String)
    }
    /// The number glued before the operator; nil for the usual one.
    package let descriptor: Int?
    package let operation: Redirection.Operator
    package let target: Target

    package init(descriptor: Int?, operation: Redirection.Operator, target: Target) {
        self.descriptor = descriptor
        self.operation = operation
        self.target = target
    }
}

/// How a command ended.
package struct CommandResult: Sendable {
    /// 0 for success.
    package let exitCode: Int
    /// What it said about its failure (also written to the output); empty for success.
    package let errorText: String

    package init(exitCode: Int, errorText: String = "") {
        self.exitCode = exitCode
        self.errorText = errorText
    }

    /// A command that succeeded.
    package static let success = CommandResult(exitCode: 0)
}

/// A place in a script.
package struct Place: Sendable {
    package let source: Source
    package let span: SourceSpan

    package init(source: Source, span: SourceSpan) {
        self.source = source
        self.span = span
    }

    /// The text at the place.
    package var text: String { source.text(in: span) }

    /// `canary.dock:12:3`
    package var description: String {
        let location = source.location(at: Int(span.start))
        return "\(source.name):\(location.line):\(location.column)"
    }
}
