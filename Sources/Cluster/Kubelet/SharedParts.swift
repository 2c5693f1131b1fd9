import Support
import Value

/// Parts of pod statuses that many pods have in common, by content: the most recent ones, so that a
/// thousand pods that become ready in one second share them.
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

    /// How many parts of a sort are remembered; the oldest gives way.
    private static let capacity = 32
    private var conditions = Ring<Condition>(capacity: capacity)
    private var lists = Ring<Value>(capacity: capacity)
    private var states = Ring<State>(capacity: capacity)
    private var addresses: [String: Value] = [:]
    private var texts: [String: Value] = [:]

    /// The condition of `verdict`, which keeps the time of the old one in `old` while its status is
    /// the same.
    mutating func condition(
        _ verdict: PodStatusBuilder.Verdict, _ generation: Value, over old: Value, _ now: Value
    ) -> Value {
        let status = verdict.holds ? "True" : "False"
        var since = now
        if case .array(let entries) = old {
            for entry in entries
            where entry[.type].string == verdict.type && entry[.status].string == status {
                if entry.text(.reason) == verdict.reason, entry.text(.message) == verdict.message,
                    entry[.observedGeneration] == generation
                {
                    return entry
                }
                since = entry[.lastTransitionTime]
            }
        }
        if let found = conditions.last(where: {
            $0.since == since && $0.generation == generation && $0.verdict == verdict
        }) {
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
        conditions.append(
            Condition(
                verdict: verdict, generation: generation, since: since, value: .object(object)))
        return .object(object)
    }

    /// `entries` as a list.
    mutating func list(_ entries: [Value]) -> Value {
        let value = Value.array(entries)
        if let found = lists.last(where: { $0 == value }) { return found }
        lists.append(value)
        return value
    }

    /// `{waiting: …}`.
    mutating func waiting(_ reason: String, _ message: String) -> Value {
        if let found = states.last(where: {
            $0.reason == reason && $0.message == message && $0.since.isNull
        }) {
            return found.value
        }
        var waiting: Object = [.reason: text(reason)]
        if !message.isEmpty { waiting.set(.message, to: Value(message)) }
        let value: Value = [.waiting: .object(waiting)]
        states.append(State(reason: reason, message: message, since: .null, value: value))
        return value
    }

    /// `{running: {startedAt: …}}`.
    mutating func running(_ since: Value) -> Value {
        if let found = states.last(where: { $0.since == since && $0.reason.isEmpty }) {
            return found.value
        }
        let value: Value = [.running: [.startedAt: since]]
        states.append(State(reason: "", message: "", since: since, value: value))
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

/// The last so many elements.
private struct Ring<Element> {
    private let capacity: Int
    private var elements: [Element] = []
    private var next = 0

    init(capacity: Int) { self.capacity = capacity }

    /// The newest element that satisfies `condition`.
    func last(where condition: (Element) -> Bool) -> Element? {
        let count = elements.count
        var place = next
        for _ in 0..<count {
            place = place == 0 ? count - 1 : place - 1
            if condition(elements[place]) { return elements[place] }
        }
        return nil
    }

    /// Adds an element; the oldest gives way.
    mutating func append(_ element: Element) {
        if elements.count < capacity {
            elements.append(element)
        } else {
            elements[next] = element
        }
        next = (next + 1) % capacity
    }
}
