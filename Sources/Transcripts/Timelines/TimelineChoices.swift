/// Fields whose value is drawn by lot where several would do.
enum TimelineChoices {
    private static let fields: [String: [String]] = [
        "pod": ["node", "nominated"], "pvc": ["volume"], "pv": ["claim"],
    ]

    /// By kind: the fields in which the runs of a recording differ, so that any value is right.
    static func open(in runs: [TimelineRun]) -> [String: Set<String>] {
        var open: [String: Set<String>] = [:]
        for (kind, fields) in fields {
            for field in fields {
                let values = runs.map { Self.values(of: field, kind: kind, in: $0) }
                if let first = values.first, values.contains(where: { $0 != first }) {
                    open[kind, default: []].insert(field)
                }
            }
        }
        return open
    }

    /// Every value that the field takes, with the object's name, so that a swap of two objects
    /// shows.
    private static func values(of field: String, kind: String, in run: TimelineRun) -> [String] {
        var values: [String] = []
        for case .write(let object, .modified(let changes)) in run.entries.map(\.kind)
        where object.kind == kind {
            for change in changes where change.name == field {
                values.append("\(object) \(change.old) \(change.new)")
            }
        }
        return values.sorted()
    }
}
