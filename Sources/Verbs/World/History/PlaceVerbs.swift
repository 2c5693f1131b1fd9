import Printers
import Value

extension Verb {
    /// `snapshot before`.
    static let snapshot: Verb = {
        var verb = Verb(
            "snapshot", group: .world, summary: "Give this instant a name to come back to")
        verb.usage = "NAME"
        verb.examples = ["snapshot before"]
        verb.advancesTime = true
        verb.movesInTime = true
        verb.run = { call in
            let name = try call.name("snapshot")
            try call.context.past().remember(name)
            let instant = Duration(milliseconds: call.context.clock.now).shortText
            call.context.output.line("snapshot \(name) at \(instant)")
        }
        return verb
    }()

    /// `restore before`.
    static let restore: Verb = {
        var verb = Verb(
            "restore", group: .world, summary: "Go to a snapshot, or to the end of a branch")
        verb.usage = "NAME"
        verb.examples = ["restore before", "restore undone-1"]
        verb.advancesTime = true
        verb.movesInTime = true
        verb.run = { call in
            let name = try call.name("restore")
            let jump = try call.context.past().restore(name)
            let instant = Duration(milliseconds: jump.to).shortText
            call.context.output.line("at \(instant), as in \(name)")
        }
        return verb
    }()

    /// `branch canary { … }`.
    static let branch: Verb = {
        var verb = Verb("branch", group: .world, summary: "Try a block of statements, then be back")
        verb.usage = "NAME { … }"
        verb.examples = [
            "branch canary { set image deployment/web nginx=nginx:1.26; settle }",
            "compare now canary",
        ]
        verb.advancesTime = true
        verb.movesInTime = true
        verb.takesBlock = true
        verb.blockMayLeave = true
        verb.run = { call in
            let name = try call.name("branch")
            let past = try call.context.past()
            guard let block = call.context.block else {
                throw VerbError.message("branch needs a block of statements: branch \(name) { … }")
            }
            let jump = try past.branch(name, block)
            let end = Duration(milliseconds: jump.from).shortText
            let begin = Duration(milliseconds: jump.to).shortText
            call.context.output.line("branch \(name) ended at \(end); back at \(begin)")
        }
        return verb
    }()

    /// `branches`.
    static let branches: Verb = {
        var verb = Verb(
            "branches", group: .world,
            summary: "Show what was undone, branched and kept, as a tree")
        verb.usage = ""
        verb.examples = ["branches"]
        verb.movesInTime = true
        verb.run = { call in
            guard call.arguments.isEmpty else {
                throw VerbError.message("branches takes nothing after it")
            }
            var text = "NAME\tWHAT\tFROM\tTO\tSTATEMENTS\n"
            for row in try call.context.past().lines() { text += line(row) + "\n" }
            call.context.output.write(TabWriter.align(text))
        }
        return verb
    }()

    private static func line(_ row: TimelineRow) -> String {
        let from = Duration(milliseconds: row.from).shortText
        let to = Duration(milliseconds: row.to).shortText
        let shown = row.statements.prefix(2).map(\.shortened).joined(separator: "; ")
        let more = row.statements.count > 2 ? " … \(row.statements.count) in all" : ""
        let statements = row.statements.isEmpty ? "-" : shown + more
        return String(repeating: "  ", count: row.depth)
            + "\(row.name)\t\(row.kind.rawValue)\t\(from)\t\(to)\t\(statements)"
    }
}

extension String {
    fileprivate var shortened: String { count > 40 ? prefix(39) + "…" : self }
}

extension VerbCall {
    /// The one name after the verb.
    fileprivate func name(_ verb: String) throws(VerbError) -> String {
        guard arguments.count == 1, let name = arguments.first else {
            throw .message("\(verb) takes one name, as in: \(verb) before")
        }
        let isPlain = name.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."):
                true
            default: false
            }
        }
        guard isPlain, let first = name.first, first.isLetter, name != "now" else {
            throw .message(
                "\(name) is no name for a place in time: a letter, then letters, digits, dashes and dots; "
                    + "`now` is taken")
        }
        return name
    }
}
