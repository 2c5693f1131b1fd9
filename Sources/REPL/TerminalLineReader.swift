import CReadline
import Glibc

/// The word under the cursor, for which candidates are wanted.
package struct CompletionQuery: Sendable {
    /// The line as typed so far, on both sides of the cursor.
    package let line: String
    /// The place of the word in `line`, as UTF-8 offsets.
    package let word: Range<Int>
}

/// A word that could stand under the cursor.
package struct CompletionWord: Hashable, Sendable {
    package let text: String
    /// What it is: a type, a signature, a summary.
    package let detail: String

    package init(_ text: String, _ detail: String = "") {
        self.text = text
        self.detail = detail
    }
}

/// What could stand there.
package struct CompletionList {
    package var words: [CompletionWord] = []
    /// Whether no blank follows what is chosen.
    package var isGlued = false
}

/// A terminal with GNU readline: editing, history and completion.
package final class TerminalLineReader: LineReader {
    package let isInteractive = true
    private let usesColor: Bool

    package var hasTyped: Bool { drydock_has_typed() != 0 }

    /// Sets readline up. `historyPath` need not exist; nil keeps no history. Readline is one per
    /// process: a second reader takes the first one's place.
    package init(
        historyPath: String?, capacity: Int = 5_000, usesColor: Bool = false,
        completer: @escaping (CompletionQuery) -> CompletionList
    ) {
        self.usesColor = usesColor
        Self.completer = completer
        drydock_readline_start(Self.complete, historyPath, Int32(capacity))
    }

    package func read(prompt: String) -> LineInput {
        var line: UnsafeMutablePointer<CChar>?
        // Readline counts what stands between \u{1} and \u{2} as no columns.
        let shown = usesColor ? "\u{1}\u{1B}[36m\u{2}\(prompt)\u{1}\u{1B}[0m\u{2}" : prompt
        let end = drydock_readline(shown, &line)
        defer { free(line) }
        switch end {
        case DRYDOCK_INTERRUPTED: return .interrupted
        case DRYDOCK_END_OF_INPUT: return .endOfInput
        default: return .line(line.map { String(cString: $0) } ?? "")
        }
    }

    package var entries: [String] {
        var entries: [String] = []
        while let entry = drydock_readline_entry(Int32(entries.count)) {
            entries.append(String(cString: entry))
        }
        return entries
    }

    /// A paste without brackets comes as lines typed at once.
    package func pending() -> [String] {
        var lines: [String] = []
        while drydock_readline_pending() != 0, case .line(let line) = read(prompt: "") {
            lines.append(line)
        }
        return lines
    }

    package func remember(_ entry: String) {
        drydock_readline_remember(entry)
    }

    // Readline's call-back carries no context, and runs on the thread that reads.
    nonisolated(unsafe) private static var completer: ((CompletionQuery) -> CompletionList)?

    private static let complete: drydock_completer = { line, start, end in
        guard let line, let completer else { return nil }
        let list = completer(
            CompletionQuery(line: String(cString: line), word: Int(start)..<Int(end)))
        drydock_glues(list.isGlued ? 1 : 0)
        return list.words.isEmpty ? nil : cStrings(list.words)
    }

    /// The words as C wants them: NULL-terminated, from malloc, for readline to free; a tab is between a
    /// word and what it is.
    private static func cStrings(
        _ words: [CompletionWord]
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        let size = (words.count + 1) * MemoryLayout<UnsafeMutablePointer<CChar>?>.stride
        guard let memory = malloc(size) else { return nil }
        let list = memory.bindMemory(
            to: UnsafeMutablePointer<CChar>?.self, capacity: words.count + 1)
        for (index, word) in words.enumerated() {
            (list + index).initialize(to: strdup("\(word.text)\t\(word.detail)"))
        }
        (list + words.count).initialize(to: nil)
        return list
    }
}
