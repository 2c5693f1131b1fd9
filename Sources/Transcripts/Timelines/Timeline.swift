/// What a watcher of the API saw while a session ran, for each of the runs that were recorded.
package struct Timeline: Sendable, Equatable {
    package var path: String
    package var runs: [TimelineRun]

    package init(path: String, runs: [TimelineRun]) {
        self.path = path
        self.runs = runs
    }

    /// The text of a `.timeline` file.
    package var text: String {
        runs.enumerated().map { "== run \($0 + 1)\n\($1.text)" }.joined()
    }
}

/// One run: session lines and changes in the order in which they were seen.
package struct TimelineRun: Sendable, Equatable {
    package var entries: [TimelineEntry]

    package init(entries: [TimelineEntry] = []) { self.entries = entries }

    /// One line per entry, each with a newline.
    package var text: String { entries.map { $0.text + "\n" }.joined() }
}

/// One line of a run.
package struct TimelineEntry: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// A line of the session (`$ …`, `~ …`), at the time it began.
        case session(String)
        /// A write that the watcher was told of.
        case write(TimelineObject, TimelineWrite)
    }

    /// Tenths of a second since the session began.
    package var tenths: Int64
    package var kind: Kind

    package init(tenths: Int64, kind: Kind) {
        self.tenths = tenths
        self.kind = kind
    }

    /// `1.2  pod/a  phase=Pending->Running`
    package var text: String {
        let time = "\(tenths / 10).\(tenths % 10)"
        switch kind {
        case .session(let line): return "\(time)  \(line)"
        case .write(let object, let write): return "\(time)  \(object)  \(write)"
        }
    }
}

/// An object as timelines call it: `pod/web-{hash}-{rand}#2`, `kube-system/ds/agent`.
package struct TimelineObject: Sendable, Hashable, CustomStringConvertible {
    package var namespace: String
    /// The short name of the kind, for example `sts`.
    package var kind: String
    /// The name with its random parts as placeholders.
    package var name: String
    /// Tells objects apart whose names are equal, and later objects of a name, in order of
    /// appearance from 1.
    package var number: Int

    package init(namespace: String = "default", kind: String, name: String, number: Int = 1) {
        self.namespace = namespace
        self.kind = kind
        self.name = name
        self.number = number
    }

    /// A name without placeholders shows its number from the second object on.
    package var description: String {
        let lead = namespace == "default" ? "" : namespace + "/"
        let shows = number > 1 || name.contains("{")
        return "\(lead)\(kind)/\(name)" + (shows ? "#\(number)" : "")
    }
}

/// What a write did to the tracked fields.
package enum TimelineWrite: Sendable, Equatable, CustomStringConvertible {
    /// A new object, with its tracked fields.
    case added([TimelineField])
    case modified([TimelineChange])
    /// A write that changed nothing tracked.
    case untracked
    case deleted

    package var description: String {
        switch self {
        case .added(let fields):
            (["ADDED"] + fields.map { "\($0.name)=\($0.value)" }).joined(separator: " ")
        case .modified(let changes):
            changes.map { "\($0.name)=\($0.old)->\($0.new)" }.joined(separator: " ")
        case .untracked: "MODIFIED (no tracked field)"
        case .deleted: "DELETED"
        }
    }
}

/// A tracked field of a new object; `-` is a field without a value.
package struct TimelineField: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A tracked field that a write changed; `none` is a field without a value. Both may look equal
/// where the difference is in a part that stands as a placeholder.
package struct TimelineChange: Sendable, Equatable {
    package var name: String
    package var old: String
    package var new: String

    package init(_ name: String, _ old: String, _ new: String) {
        self.name = name
        self.old = old
        self.new = new
    }
}
