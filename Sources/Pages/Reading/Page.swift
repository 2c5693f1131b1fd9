/// A tutorial as it stands: commands with what they printed, manifests, and statements for Drydock, in their
/// order.
package struct Page {
    package enum Element {
        case command(PageCommand)
        case manifest(PageManifest)
        /// A file was changed in an editor: what the page shows of it, as a part of the file; nil where it
        /// shows nothing.
        case edit(file: String, part: String?, line: Int)
        /// Statements of the language: from a comment for Drydock, the page's head or a `dock` block.
        case statements(text: String, line: Int)
    }

    package let elements: [Element]
    /// The lines as they stand in the page.
    package let lines: [String]
    /// Lines of prose with their index.
    let prose: [(line: Int, text: String)]

    /// Reads a page: Markdown, plain text or something between.
    package init(parsing text: String) {
        lines = PageText.lines(text)
        var reader = PageReader(lines.map(PageText.cleaned))
        elements = reader.read()
        prose = reader.prose
    }

    package var commands: [PageCommand] {
        elements.compactMap { if case .command(let command) = $0 { command } else { nil } }
    }

    var manifests: [PageManifest] {
        elements.compactMap { if case .manifest(let manifest) = $0 { manifest } else { nil } }
    }
}

/// A command of a page.
package struct PageCommand {
    /// The command, quotes and dashes put right.
    package var text: String
    /// The index of its first line in the page.
    package let line: Int
    /// What the page shows as its output; empty where it shows none.
    package var output: [String]
    /// Where that stands in the page.
    package var range: Range<Int>
    /// What indents it there.
    package var indent: String
    /// It was typed in a shell inside a container.
    let isInContainer: Bool
    /// It was typed at Drydock's own prompt, where anything is a statement.
    let isOwn: Bool
    /// The machine or container that the prompt names.
    var host: String?
    /// The first line of the block of code that it stands in.
    var block = 0
    /// Whether the block has no prompts, so that nothing tells whose shell a line was typed in.
    var isBare = false
    /// The comment behind the command.
    var remark = ""
}

/// YAML or JSON of a page.
package struct PageManifest {
    package let text: String
    package let line: Int
    /// What the page calls the file; nil where it does not say.
    package var name: String?
    /// Whether the prose before it speaks of applying or changing it.
    var isToApply = false
}
