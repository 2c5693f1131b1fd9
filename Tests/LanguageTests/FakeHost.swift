import Language
import Support
import Syntax
import Tools
import Value

/// A small world: objects, a clock, events that write, and a few commands.
final class FakeHost: FakeFacts, Host {
    /// Objects by `kind/name`, kinds by their resource name, in order of creation.
    var objects: [(key: String, value: Value)] = []
    var now: Int64 = 0
    /// What happens later: (time, sequence, action).
    private var events: [(time: Int64, sequence: Int, action: () throws -> Void)] = []
    private var sequence = 0
    var output = ""
    private var captures: [String] = []
    var files: [String: String] = [:]
    var behaviors: [(target: [String], settings: [BehaviorValue])] = []
    var began: [String] = []
    var calls: [CommandCall] = []
    /// What each command read that reads its input.
    var inputs: [String] = []
    let folder = MemoryFolder()
    var isInterrupted = false
    /// Writes since the innermost watch began, and that watch.
    private var watching: [(condition: Condition, states: Int, relevantWrites: Int)] = []

    /// Unwinds a watched block.
    struct Violation: Error { var failure: ExpectationFailure }

    func object(_ key: String) -> Value? { objects.first { $0.key == key }?.value }

    func put(_ key: String, _ value: Value) {
        if let index = objects.firstIndex(where: { $0.key == key }) {
            objects[index].value = value
        } else {
            objects.append((key, value))
        }
    }

    // MARK: Reading

    func read(_ query: ResourceQuery) throws -> Reading {
        guard let name = query.name else {
            return .list(
                objects.filter { $0.key.hasPrefix(query.kind.resource + "/") }.map(\.value)
                    .filter { object in
                        query.requirements.allSatisfy { holds($0, object[.metadata][.labels]) }
                    })
        }
        if let value = object("\(query.kind.resource)/\(name)") { return .object(value) }
        let names = objects.filter { $0.key.hasPrefix(query.kind.resource + "/") }
            .map { $0.value[.metadata][.name].string ?? "" }
        return .absent(nearest: nearestName(to: name, among: names))
    }

    private func holds(_ requirement: LabelRequirement, _ labels: Value) -> Bool {
        let actual = labels[requirement.key].string
        switch requirement.relation {
        case .equal, .oneOf: return actual.map { requirement.values.contains($0) } ?? false
        case .notEqual, .noneOf: return !(actual.map { requirement.values.contains($0) } ?? false)
        case .exists: return actual != nil
        case .absent: return actual == nil
        }
    }

    func whyEmpty(_ query: ResourceQuery) -> String? {
        "no \(query.kind.resource) has \(query.requirements.map(\.text).joined(separator: ","))"
    }

    var virtualMilliseconds: Int64 { now }

    /// One fixed name, else the names of all pods: enough to see calls and reads.
    func resolve(_ name: String, type: String) throws -> Resolution {
        guard type == "A" else { throw HostError("\(type) is no type of DNS record") }
        if name == "kubernetes.default" { return Resolution(values: ["10.96.0.1"], reads: []) }
        guard let pods = kind(named: "pods") else { return Resolution(values: [], reads: []) }
        let query = ResourceQuery(kind: pods, writtenKind: "pods", name: nil)
        let names = objects.filter { $0.key.hasPrefix("pods/") }.map {
            String($0.key.dropFirst(5))
        }
        return Resolution(values: names, reads: [query])
    }

    // MARK: Commands

    func begins(_ place: Place) { began.append(place.text) }

    var sessionFiles: any ToolFiles { folder }

    func hasCommand(_ word: String) -> Bool { word == "kubectl" || Self.verbs.contains(word) }

    func sleep(milliseconds: Int64) throws { try pass(until: now + milliseconds) }

    func run(_ call: CommandCall) throws -> Int32 { try run(call) {} }

