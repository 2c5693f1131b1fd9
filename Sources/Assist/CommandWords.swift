import Syntax
import Tools
import Verbs

/// The words of a command, each known for what it is.
package struct CommandWords {
    /// What a word is.
    package enum Role {
        /// The verb, or the word of a subverb.
        case verb(Verb, path: [String])
        case tool(Tool)
        case flag(Flag)
        /// The word behind a flag that takes its value from it.
        case value(of: Flag)
        case argument(Int)
        /// Of a command that nobody knows.
        case unknown
    }

    /// The texts of the words, each as far as it is known before a run: `--image=` of `--image=${x}`.
    package let texts: [String]
    /// The verb that the words lead to; nil for a tool or an unknown command.
    package private(set) var verb: Verb?
    /// The words that lead there: ["rollout", "status"].
    package private(set) var path: [String] = []
    package private(set) var tool: Tool?
    /// The flags of the verb.
    package private(set) var flags: [Flag] = []
    /// One for each word.
    package private(set) var roles: [Role] = []
    /// The words that are arguments.
    package private(set) var arguments: [String] = []
    /// The flag that the next word would be the value of.
    package private(set) var pendingFlag: Flag?

    package init(_ words: [Word]) { self.init(words.map(\.knownText)) }

    package init(_ texts: [String]) {
        self.texts = texts
        var start = 0
        // Flags may stand before the verb: `kubectl -n shop get pods`.
        flags = VerbRegistry.sharedFlags
        while start < texts.count, pendingFlag != nil || texts[start].hasPrefix("-") {
            read(flagOrValue: texts[start])
            start += 1
        }
        guard start < texts.count else { return }
        let first = texts[start]
        if let verb = VerbRegistry.verb(first) {
            readVerb(verb, behind: start)
        } else if let tool = ToolRegistry.tool(named: first) {
            self.tool = tool
            roles.append(.tool(tool))
            for text in texts.dropFirst(start + 1) {
                roles.append(.argument(arguments.count))
                arguments.append(text)
            }
        } else {
            roles += texts.dropFirst(start).map { _ in .unknown }
        }
    }

    /// A flag, or the value of the flag before it.
    private mutating func read(flagOrValue text: String) {
        if let flag = pendingFlag {
            roles.append(.value(of: flag))
            pendingFlag = nil
        } else if let flag = flag(of: text) {
            roles.append(.flag(flag))
            if !text.contains("="), flag.valueAlone == nil, isWhole(text) { pendingFlag = flag }
        } else {
            roles.append(.unknown)
        }
    }

    private mutating func readVerb(_ first: Verb, behind start: Int) {
        enter(first)
        var isOver = false
        for text in texts.dropFirst(start + 1) {
            if pendingFlag != nil || !isOver && text.hasPrefix("-") && text.count > 1 {
                if pendingFlag == nil, text == "--" { isOver = true }
                read(flagOrValue: text)
            } else if arguments.isEmpty, let next = verb?.subverb(text) {
                enter(next)
            } else {
                roles.append(.argument(arguments.count))
                arguments.append(text)
            }
        }
    }

    private mutating func enter(_ next: Verb) {
        verb = next
        path.append(next.name)
        flags = VerbRegistry.flags(of: next, path: path)
        roles.append(.verb(next, path: path))
    }

    /// The flag that a word names, with or without its value.
    package func flag(of word: String) -> Flag? {
        if word.hasPrefix("--") {
            let name = word.dropFirst(2).prefix { $0 != "=" }
            return flags.first { $0.name == name }
        }
        let letter = word.dropFirst().first
        return flags.first { $0.short != nil && $0.short == letter }
    }

    /// `-n` and not `-nshop`, which holds its value.
    private func isWhole(_ word: String) -> Bool {
        word.hasPrefix("--") || word.count == 2
    }

    /// The values given to a flag.
    package func values(of name: String) -> [String] {
        var found: [String] = []
        for (text, role) in zip(texts, roles) {
            switch role {
            case .value(of: let flag) where flag.name == name: found.append(text)
            case .flag(let flag) where flag.name == name:
                if let sign = text.firstIndex(of: "=") {
                    found.append(String(text[text.index(after: sign)...]))
                } else if !text.hasPrefix("--"), text.count > 2 {
                    found.append(String(text.dropFirst(2)))
                }
            case .verb, .tool, .flag, .value, .argument, .unknown: break
            }
        }
        return found
    }
}

extension Word {
    /// The text up to the first piece that is interpolated or expanded.
    fileprivate var knownText: String {
        var text = ""
        for piece in pieces {
            guard let part = piece.literalText else { break }
            text += part
        }
        return text
    }
}
