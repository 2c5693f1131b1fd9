/// A text or file tool: what `help`, completion and the checker know of it, and what it does.
///
/// Each tool is one file with one `static let` in an extension of this type, and one row in
/// ``ToolRegistry``.
package struct Tool: Sendable {
    /// What it is called by: `grep`.
    package let name: String
    /// Other names it answers to.
    package let aliases: [String]
    /// What it does, in the words of `help`: a lower-case clause without a final period.
    package let summary: String
    /// The arguments behind the name, as the usage line shows them.
    package let usage: String
    package let examples: [String]
    package let options: [ToolOption]
    /// Where arguments are not options but text, as those of `echo`: so `--help` is no option.
    let takesOptions: Bool
    /// The exit status of a call that cannot be understood.
    let usageStatus: Int32
    /// What follows the message of such a call; nil stands for the hint at `--help`.
    let usageHint: String?
    /// Which calls are for a verb of the same name, by the words behind it.
    package let isVerb: @Sendable ([String]) -> Bool
    /// Whether it opens an editor, so that a block of changes can follow it.
    package var isEditor = false
    /// Whether it is a program that acts on a machine, of which it can only say that there is none here.
    package var isOutside = false
    let run: @Sendable (ToolCall) throws(ToolStop) -> Int32

    init(
        _ name: String, aliases: [String] = [], summary: String, usage: String,
        examples: [String] = [], options: [ToolOption] = [], takesOptions: Bool = true,
        usageStatus: Int32 = 1, usageHint: String? = nil,
        isVerb: @escaping @Sendable ([String]) -> Bool = { _ in false },
        run: @escaping @Sendable (ToolCall) throws(ToolStop) -> Int32
    ) {
        self.name = name
        self.aliases = aliases
        self.summary = summary
        self.usage = usage
        self.examples = examples
        self.options = options
        self.takesOptions = takesOptions
        self.usageStatus = usageStatus
        self.usageHint = usageHint
        self.isVerb = isVerb
        self.run = run
    }

    /// What `name --help` prints.
    package var help: String {
        var text = "Usage: \(name)\(usage.isEmpty ? "" : " \(usage)")\n\(summary)\n"
        if !options.isEmpty {
            let heads = options.map(\.head)
            let width = heads.map(\.count).max() ?? 0
            text += "\n"
            for (option, head) in zip(options, heads) {
                let padding = String(repeating: " ", count: width - head.count)
                text += "  \(head)\(padding)  \(option.summary)\n"
            }
        }
        if !examples.isEmpty {
            text += "\nExamples:\n" + examples.map { "  \($0)\n" }.joined()
        }
        return text
    }
}

/// Why a tool ends before it is done.
package enum ToolStop: Error, Equatable {
    /// Something went wrong: the message is printed behind the tool's name.
    case failure(String, status: Int32)
    /// The call cannot be understood: the message is printed, and where to read more.
    case usage(String)
    /// All has been said.
    case status(Int32)
    /// Whoever runs the tool wants it to end.
    case interrupted

    static func failure(_ message: String) -> ToolStop { .failure(message, status: 1) }
}

/// A flag of a tool.
package struct ToolOption: Sendable {
    package enum Argument: Sendable {
        case none
        /// Under this name in the usage.
        case required(String)
        /// Only glued to the option: `-i.bak`, `--color=always`.
        case optional(String)
    }

    /// What the tool asks for it by: the letter, or the long name where there is no letter.
    let id: String
    package let short: Character?
    package let long: String?
    package let argument: Argument
    package let summary: String

    /// - Parameter spelling: `n`, `n|lines` or `|lines` as letter and long name.
    init(_ spelling: String, _ summary: String) { self.init(spelling, .none, summary) }

    /// - Parameter spelling: `n`, `n|lines` or `|lines` as letter and long name.
    init(_ spelling: String, _ argument: Argument, _ summary: String) {
        let parts = spelling.split(separator: "|", omittingEmptySubsequences: false)
        short = parts[0].first
        long = parts.count > 1 ? String(parts[1]) : nil
        id = parts[0].isEmpty ? String(parts[parts.count - 1]) : String(parts[0])
        self.argument = argument
        self.summary = summary
    }

    /// `-n, --lines=N`.
    package var head: String {
        var text = short.map { "-\($0)" } ?? "   "
        if let long { text += (short == nil ? " " : ", ") + "--\(long)" }
        switch argument {
        case .none: return text
        case .required(let name): return text + (long == nil ? " \(name)" : "=\(name)")
        case .optional(let name): return text + (long == nil ? "[\(name)]" : "[=\(name)]")
        }
    }
}
