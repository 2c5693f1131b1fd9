/// The life of one object in a run: the states of its tracked fields, one after every write that
/// changed any.
struct TimelineTrack {
    let object: TimelineObject
    /// Equal states are equal texts: `phase=Pending ready=0/1 …` in order of the fields' names.
    var states: [String] = []
    /// Where each state was reached, counted over the run's writes of the kind.
    var positions: [Int] = []

    /// Objects among which an order or a choice may differ from run to run belong together.
    var group: TimelineGroup { TimelineGroup(object) }
}

/// Objects that can stand for one another: of one kind, one namespace and one name up to random
/// parts.
struct TimelineGroup: Hashable, Comparable {
    let kind: String
    let namespace: String
    let name: String

    init(_ object: TimelineObject) {
        kind = object.kind
        namespace = object.namespace
        // Which of several volumes that fit a claim is bound is arbitrary, so that volumes stand
        // for each other.
        name = object.kind == "pv" ? "" : object.name
    }

    static func < (left: TimelineGroup, right: TimelineGroup) -> Bool {
        (left.kind, left.namespace, left.name) < (right.kind, right.namespace, right.name)
    }

    var description: String {
        (namespace == "default" ? "" : namespace + "/") + kind + "/" + (name.isEmpty ? "*" : name)
    }
}

/// A run taken apart by objects.
struct TimelineTracks {
    private(set) var tracks: [TimelineTrack] = []
    /// What is wrong with the run in itself: a change whose old value is not the value the field
    /// had.
    private(set) var flaws: [String] = []

    /// - Parameter free: fields whose values are arbitrary, by kind: any value counts as any other.
    init(_ run: TimelineRun, free: [String: Set<String>] = [:]) {
        var indices: [TimelineObject: Int] = [:]
        var fields: [[String: String]] = []
        var writes: [String: Int] = [:]
        for case .write(let object, let write) in run.entries.map(\.kind) {
            let index =
                indices[object]
                ?? {
                    tracks.append(TimelineTrack(object: object))
                    fields.append([:])
                    indices[object] = tracks.count - 1
                    return tracks.count - 1
                }()
            let position = writes[object.kind, default: 0]
            writes[object.kind] = position + 1
            if write == .untracked { continue }
            apply(write, to: &fields[index], of: object)
            tracks[index].states.append(Self.state(fields[index], free[object.kind] ?? []))
            tracks[index].positions.append(position)
        }
    }

    private mutating func apply(
        _ write: TimelineWrite, to fields: inout [String: String], of object: TimelineObject
    ) {
        switch write {
        case .added(let added):
            if !fields.isEmpty { flaws.append("\(object) is added a second time") }
            for field in added {
                let isAbsent = field.value == "-" || field.value.isEmpty
                fields[field.name] = isAbsent ? nil : field.value
            }
        case .modified(let changes):
            if fields["DELETED"] != nil { flaws.append("\(object) changes after it was deleted") }
            for change in changes {
                let known = fields[change.name].map {
                    $0.split(separator: "~").first.map(String.init) ?? ""
                }
                // A recorder that found no observed generation wrote `1/-` or `1/0`.
                let old = change.old.hasSuffix("/-") ? change.old.dropLast() + "0" : change.old[...]
                if let known, known != old {
                    flaws.append("\(object) \(change.name)=\(change.old)->… though it was \(known)")
                }
                // A difference within a placeholder counts up, so that it is a change of state.
                let repeats =
                    change.old == change.new
                    ? (fields[change.name] ?? change.old) + "~" : change.new
                fields[change.name] = repeats == "none" ? nil : repeats
            }
        case .deleted:
            if fields["DELETED"] != nil { flaws.append("\(object) is deleted a second time") }
            fields = ["DELETED": ""]
        case .untracked: break
        }
    }

    private static func state(_ fields: [String: String], _ free: Set<String>) -> String {
        fields.keys.sorted().map { "\($0)=\(free.contains($0) ? "*" : fields[$0] ?? "")" }
            .joined(separator: " ")
    }
}