    func run(_ call: CommandCall, body: () throws -> Void) throws -> Int32 {
        calls.append(call)
        let words = call.words
        let rest = words.dropFirst()
        switch words.first {
        case "words": call.output.write(rest.map { "<\($0)>" }.joined() + "\n")
        case "fail":
            call.error.write("error: " + rest.joined(separator: " ") + "\n")
            return 1
        case "advance":
            guard let text = rest.first, let duration = try? Duration(parsing: text) else {
                throw HostError("advance needs a duration", hint: "advance 30s")
            }
            try pass(until: now + duration.milliseconds)
        case "set": try set(Array(rest))
        case "remove":
            objects.removeAll { $0.key == rest.first }
            try committed()
        case "later":
            guard let text = rest.first, let duration = try? Duration(parsing: text) else { break }
            let write = Array(rest.dropFirst(2))
            schedule(at: now + duration.milliseconds) { [unowned self] in try set(write) }
        case "apply":
            let text = String(decoding: call.input.readAll(), as: UTF8.self)
            inputs.append(text)
            call.output.write("(\(words.joined(separator: " ")))\n")
        case "edit":
            call.output.write(call.edited("old\n") ?? "none\n")
        case "get", "seed": call.output.write("(\(words.joined(separator: " ")))\n")
        default: break
        }
        try body()
        return 0
    }

    /// `set pods/web .status.phase Running`
    private func set(_ words: [String]) throws {
        guard words.count == 3 else { throw HostError("set needs an object, a path and a value") }
        var value = object(words[0]) ?? .emptyObject
        let keys = words[1].split(separator: ".").map { Key(String($0)) }
        func put(_ target: inout Value, _ keys: ArraySlice<Key>) {
            guard let key = keys.first else { return }
            if keys.count == 1 {
                target[key] = Int64(words[2]).map { .int($0) } ?? Value(words[2])
            } else {
                put(&target[key], keys.dropFirst())
            }
        }
        put(&value, keys[...])
        self.put(words[0], value)
        try committed()
    }

    // MARK: Time

    private func schedule(at time: Int64, _ action: @escaping () throws -> Void) {
        sequence += 1
        events.append((time, sequence, action))
    }

    /// Runs the next event until `limit`; false when there is none.
    private func step(until limit: Int64) throws -> Bool {
        guard
            let next = events.indices.min(by: {
                (events[$0].time, events[$0].sequence) < (events[$1].time, events[$1].sequence)
            }),
            events[next].time <= limit
        else { return false }
        let event = events.remove(at: next)
        now = event.time
        try event.action()
        return true
    }

    private func pass(until limit: Int64) throws {
        while try step(until: limit) {}
        now = limit
    }

    /// A write was committed: everything watched is checked.
    private func committed() throws {
        for index in watching.indices {
            watching[index].states += 1
            watching[index].relevantWrites += 1
            if try watching[index].condition.check().breaksInvariant {
                throw Violation(failure: try watching[index].condition.failure())
            }
        }
    }

    func wait(atMost milliseconds: Int64, for condition: Condition) throws -> WaitOutcome {
        let limit = now + milliseconds
        while true {
            if try condition.check() == .satisfied { return .held(atMilliseconds: now) }
            guard try step(until: limit) else {
                now = limit
                return .expired
            }
        }
    }

    func watch(_ condition: Condition, during body: () throws -> Void) throws -> WatchOutcome {
        if try condition.check().breaksInvariant { return .violated(try condition.failure()) }
        watching.append((condition, 1, 0))
        do {
            try body()
        } catch let violation as Violation {
            watching.removeLast()
            return .violated(violation.failure)
        } catch {
            watching.removeLast()
            throw error
        }
        let watch = watching.removeLast()
        return watch.relevantWrites == 0
            ? .vacuous(states: watch.states) : .held(states: watch.states)
    }

    func schedule(_ timer: TimerRequest) throws {
        schedule(at: now + timer.milliseconds) { [unowned self] in
            try timer.block.run()
            if timer.kind == .every { try schedule(timer) }
        }
    }

    func evidence(for reads: [ResourceQuery]) -> [String] {
        reads.isEmpty ? [] : ["reads " + reads.map(\.text).joined(separator: ", ")]
    }

    // MARK: Files, behaviour, output

    func declareFile(_ name: String, text: String, at place: Place) throws { files[name] = text }

    func setBehavior(_ target: [String], settings: [BehaviorValue], at place: Place) throws {
        behaviors.append((target, settings))
    }

    func write(_ text: String) {
        if captures.isEmpty { output += text } else { captures[captures.count - 1] += text }
    }

    func beginCapture() { captures.append("") }

    func endCapture() -> String { captures.popLast() ?? "" }
}

extension CommandCall {
    /// What the command's editor makes of a text; nil without one, and where it fails.
    func edited(_ text: String) -> String? {
        guard let editor else { return nil }
        let file = editor.edit(text, ".yaml")
        editor.remove(file.path)
        if case .text(let edited) = file.outcome { return edited }
        return nil
    }
}
