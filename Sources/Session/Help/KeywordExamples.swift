import Syntax

/// Statements that show the words of the language at work, as `help` prints them. A test runs each of them
/// in a world with the nodes and workloads that they name.
extension Keyword {
    package var examples: [String] {
        switch self {
        case .let: ["let wanted = 3", "let names = map(pods[], it.metadata.name)"]
        case .if, .else:
            ["if deployment/web exists { get deployment web } else { print \"no web\" }"]
        case .for: ["for n in nodes[] { print n.metadata.name }", "for i in 1..3 { print i }"]
        case .while: ["let n = 0; while n < 3 { n = n + 1 }"]
        case .fn, .return:
            [
                "fn ready(name) => deployment/${name} .status.readyReplicas",
                "fn twice(n) { return n * 2 }",
            ]
        case .break: ["for n in 1..10 { if n == 3 { break }; print n }"]
        case .continue: ["for n in 1..10 { if n == 3 { continue }; print n }"]
        case .scenario: ["scenario \"a node comes\" { node add n1; expect node/n1 exists }"]
        // An exercise stands in a file: `drydock learn new` writes one.
        case .exercise: ["help exercise"]
        case .setup: ["setup { node add node-3 }"]
        case .teardown:
            [
                "teardown { get nodes }; scenario \"a node comes\" { node add n1; expect node/n1 exists }"
            ]
        case .finally:
            [
                "scenario \"a node comes\" { node add n1; expect node/n1 exists; finally { get nodes } }"
            ]
        case .file: ["file \"note.txt\" <<EOF\nhello\nEOF"]
        case .include: ["include \"lib.dock\""]
        case .expect:
            [
                "expect deployment/web .status.readyReplicas == 3",
                "expect within 1m: deployment/web .status.availableReplicas == 3, \"it came up\"",
                "expect fails \"not found\" { get pod nobody }",
                "expect output { get nodes } contains \"node-1\"",
            ]
        case .always:
            [
                "always deployment/web .status.availableReplicas >= 3 { rollout restart deployment/web; "
                    + "rollout status deployment/web }"
            ]
        case .never: ["never count(pods[]) > 20 { rollout restart deployment/web; settle }"]
        case .at: ["at 10s { node fail node-1 }", "pending"]
        case .every:
            [
                "every 30s { get pods }",
                "expect every pods[app=web] has .status.phase == \"Running\"",
            ]
        case .behavior:
            [
                "behavior nginx { startDelay: 2s }",
                "behavior pod=web-0 { exitAfter: 5s, exitCode: 1 }",
                "help behavior exitCode",
            ]
        case .skip: ["skip \"not yet\""]
        case .print: ["print count(pods[])", "print deployment/web .spec.replicas, \"replicas\""]
        case .and: ["expect node/node-1 exists and node/node-2 exists"]
        case .or: ["expect node/node-1 exists or node/node-9 exists"]
        case .not: ["expect not (node/node-9 exists)"]
        case .in: ["expect \"nginx\" in [\"nginx\", \"redis\"]"]
        case .contains: ["expect \"nginx:1.27\" contains \"nginx\""]
        case .matches: ["expect deployment/web matches {spec: {replicas: 3}}"]
        case .exists: ["expect deployment/web exists"]
        case .absent: ["expect deployment/nobody absent"]
        case .where: ["print count(pods[] where .status.phase == \"Running\")"]
        case .has: ["expect every nodes[] has .spec.unschedulable != true"]
        case .any: ["expect any pods[] has .status.phase == \"Running\""]
        case .none: ["expect none pods[] has .status.phase == \"Failed\""]
        case .then: ["print if node/node-1 exists then \"there\" else \"gone\""]
        case .it: ["print map(nodes[], it.metadata.name)"]
        case .output: ["let table = output { get nodes }"]
        case .null: ["expect pod/web-0 .metadata.deletionTimestamp == null"]
        case .true, .false: ["let on = \(rawValue)", "behavior nginx { ready: \(rawValue) }"]
        }
    }
}

/// A word that is special at one place only.
package struct ContextualWord: Sendable {
    package let name: String
    package let form: String
    package let meaning: String
    package let examples: [String]

    /// One for each of ``Keyword/contextual``.
    package static let all: [ContextualWord] = [
        ContextualWord(
            name: "sort", form: "LIST sort by .field\nLIST sort by .field desc",
            meaning: "the items in the order of what `by` gives for each; `desc` turns it round",
            examples: ["let newest = nodes[] sort by .metadata.name desc"]),
        ContextualWord(
            name: "by", form: "LIST sort by .field", meaning: "what a list is sorted by",
            examples: ["let ordered = pods[] sort by .metadata.name"]),
        ContextualWord(
            name: "desc", form: "LIST sort by .field desc", meaning: "the largest first",
            examples: ["let ordered = pods[] sort by .metadata.name desc"]),
        ContextualWord(
            name: "within", form: "expect within 30s: CONDITION",
            meaning:
                "lets virtual time pass until the condition holds, at most so long; it is looked at after "
                + "each write",
            examples: ["expect within 1m: deployment/web .status.readyReplicas == 3"]),
        ContextualWord(
            name: "fails", form: "expect fails \"text\" { … }",
            meaning: "the last statement of the block must fail, with the text in what it says",
            examples: ["expect fails \"not found\" { get pod nobody }"]),
        ContextualWord(
            name: "soft", form: "expect soft CONDITION",
            meaning: "the scenario goes on where it does not hold, and fails at its end",
            examples: ["expect soft deployment/web .spec.replicas == 3"]),
        ContextualWord(
            name: "unchanged", form: "expect unchanged LIST { … }",
            meaning: "the objects are the same after the block as before it",
            examples: ["expect unchanged nodes[] { scale deployment web --replicas=4 }"]),
        ContextualWord(
            name: "order", form: "expect order CONDITION then CONDITION { … }",
            meaning: "the conditions come to hold one after another while the block runs",
            examples: [
                "expect order count(pods[app=new]) > 0 then deployment/new .status.readyReplicas == 1 "
                    + "{ create deployment new --image=nginx; settle }"
            ]),
        ContextualWord(
            name: "tags", form: "scenario \"title\" tags slow, network { … }",
            meaning: "names by which `--tag` picks scenarios",
            examples: ["scenario \"a node comes\" tags slow { node add n1; expect node/n1 exists }"]
        ),
        ContextualWord(
            name: "attach", form: "attach \"name\" VALUE",
            meaning: "puts a value beside the report of the scenario",
            examples: ["attach \"the pods\" output { get pods }"]),
        ContextualWord(
            name: "param", form: "param name = EXPRESSION",
            meaning:
                "a value that `--set name=VALUE` replaces; at the prompt the one that is written",
            examples: ["param image = \"nginx:1.27\""]),
    ]
}
