import API
import Model
import Support
import Value

/// A history as the page reads it: objects with their first versions, writes as differences, lanes and marks.
struct HistoryData {
    private let history: History
    private var objects: [Value] = []
    private var places: [String: Int] = [:]
    private var actors: [Value] = []
    private var actorPlaces: [String: Int] = [:]
    private var writes: [Value] = []
    /// By the number of a write in the log: its place in ``writes``.
    private var writePlaces: [Int: Int] = [:]

    private init(_ history: History) { self.history = history }

    /// The JSON text, in which no `<` stands, so that it may stand in a page.
    ///
    /// - Parameter script: its name and text.
    static func json(
        _ history: History, script: (name: String, text: String)?, title: String
    ) -> String {
        var data = HistoryData(history)
        data.read()
        let groups = LaneBuilder(history, LaneBuilder.Choice(namespace: nil, names: [])).groups
        var value: Value = [
            "title": Value(title), "start": Value(history.start), "end": Value(history.end),
            "objects": .array(data.objects), "writes": .array(data.writes),
            "actors": .array(data.actors),
            "groups": .array(groups.map(group)), "parts": .array(parts(history, groups)),
            "stages": .array(
                Stage.allCases.map { ["sign": Value(String($0.sign)), "words": Value($0.words)] }),
            "marks": .array(history.marks.map { mark($0, in: script?.name) }),
        ]
        if let script {
            value["script"] = ["name": Value(script.name), "text": Value(script.text)]
        }
        return JSON.text(value).replacing("<", with: "\\u003c")
    }

    // MARK: Objects and writes

    private mutating func read() {
        // What every world begins with, and nobody touched, tells nothing of this one.
        var touched: Set<String> = []
        var initial: Set<String> = []
        for write in history.writes {
            let key = Self.key(write.kind, write.record.object)
            if write.record.actor.name == "system" {
                initial.insert(key)
            } else {
                touched.insert(key)
            }
        }
        for write in history.writes
        where touched.contains(Self.key(write.kind, write.record.object)) {
            add(write)
        }
        for item in history.objects {
            let key = Self.key(item.kind, item.value)
            if !initial.contains(key), places[key] == nil {
                _ = place(key, item.kind, item.value, first: item.value)
            }
        }
    }

    private static func key(_ kind: String, _ value: Value) -> String {
        "\(kind) \(value[.metadata].text(.namespace))/\(value[.metadata].text(.name))"
    }

    private mutating func place(_ key: String, _ kind: String, _ value: Value, first: Value?) -> Int
    {
        if let place = places[key] { return place }
        places[key] = objects.count
        var entry: Value = ["k": Value(kind), "n": Value(value[.metadata].text(.name))]
        let namespace = value[.metadata].text(.namespace)
        if !namespace.isEmpty { entry["ns"] = Value(namespace) }
        if let first { entry["v"] = first }
        objects.append(entry)
        return objects.count - 1
    }

    private mutating func add(_ write: History.Write) {
        let record = write.record
        let key = Self.key(write.kind, record.object)
        let place = place(key, write.kind, record.object, first: record.old)
        let content: Value =
            switch record.type {
            case .added: .array([record.object])
            case .modified:
                record.old.map { ValueDelta.delta(from: $0, to: record.object) }
                    ?? .array([record.object])
            case .deleted: .null
            }
        let actor = record.actor.description
        if actorPlaces[actor] == nil {
            actorPlaces[actor] = actors.count
            actors.append(Value(actor))
        }
        writePlaces[record.sequence] = writes.count
        let cause = writePlaces[record.trigger].map { $0 } ?? -1
        let syncing = record.syncing.map { Value("\($0)") } ?? .null
        writes.append([
            Value(record.time), Value(place), Value(actorPlaces[actor] ?? 0), Value(cause), content,
            syncing,
        ])
    }

    // MARK: Lanes and marks

    /// The time as it is drawn at first: start, end, the columns from and to, whether it is squeezed.
    private static func parts(_ history: History, _ groups: [LaneGroup]) -> [Value] {
        let instants =
            history.marks.map(\.time) + groups.flatMap(\.lanes).flatMap { $0.spans.map(\.start) }
        let scale = TimeScale(
            from: history.start, to: history.end, instants: instants.sorted(), width: 200)
        return scale.parts.filter { !$0.columns.isEmpty }.map { part in
            [
                Value(part.start), Value(part.end), Value(part.columns.lowerBound),
                Value(part.columns.upperBound), Value(part.isBreak ? 1 : 0),
            ]
        }
    }

    private static func group(_ group: LaneGroup) -> Value {
        [
            "title": Value(group.title),
            "lanes": .array(
                group.lanes.map { lane in
                    [
                        "n": Value(lane.name),
                        "s": .array(
                            lane.spans.map { span in
                                [
                                    Value(span.start),
                                    Value(span.stage.map { Int($0.rawValue) } ?? -1),
                                    Value(span.letter.map { String($0) } ?? ""),
                                ]
                            }),
                    ]
                }),
        ]
    }

    private static func mark(_ mark: Mark, in script: String?) -> Value {
        let line = mark.position.flatMap { $0.file == script ? $0.line : nil }
        let kind: Int =
            switch mark.kind {
            case .command: 0
            case .expectation(true): 1
            case .expectation(false): 2
            }
        return [
            "t": Value(mark.time), "k": Value(kind), "x": Value(mark.text), "l": Value(line ?? 0),
        ]
    }
}
