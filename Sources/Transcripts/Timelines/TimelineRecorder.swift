import Value

/// Writes down, in the form of the corpus, what a watcher of the API sees while a session runs.
///
/// Feed it every write in the order in which it was committed, and the session's lines when they
/// begin; `run` is then comparable with recorded runs.
package struct TimelineRecorder {
    /// What was seen so far.
    package private(set) var run = TimelineRun()
    private var names = TimelineNames()

    package init() {}

    /// A line of the session (`$ …`, `~ …`) begins.
    ///
    /// - Parameter milliseconds: since the session began.
    package mutating func session(_ line: String, atMilliseconds milliseconds: Int64) {
        run.entries.append(TimelineEntry(tenths: milliseconds / 100, kind: .session(line)))
    }

    /// An object that exists before the session: it gets its name, but no line.
    package mutating func exists(_ object: Value, kind: String, namespace: String, name: String) {
        guard let kind = TimelineKind.named(kind) else { return }
        _ = names.name(object, kind: kind, namespace: namespace, name: name)
    }

    /// A write was committed. Kinds that timelines do not track are passed over.
    ///
    /// - Parameters:
    ///   - old: the object before, nil when it is new.
    ///   - new: the object after, nil when it is gone.
    ///   - kind: as in manifests, for example `Deployment`.
    ///   - namespace: empty for kinds without.
    ///   - milliseconds: since the session began.
    package mutating func write(
        old: Value?, new: Value?, kind: String, namespace: String, name: String,
        atMilliseconds milliseconds: Int64
    ) {
        guard let kind = TimelineKind.named(kind), let known = new ?? old else { return }
        let object = names.name(known, kind: kind, namespace: namespace, name: name)
        guard let write = self.write(old: old, new: new, kind: kind) else { return }
        run.entries.append(TimelineEntry(tenths: milliseconds / 100, kind: .write(object, write)))
    }

    private func write(old: Value?, new: Value?, kind: TimelineKind) -> TimelineWrite? {
        guard let new else { return .deleted }
        guard let old else {
            let fields = kind.fields.flatMap { field -> [TimelineField] in
                let readings = field.read(new, names)
                if readings.isEmpty, field.showsAbsence { return [TimelineField(field.name, "-")] }
                return readings.map { TimelineField($0.name, $0.shown) }
            }
            return .added(fields)
        }
        let before = kind.fields.flatMap { $0.read(old, names) }
        let after = kind.fields.flatMap { $0.read(new, names) }
        var changes: [TimelineChange] = []
        for reading in after {
            let earlier = before.first { $0.name == reading.name }
            if earlier?.raw != reading.raw {
                changes.append(
                    TimelineChange(reading.name, earlier?.shown ?? "none", reading.shown))
            }
        }
        for reading in before where !after.contains(where: { $0.name == reading.name }) {
            changes.append(TimelineChange(reading.name, reading.shown, "none"))
        }
        if changes.isEmpty { return kind.short == "pod" ? .untracked : nil }
        return .modified(changes)
    }
}
