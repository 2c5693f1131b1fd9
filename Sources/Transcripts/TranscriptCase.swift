/// One recorded kubectl session: a cluster, some files, and the commands with what they printed.
///
/// The format is that of the reference corpus (`Tests/Transcripts/README.md` describes it): a
/// title, the files of the working directory, then a session of `$ command` and `~ directive`
/// lines.
package struct TranscriptCase: Sendable, Equatable {
    /// The file's path as given by the caller; used in messages and to name the case.
    package var path: String
    /// The first comment line.
    package var title: String
    /// How many nodes the cluster has; they are called `node-1` to `node-N`.
    package var nodeCount: Int
    /// Whether the recorded kubelets told of events.
    package var hasKubeletEvents: Bool
    /// The recorder's limit for one command in seconds, nil where the default was in force.
    package var timeoutSeconds: Int?
    /// The files present in the working directory before the first command.
    package var files: [TranscriptFile]
    /// The session in order.
    package var steps: [TranscriptStep]

    /// The names of the nodes that exist when the session starts.
    package var nodeNames: [String] { (0..<nodeCount).map { "node-\($0 + 1)" } }

    /// The folder that holds the file: by convention the area (`deployment`, `service`, …).
    package var area: String {
        let parts = path.split(separator: "/")
        return parts.count >= 2 ? String(parts[parts.count - 2]) : ""
    }

    /// The file's name without folder and extension.
    package var name: String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.hasSuffix(".case") ? String(file.dropLast(5)) : file
    }

    /// How many outputs the session records: its `$` and `~ foreground` lines.
    package var outputCount: Int {
        steps.reduce(0) { $0 + ($1.action.expected == nil ? 0 : 1) }
    }
}

/// A file that a session finds in its working directory.
package struct TranscriptFile: Sendable, Equatable {
    /// The path relative to the working directory, for example `d/a.yaml`.
    package var path: String
    /// The text, with a newline at the end of every line.
    package var text: String
}

/// One line of a session with what it stands for.
package struct TranscriptStep: Sendable, Equatable {
    /// The line in the file, counted from 1.
    package var line: Int
    package var action: TranscriptAction
}

/// What a session line does.
package enum TranscriptAction: Sendable, Equatable {
    /// `$ CMD`: a shell command and what it must print.
    case command(String, ExpectedOutput)
    /// `~ settle`: wait until the cluster has stopped changing, by the recorder's rule.
    case settle
    /// `~ sleep N`: that many milliseconds pass.
    case sleep(milliseconds: Int64)
    /// `~ fail-node X`: the node's kubelet dies, its Node object stays.
    case failNode(String)
    /// `~ recover-node X`: a kubelet that has forgotten its containers starts.
    case recoverNode(String)
    /// `~ add-node X`: a new node joins; over when it is Ready.
    case addNode(String)
    /// `~ remove-node X`: the kubelet dies and the Node object is deleted.
    case removeNode(String)
    /// `~ background $ CMD`: the command runs beside those that follow.
    case background(String)
    /// `~ foreground`: what the background command has printed up to here.
    case foreground(ExpectedOutput)

    /// The recorded output, for the two kinds of line that have one.
    package var expected: ExpectedOutput? {
        switch self {
        case .command(_, let expected), .foreground(let expected): expected
        default: nil
        }
    }
}

/// What a command printed when it was recorded, with the marks that say how exact that is.
package struct ExpectedOutput: Sendable, Equatable {
    /// The lines, placeholders included, in recorded order.
    package var lines: [ExpectedLine]
    /// `[unordered]`: the order of lines does not matter.
    package var isUnordered = false
    /// `[dedup]`: runs of equal lines were collapsed to one.
    package var isDeduplicated = false
    /// `[unstable]`: no comparison is meaningful.
    package var isUnstable = false
    /// `[timeout]`: the recorder gave up waiting.
    package var timedOut = false
    /// The exit status; 0 unless an `[exit N]` line says otherwise.
    package var exitStatus: Int32 = 0

    package init(lines: [ExpectedLine] = []) { self.lines = lines }
}

/// One recorded line.
package struct ExpectedLine: Sendable, Equatable {
    /// The text with placeholders such as `{age}`, without the `{?} ` mark.
    package var text: String
    /// Whether some runs lacked the line (`{?} `).
    package var isOptional: Bool

    package init(_ text: String, isOptional: Bool = false) {
        self.text = text
        self.isOptional = isOptional
    }
}

/// Why a transcript file could not be read: always with the place, for the person who wrote it.
package struct TranscriptSyntaxError: Error, Equatable, CustomStringConvertible {
    package var file: String
    /// Counted from 1; 0 when the whole file is meant.
    package var line: Int
    package var message: String

    package var description: String {
        line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)"
    }
}
