import Syntax

/// What is told of the words of the language, by `help` and by editors.
extension Keyword {
    /// How it is written.
    package var form: String {
        switch self {
        case .let: "let name = EXPRESSION"
        case .if: "if CONDITION { … } else { … }"
        case .else: "if CONDITION { … } else { … }"
        case .for: "for name in LIST { … }"
        case .while: "while CONDITION { … }"
        case .fn: "fn name(a, b = 2) { … return a }\nfn name(a) => EXPRESSION"
        case .return: "return EXPRESSION"
        case .break: "break"
        case .continue: "continue"
        case .scenario: "scenario \"title\" tags slow skip \"reason\" for row in TABLE { … }"
        case .exercise: "exercise \"name\" { title \"…\" setup { … } goal \"…\" { expect … } … }"
        case .setup: "setup { … }"
        case .teardown: "teardown { … }"
        case .finally: "finally { … }"
        case .file: "file \"web.yaml\" <<EOF\n…\nEOF"
        case .include: "include \"lib/web.dock\""
        case .expect:
            "expect CONDITION, \"why\"\nexpect within 30s: CONDITION\nexpect fails \"text\" { … }\n"
                + "expect output { … } contains \"text\""
        case .always: "always CONDITION { … }"
        case .never: "never CONDITION { … }"
        case .at: "at 10s { … }"
        case .every: "every 10s { … }\nevery LIST has CONDITION"
        case .behavior: "behavior IMAGE { startDelay: 2s, exitCode: 1 }"
        case .skip: "skip \"reason\""
        case .print: "print a, b"
        case .and: "a and b"
        case .or: "a or b"
        case .not: "not a"
        case .in: "a in LIST"
        case .contains: "TEXT contains \"part\""
        case .matches: "VALUE matches {spec: {replicas: 3}}"
        case .exists: "pod/web-0 exists"
        case .absent: "pod/web-0 absent"
        case .where: "LIST where .field == 1"
        case .has: "every LIST has CONDITION"
        case .any: "any LIST has CONDITION"
        case .none: "none LIST has CONDITION"
        case .then: "if CONDITION then a else b"
        case .it: "map(LIST, it.metadata.name)"
        case .output: "output { get pods }"
        case .null, .true, .false: rawValue
        }
    }

    /// What it does, as a clause.
    package var meaning: String {
        switch self {
        case .let: "names a value; a name holds in its block"
        case .if: "runs a block if a condition holds; `if … then … else …` chooses a value"
        case .else: "what happens otherwise"
        case .for: "runs a block for each item of a list, a range or a map"
        case .while: "runs a block as long as a condition holds"
        case .fn: "makes a function, with a name or as a value"
        case .return: "ends a function and gives a value"
        case .break: "leaves a loop"
        case .continue: "begins the next turn of a loop"
        case .scenario: "a test with a world of its own"
        case .exercise:
            "something to practise: a world, goals, hints and answers, for `drydock learn`"
        case .setup: "runs at the beginning of each scenario of the file"
        case .teardown: "runs at the end of each scenario of the file, after a failure too"
        case .finally: "runs at the end of the scenario, after a failure too"
        case .file: "a file that lives in memory and stands before one on the disk"
        case .include: "brings in the functions, variables and files of another script"
        case .expect: "states what must hold now, within a time, of an error or of an output"
        case .always: "the condition must hold at every single state change while the block runs"
        case .never: "the condition must not hold at any state change while the block runs"
        case .at: "runs a block at a time from now on, beside what follows"
        case .every:
            "runs a block again and again, beside what follows; before a list: each item fulfils "
                + "the condition"
        case .behavior: "says how the containers of an image, a pod or a workload act"
        case .skip: "leaves out the scenario"
        case .print: "prints values"
        case .and: "both hold"
        case .or: "one of both holds at least"
        case .not: "the condition does not hold"
        case .in: "the value is an item of a list, a key of a map or part of a text"
        case .contains: "a text holds a part, or a list an item"
        case .matches: "the value has at least these fields, with these values"
        case .exists: "there is such an object or field"
        case .absent: "there is no such object or field"
        case .where: "the items that fulfil a condition; `.x` is a field of the item"
        case .has:
            "what the items of `every`, `any` or `none` must fulfil; `.x` is a field of the item"
        case .any: "one item fulfils the condition at least"
        case .none: "no item fulfils the condition"
        case .then: "the value if the condition holds"
        case .it: "the item at hand in `where`, `has`, `sort by` and `map`"
        case .output: "what the commands of a block print, as text"
        case .null: "no value: what a missing field gives"
        case .true, .false: "a truth value"
        }
    }
}
