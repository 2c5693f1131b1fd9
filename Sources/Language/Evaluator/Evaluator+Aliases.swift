import Syntax
import Tools

/// What stands for the names of commands, and for somebody at an editor.
extension Evaluator {
    /// The alias in force for a name. Texts of the shell dialect know none, as in bash.
    func alias(of name: String?) -> (name: String, text: String)? {
        guard let name, !shell.tools.aliases.isEmpty, !isShell || !shell.openAliases.isEmpty,
            !shell.openAliases.contains(name), let text = shell.tools.aliases[name]
        else { return nil }
        return (name, text)
    }

    /// Runs what an alias stands for, with the words behind it.
    mutating func call(
        _ alias: (name: String, text: String), _ rest: [Argument], block: NodeIndex?,
        at place: Place
    ) throws -> Int32 {
        shell.openAliases.insert(alias.name)
        defer { shell.openAliases.remove(alias.name) }
        if let words = AliasText.words(alias.text) {
            let arguments = words.map { Argument(text: $0, span: place.span) }
            return try call(arguments + rest, hasKubectl: false, block: block, at: place)
        }
        if block != nil {
            throw RuntimeError.builtin(
                "the alias `\(alias.name)` is more than one command, and takes no block",
                hint: "write the command out")
        }
        let outer = shell.positional
        defer { shell.positional = outer }
        shell.positional = rest.map(\.text)
        let text = rest.isEmpty ? alias.text : alias.text + " \"$@\""
        return try run(text: text, of: "bash: \(alias.name)")
    }

    // MARK: Editors of scripts

    /// The changes of a block with their words as they are now.
    mutating func changes(_ plans: [ChangePlan]) throws -> [TextChange] {
        try plans.map { plan in
            let text = try self.text(of: plan.text.pieces)
            let replacement = try plan.replacement.map { try self.text(of: $0.pieces) } ?? ""
            let kind: TextChange.Kind =
                switch plan.kind {
                case .replace(let isEvery): .replace(replacement, isEvery: isEvery)
                case .delete: .delete
                case .insert(let isAfter): .insert(replacement, isAfter: isAfter)
                }
            return TextChange(kind, text, isPattern: plan.isPattern)
        }
    }

    /// An editor that makes changes when a text is opened, and none when it is opened again.
    func editor(making changes: [TextChange]) -> TextEditor {
        let files = shell.tools.files
        var isOpenedAgain = false
        func edited(_ text: String) -> EditedFile.Outcome {
            do throws(TextChange.Problem) {
                return .text(isOpenedAgain ? text : try TextChange.apply(changes, to: text))
            } catch {
                return .refused(error.message)
            }
        }
        return TextEditor(
            name: "edit", isOwn: true,
            edit: { text, ending in
                let outcome = edited(text)
                isOpenedAgain = true
                return Self.placed(outcome, ending: ending, in: files)
            },
            editFile: { _, text in edited(text ?? "") },
            remove: { EditFolder.remove($0, from: files) })
    }

    /// An editor that leaves what it reads.
    func editor(leaving input: ToolInput) -> TextEditor {
        let files = shell.tools.files
        var given: String?
        func edited() -> EditedFile.Outcome {
            if given == nil, input.isAtEnd {
                return .refused("there is no text for an editor in what the command reads")
            }
            let text = given ?? String(decoding: input.readAll(), as: UTF8.self)
            given = text
            return .text(text)
        }
        var editor = TextEditor(
            name: "edit", isOwn: true,
            edit: { _, ending in Self.placed(edited(), ending: ending, in: files) },
            remove: { EditFolder.remove($0, from: files) })
        editor.leavesWhole = true
        return editor
    }

    /// Keeps what an editor left as a file of the session.
    private static func placed(
        _ outcome: EditedFile.Outcome, ending: String, in files: any ToolFiles
    ) -> EditedFile {
        guard case .text(let text) = outcome else { return EditedFile(path: "", outcome: outcome) }
        do {
            let path = try EditFolder.place(text, ending: ending, in: files)
            return EditedFile(path: path, outcome: outcome)
        } catch {
            return EditedFile(path: "", outcome: .failed)
        }
    }
}
