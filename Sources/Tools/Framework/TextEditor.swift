/// What `kubectl edit` opens: a command line of the session that gets the name of a file (`KUBE_EDITOR="sed
/// -i s/a/b/"`), or an editor on somebody's terminal.
package struct TextEditor {
    /// The command line, as messages tell it.
    package let name: String
    /// Whether its program is one of the session's own: a tool, a shell, a verb.
    package let isOwn: Bool
    /// Whether it puts a text in the place of what is edited, which need not repeat what the server keeps of
    /// an object: its uid, its status.
    package var leavesWhole = false
    /// Writes a text to a new file whose name ends in `ending`, has it edited and answers what came of it.
    /// The file stays until ``remove`` takes it away.
    package let edit: (_ text: String, _ ending: String) -> EditedFile
    /// Has a file of this name edited, which has this text or is not there yet, and takes it away; the
    /// outcome is the file's text, if there is one then. Nil for editors of new files alone.
    package let editFile: ((_ name: String, _ text: String?) -> EditedFile.Outcome)?
    /// Takes a file away that ``edit`` left.
    package let remove: (_ path: String) -> Void

    package init(
        name: String, isOwn: Bool, edit: @escaping (String, String) -> EditedFile,
        editFile: ((String, String?) -> EditedFile.Outcome)? = nil,
        remove: @escaping (String) -> Void
    ) {
        self.name = name
        self.isOwn = isOwn
        self.edit = edit
        self.editFile = editFile
        self.remove = remove
    }
}

/// A file that was given to an editor.
package struct EditedFile {
    /// What came of it.
    package enum Outcome: Equatable {
        case text(String)
        /// The editor ended with an error.
        case failed
        /// There is no such program.
        case missing
        /// The editor left no file.
        case nothing
        /// What a script gives as changes does not fit the text: why.
        case refused(String)
    }

    package let path: String
    package let outcome: Outcome

    package init(path: String, outcome: Outcome) {
        self.path = path
        self.outcome = outcome
    }
}

/// Where the files lie that are being edited, in a session's files: in folders that are there as long as
/// one of them is.
package enum EditFolder {
    /// Writes a text to `path`, by default a new one, and answers it.
    package static func place(
        _ text: String, at path: String? = nil, ending: String, in files: any ToolFiles
    ) throws(ToolFileProblem) -> String {
        var number = 1
        while files.kind(of: name(number, ending)) != nil { number += 1 }
        let path = path ?? name(number, ending)
        let parent = parent(of: path)
        if files.kind(of: parent) == nil { try files.makeDirectory(parent, parents: true) }
        try files.write(Array(text.utf8), to: path)
        return path
    }

    /// As kubectl names them, whose numbers are random.
    private static func name(_ number: Int, _ ending: String) -> String {
        "/tmp/kubectl-edit-\(number)\(ending)"
    }

    private static func parent(of path: String) -> String {
        "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    }

    /// Removes a file, and the folder when nothing is left in it.
    package static func remove(_ file: String, from files: any ToolFiles) {
        try? files.remove(file, recursive: false)
        let parent = parent(of: file)
        if (try? files.list(parent))?.isEmpty == true {
            try? files.remove(parent, recursive: false)
        }
    }
}
