import API
import Value

extension Verb {
    /// `undo`, `undo 3`.
    static let undo: Verb = {
        var verb = Verb("undo", group: .world, summary: "Take the last statements back")
        verb.usage = "[NUMBER]"
        verb.examples = ["undo", "undo 3"]
        verb.advancesTime = true
        verb.movesInTime = true
        verb.run = { call in
            let count = try call.count("undo")
            let jump = try call.context.past().undo(count)
            call.context.output.write(jump.text(done: "undone"))
        }
        return verb
    }()

    /// `forward`: redo.
    static let forward: Verb = {
        var verb = Verb(
            "forward", group: .world, summary: "Do again what `undo` and `rewind` took back")
        verb.usage = "[NUMBER]"
        verb.examples = ["forward", "forward 2"]
        verb.advancesTime = true
        verb.movesInTime = true
        verb.run = { call in
            let count = try call.count("forward")
            let jump = try call.context.past().forward(count)
            call.context.output.write(jump.text(done: "done again"))
        }
        return verb
    }()

    /// `rewind 30s`, `rewind to 12.5s`, `rewind to before "set image"`.
    static let rewind: Verb = {
        var verb = Verb("rewind", group: .world, summary: "Go back in time")
        verb.usage = "DURATION | to INSTANT | to before TEXT | to event NUMBER"
        verb.examples = [
            "rewind 30s", "rewind to 12.5s", "rewind to before \"set image\"",
            "rewind to event 1200",
        ]
        verb.advancesTime = true
        verb.movesInTime = true
        verb.completes = .words(["to"])
        verb.run = { call in
            let jump = try call.context.past().rewind(to: target(call))
            call.context.output.write(jump.text(done: "undone"))
        }
        return verb
    }()

    private static func target(_ call: VerbCall) throws(VerbError) -> RewindTarget {
        let words = call.arguments
        switch words.first {
        case "to" where words.count == 2: return .instant(try instant(words[1]))
        case "to" where words.count > 2 && words[1] == "before":
            return .before(words[2...].joined(separator: " "))
        case "to" where words.count == 3 && words[1] == "event":
            guard let count = Int(words[2]), count >= 0 else {
                throw .message("\(words[2]) is no number of events; `step` tells them")
            }
            return .event(count)
        case let word? where words.count == 1 && word != "to":
            let duration = try? Duration(parsing: word, allowsDays: true)
            guard let duration, duration.milliseconds >= 0 else {
                throw .message("\(word) is no duration; write 30s, or: to 12.5s")
            }
            return .back(duration.milliseconds)
        case nil, .some:
            throw .message(
                "rewind takes a duration (`rewind 30s`), an instant (`rewind to 12.5s`) or a statement "
                    + "(`rewind to before \"set image\"`)")
        }
    }

    private static func instant(_ word: String) throws(VerbError) -> Milliseconds {
        let instant = try? Duration(parsing: word, allowsDays: true)
        guard let instant, instant.milliseconds >= 0 else {
            throw .message("\(word) is no instant; write 12.5s, as the prompt shows it")
        }
        return instant.milliseconds
    }

    /// `reset`.
    static let reset: Verb = {
        var verb = Verb(
            "reset", group: .world, summary: "Begin a new world with the same seed")
        verb.usage = ""
        verb.examples = ["reset"]
        verb.advancesTime = true
        verb.movesInTime = true
        verb.run = { call in
            guard call.arguments.isEmpty else {
                throw VerbError.message(
                    "reset takes nothing after it; `seed 7` begins another world")
            }
            try call.context.past().reset()
            call.context.output.line("a new world at 0s; `undo` brings the old one back")
        }
        return verb
    }()
}

extension VerbCall {
    /// The number after the verb; 1 where there is none.
    fileprivate func count(_ verb: String) throws(VerbError) -> Int {
        guard let word = arguments.first else { return 1 }
        guard arguments.count == 1, let count = Int(word), count > 0 else {
            throw .message(
                "\(verb) takes a number above zero, or nothing; found \(arguments.joined(separator: " "))"
            )
        }
        return count
    }
}

extension TimeJump {
    /// "at 12.5s: undone set image deployment/web nginx=nginx:1.26", a line for each statement.
    func text(done: String) -> String {
        let instant = "at \(Duration(milliseconds: to).shortText)"
        if statements.isEmpty {
            let distance = Duration(milliseconds: abs(from - to)).shortText
            return "\(instant), \(distance) \(to <= from ? "back" : "on")\n"
        }
        let most = 8
        var lines = statements.suffix(most).map { "  \(done): \($0)\n" }
        if statements.count > most {
            lines.insert("  … and \(statements.count - most) before\n", at: 0)
        }
        return "\(instant)\n" + lines.joined()
    }
}
