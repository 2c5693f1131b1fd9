import CReadline
import Glibc
import Session
import Tools

/// The editor of whoever sits at the terminal: `$KUBE_EDITOR`, `$EDITOR` or vi, as `kubectl edit` opens it.
///
/// Source of rules: kubectl's cmd/util/editor, editor.go.
struct TerminalEditor {
    /// The command line.
    let line: String

    /// - Parameters:
    ///   - given: the command line that a variable of the session names.
    ///   - program: the editor that was asked for by its name: it is opened where no variable names
    ///     another, if the machine has it.
    init(_ given: String?, program: String? = nil) {
        let named = [
            given, program == nil ? Self.variable("KUBE_EDITOR") : nil, Self.variable("EDITOR"),
        ]
        line =
            named.lazy.compactMap { $0 }.first { !$0.isEmpty }
            ?? program.flatMap { Self.isInstalled($0) ? $0 : nil } ?? "vi"
    }

    private static func isInstalled(_ program: String) -> Bool {
        (variable("PATH") ?? "").split(separator: ":").contains {
            access("\($0)/\(program)", X_OK) == 0
        }
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// As commands use it. What is edited lies on the disk, and in the session's `files` under the same
    /// name, so that `replace -f` finds what could not be written.
    func editor(_ files: any ToolFiles) -> TextEditor {
        TextEditor(
            name: line, isOwn: false,
            edit: { text, ending in edit(text, ending, files) },
            editFile: { name, text in editFile(name, text) },
            remove: { path in
                unlink(path)
                EditFolder.remove(path, from: files)
            })
    }

    private func edit(_ text: String, _ ending: String, _ files: any ToolFiles) -> EditedFile {
        guard let path = Self.newFile(text, ending) else {
            return EditedFile(path: "", outcome: .failed)
        }
        switch launch(path) {
        case DRYDOCK_SUCCEEDED: break
        case DRYDOCK_MISSING: return EditedFile(path: path, outcome: .missing)
        default: return EditedFile(path: path, outcome: .failed)
        }
        guard let edited = Self.read(path) else { return EditedFile(path: path, outcome: .failed) }
        _ = try? EditFolder.place(edited, at: path, ending: ending, in: files)
        return EditedFile(path: path, outcome: .text(edited))
    }

    /// Edits a file of this name in a folder of its own, which is gone afterwards.
    private func editFile(_ name: String, _ text: String?) -> EditedFile.Outcome {
        var template = Array("\(Self.temporaryFolder)/drydock-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return .failed }
        let folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        let path = "\(folder)/\(name)"
        defer { Self.removeFolder(folder) }
        if let text {
            let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
            guard file >= 0 else { return .failed }
            defer { close(file) }
            guard Self.write(text, to: file) else { return .failed }
        }
        switch launch(path) {
        case DRYDOCK_SUCCEEDED: break
        case DRYDOCK_MISSING: return .missing
        default: return .failed
        }
        guard access(path, F_OK) == 0 else { return .nothing }
        return Self.read(path).map { .text($0) } ?? .failed
    }

    /// Removes a folder with what the editor left in it beside the file: backups and the like.
    private static func removeFolder(_ folder: String) {
        for name in DiskFile.entries(folder) { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    // MARK: The program

    /// The words of the program, without the file: a line with quotes goes to the shell, which gets the
    /// file as a part of it.
    private func launch(_ path: String) -> drydock_program_end {
        var words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        if words.count > 1, line.contains(where: { "\"'\\".contains($0) }) {
            let shell = Self.variable("SHELL") ?? ""
            let quoted = "'" + path.replacing("'", with: "'\\''") + "'"
            words = [shell.isEmpty ? "/bin/bash" : shell, "-c", "\(line) \(quoted)"]
        } else {
            words.append(path)
        }
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        let end = drydock_run_on_terminal(&arguments)
        // A path that leads nowhere is another trouble than a name that is in none of PATH's folders.
        return end == DRYDOCK_MISSING && words[0].contains("/") ? DRYDOCK_FAILED : end
    }

    // MARK: Files

    /// The machine's folder for files that do not stay.
    private static var temporaryFolder: String {
        let folder = variable("TMPDIR") ?? ""
        return folder.isEmpty ? "/tmp" : folder
    }

    /// A new file; its path.
    private static func newFile(_ text: String, _ ending: String) -> String? {
        guard
            let file = try? DiskFile.newFile("\(temporaryFolder)/kubectl-edit-", ending: ending)
        else { return nil }
        defer { close(file.descriptor) }
        return write(text, to: file.descriptor) ? file.path : nil
    }

    private static func write(_ text: String, to file: Int32) -> Bool {
        (try? DiskFile.write(Array(text.utf8), to: file)) != nil
    }

    /// The largest text that an editor may leave, in bytes.
    private static let maximumSize = 16 * 1024 * 1024

    private static func read(_ path: String) -> String? {
        try? DiskFile.text(path, atMost: maximumSize)
    }
}
