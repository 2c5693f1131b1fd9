import Support
import Value

/// Parts of pod statuses that many pods have in common, by content: the most recent ones, so that a
/// thousand pods that become ready in one second share them.
///
/// Each part has one place, which follows from a few of its marks: looking for one costs one comparison,
/// and of two parts of one place the later one is remembered. What is not remembered is made anew, equal.
struct SharedParts {
    private struct Condition {
        let verdict: PodStatusBuilder.Verdict
        let generation: Value
        let since: Value
        let value: Value
    }

    /// A state of containers, by its reason and message or by its time.
    private struct State {
        let reason: String
        let message: String
        let since: Value
        let value: Value
    }

    /// How many parts of a sort are remembered at most; a power of two.
    private static let capacity = 64
    private var conditions = [Condition?](repeating: nil, count: capacity)
    private var lists = [Value](repeating: .null, count: capacity)
    private var states = [State?](repeating: nil, count: capacity)
    private var addresses: [String: Value] = [:]
    private var texts: [String: Value] = [:]

    /// A place among the parts of a sort.
    private static func place(_ marks: Int) -> Int { marks & (capacity - 1) }

    /// What tells most times apart: the last digits of minutes and seconds.
    private static func mark(ofTime time: Value) -> Int {
        guard var text = time.string else { return 0 }
        return text.withUTF8 { bytes in
            // "…:05Z": from the last digit of minutes on.
            bytes.count < 5
                ? 0
                : Int(bytes[bytes.count - 5]) &* 64 &+ Int(bytes[bytes.count - 3]) &* 11
                    &+ Int(bytes[bytes.count - 2])
        }
    }

    /// The condition of `verdict`, which keeps the time of the old one in `old` while its status is
    /// the same. `marks` takes in what tells it from others.
    mutating func condition(
        _ verdict: PodStatusBuilder.Verdict, _ generation: Value, over old: Value, _ now: Value,
        _ marks: inout Int
    ) -> Value {
        let status = verdict.holds ? "True" : "False"
        var since = now
        if case .array(let entries) = old {
            for entry in entries
            where entry[.type].string == verdict.type && entry[.status].string == status {
                if entry.text(.reason) == verdict.reason, entry.text(.message) == verdict.message,
                    entry[.observedGeneration] == generation
                {
                    marks = marks &* 31 &+ Self.mark(ofTime: entry[.lastTransitionTime])
                    return entry
                }
                since = entry[.lastTransitionTime]
            }
        }
        let mark =
            Self.mark(ofTime: since) &* 31 &+ verdict.type.utf8.count &* 5
            &+ verdict.reason.utf8.count &+ (generation.int ?? 0) &* 3
        marks = marks &* 31 &+ mark
        let place = Self.place(mark)
        if let found = conditions[place], found.since == since, found.generation == generation,
            found.verdict == verdict
        {
            return found.value
        }
        var object = Object(minimumCapacity: 7)
        object.append(.lastProbeTime, .null)
        object.append(.lastTransitionTime, since)
        if !verdict.message.isEmpty { object.append(.message, text(verdict.message)) }
        object.append(.observedGeneration, generation)
        if !verdict.reason.isEmpty { object.append(.reason, text(verdict.reason)) }
        object.append(.status, text(status))
        object.append(.type, text(verdict.type))
        conditions[place] = Condition(
            verdict: verdict, generation: generation, since: since, value: .object(object))
        return .object(object)
    }

    /// `entries` as a list; `marks` tells most lists apart.
    mutating func list(_ entries: [Value], _ marks: Int) -> Value {
        let value = Value.array(entries)
        let place = Self.place(marks)
        if lists[place] == value { return lists[place] }
        lists[place] = value
        return value
    }

    /// `{waiting: …}`.
    mutating func waiting(_ reason: String, _ message: String) -> Value {
        let place = Self.place(reason.utf8.count &* 7 &+ message.utf8.count)
        if let found = states[place], found.reason == reason, found.message == message,
            found.since.isNull
        {
            return found.value
        }
        var waiting: Object = [.reason: text(reason)]
        if !message.isEmpty { waiting.set(.message, to: Value(message)) }
        let value: Value = [.waiting: .object(waiting)]
        states[place] = State(reason: reason, message: message, since: .null, value: value)
        return value
    }

    /// `{running: {startedAt: …}}`.
    mutating func running(_ since: Value) -> Value {
        let place = Self.place(Self.mark(ofTime: since))
        if let found = states[place], found.since == since, found.reason.isEmpty {
            return found.value
        }
        let value: Value = [.running: [.startedAt: since]]
        states[place] = State(reason: "", message: "", since: since, value: value)
        return value
    }

    /// The list of one address.
    mutating func addressList(_ address: Value) -> Value {
        let text = address.string ?? ""
        if let found = addresses[text] { return found }
        let value: Value = [["ip": address]]
        addresses[text] = value
        return value
    }

    /// A word that comes again and again: a phase, a reason. Few enough to keep.
    mutating func text(_ text: String) -> Value {
        if let found = texts[text] { return found }
        if texts.count >= 1024 { texts.removeAll(keepingCapacity: true) }
        texts[text] = Value(text)
        return Value(text)
    }
}
