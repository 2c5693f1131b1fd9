import Syntax
import Tools

/// A command of the host that is to run now: its words are resolved.
package struct CommandCall {
    /// The verb and its arguments, without `kubectl`.
    package let arguments: [Argument]
    /// Begins with `kubectl`.
    package let hasKubectl: Bool
    /// Where it stands, for messages and the cause of changes.
    package let place: Place
    /// Standard input. Commands that read it take from its front; what they leave others read.
    package let input: ToolInput
    package let output: ToolOutput
    package let error: ToolOutput
    /// The folder in which relative paths begin; absolute, `/` is the root of the session's files.
    package var workingDirectory = "/"
    /// How long it may run, in milliseconds of virtual time (`timeout`); nil without limit. A command
    /// that is ended so answers 124.
    package var timeLimit: Int64?
    /// The editor that `KUBE_EDITOR` or `EDITOR` names.
    package var editor: TextEditor?

    package init(
        arguments: [Argument], hasKubectl: Bool, place: Place, input: ToolInput,
        output: ToolOutput, error: ToolOutput
    ) {
        self.arguments = arguments
        self.hasKubectl = hasKubectl
        self.place = place
        self.input = input
        self.output = output
        self.error = error
    }

    /// The texts of the arguments.
    package var words: [String] { arguments.map(\.text) }
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

    /// The word as it could be typed again.
    var typed: String { needsQuotes ? "'\(text)'" : text }

    private var needsQuotes: Bool {
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

    /// Line and column of its first character, from 1.
    package var start: SourceLocation { source.location(at: Int(span.start)) }

    /// Line and column behind its last character.
    package var end: SourceLocation { source.location(at: Int(span.end)) }

    /// `canary.dock:12:3`
    package var description: String {
        let location = start
        return "\(source.name):\(location.line):\(location.column)"
    }
}
