/// A page about something that has no single word: how to begin, what the clock does.
struct HelpGuide: Sendable {
    let name: String
    let summary: String
    let text: String
    let examples: [String]

    static let all: [HelpGuide] = [
        .start, .prompt, .clock, .past, .stops, .expectations, .lists, .paths, .operators, .shell,
        .containers,
        .faults, .scripts,
    ]

    /// Signs that people ask about stand for the page that has them.
    private static let signs: [String: String] = [
        "==": "operators", "!=": "operators", "<": "operators", ">": "shell", "<=": "operators",
        ">=": "operators", "=~": "operators", "..": "operators", "%": "operators", "|": "shell",
        "&&": "shell", "||": "shell", "<<": "shell", "<<EOF": "shell", "&": "shell", "[]": "lists",
        "quit": "prompt", "exit": "prompt", "tab": "prompt", "history": "prompt", "color": "prompt",
        "colour": "prompt", "pager": "prompt", "ctrl-c": "prompt", "drydock": "start",
        "cluster": "start", "selectors": "lists", "fields": "paths", "until": "stops",
        "breakpoint": "stops", "unwatch": "stops", "reload": "stops", "resume": "stops",
    ]

    static func named(_ name: String) -> HelpGuide? {
        let name = signs[name.lowercased()] ?? name
        return all.first { $0.name == name }
    }

    var page: HelpPage {
        let shown = examples.isEmpty ? "" : "\nExamples:\n" + HelpBook.indented(examples)
        return HelpPage(text: text + shown, examples: examples)
    }

    /// What `help` alone prints: short enough to be read.
    static let overview = """
        A simulated Kubernetes cluster: what you would type after `kubectl` works here.
        Time stands still until you let it pass.

          node add worker-1 worker-2       machines first: there are none at the start
          create deployment web --image=nginx --replicas=3
          settle                           time passes until all is at rest; advance 10m
          get pods                         as kubectl prints it
          node fail worker-1               break something, see what happens
          expect within 5m: deployment/web .status.readyReplicas == 3

        help WORD     a verb, tool, kind, field, keyword, function, setting or code:
                      help rollout undo · help pods · help expect · help DD2031
        help start    the first ten minutes         help topics   all there is to read
        Tab completes, Ctrl-R searches, Ctrl-C stops a statement, Ctrl-D leaves.

        """
}

extension HelpGuide {
    static let start = HelpGuide(
        name: "start", summary: "the first ten minutes",
        text: """
            The cluster begins as a fresh control plane without machines. Add some, apply what you have, look, let
            time pass, break something, and say what you expect: an expectation that does not hold tells why.

            Pasted commands run as they are, with `kubectl` or `$` before them or without. Files of the folder in
            which drydock was started can be applied: apply -f web.yaml. Nothing on the disk is changed.

            """,
        examples: [
            "node add worker-1 worker-2",
            "kubectl create deployment shop --image=nginx --replicas=3",
            "kubectl rollout status deployment/shop", "kubectl get pods -o wide",
            "node fail worker-1", "advance 6m", "kubectl get nodes,pods",
            "expect within 1m: deployment/shop .status.readyReplicas == 3",
            "log deployment/shop --tail 5",
        ])

    static let prompt = HelpGuide(
        name: "prompt", summary: "keys, history, colours, the pager, Ctrl-C",
        text: """
            Keys: Tab completes what can stand at the cursor (twice: lists it). Up and Down go through what was
            typed, Ctrl-R searches it; a block comes back whole and can be edited. Ctrl-A and Ctrl-E go to the ends
            of the line, Alt-B and Alt-F word by word. Readline's ~/.inputrc holds here too (`$if drydock`).
            A line ends with Enter unless something is open: a block, a bracket, a text, a here-document, a `\\`.
            Ctrl-C discards what is typed; while a statement runs it stops the statement, never the prompt, and the
            world stays as it is at that instant. Ctrl-D on an empty line, `exit` and `quit` leave.

            After a slip of the pen the prompt offers what was probably meant: Enter runs it, `n` does not.
            States are coloured on a terminal; NO_COLOR=1 or `drydock prompt --no-color` leaves colours out. Tables
            wider than the window lose columns at their end, never parts of names; `get pods -o wide | cat` shows
            them whole. What is longer than the window goes to $DRYDOCK_PAGER, $PAGER or `less -FRX`;
            DRYDOCK_PAGER=cat shows it at once. Behind `|` and in pipes there is neither.

            """,
        examples: ["pending", "get pods -o wide | cat"])

    static let clock = HelpGuide(
        name: "clock", summary: "virtual time: advance, settle, within, at, every",
        text: """
            Time is virtual: it passes only when a statement lets it pass, and a year takes moments. The prompt
            shows how much has passed. A kubectl command takes a quarter of a second, as a client does; those that
            wait (rollout status, wait, delete, drain) wait in virtual time.

            `advance 10m` lets so much pass, `settle` as much as it takes until nothing changes any more, and
            `expect within 30s:` until a condition holds. `at 10s { … }` and `every 1m { … }` act beside what
            follows, when time passes; `pending` lists them, `cancel 1` ends one.

            """,
        examples: [
            "advance 90s", "settle", "expect within 1m: deployment/web .status.readyReplicas == 3",
            "every 1m { get deployment web }", "pending", "advance 3m", "cancel all",
        ])

    static let expectations = HelpGuide(
        name: "expectations", summary: "expect, within, always, never, fails",
        text: """
            expect CONDITION                  now
            expect within 30s: CONDITION      at some state from now on; time passes until then
            always CONDITION { … }            at every single state while the block runs
            never CONDITION { … }             at none
            expect fails "text" { … }         the block's last statement fails, and says the text
            expect output { … } contains "x"  what commands print
            expect unchanged LIST { … }       the block changes none of these objects
            expect order A then B { … }       A comes to hold before B

            One that does not hold tells the values, the instant, and the writes that led there.

            """,
        examples: [
            "expect deployment/web .spec.replicas == 3",
            "expect within 1m: deployment/web .status.readyReplicas == 3",
            "always deployment/web .status.availableReplicas >= 3 { rollout restart deployment/web; "
                + "rollout status deployment/web }",
            "expect fails \"not found\" { get pod nobody }",
        ])

    static let lists = HelpGuide(
        name: "lists", summary: "objects and lists of them: deployment/web, pods[app=web]",
        text: """
            deployment/web                one object; deployment/web@shop in a namespace
            pods[]                        all of a kind, in the namespace in force
            pods[app=web, tier in (a, b), !canary]   those with such labels
            pods@shop[], pods@*[]         in another namespace, in all
            LIST where .field == 1        those items; LIST sort by .field; first(LIST), count(LIST)
            every LIST has CONDITION      also any, none

            In commands labels are chosen as kubectl does: get pods -l app=web.

            """,
        examples: [
            "print count(pods[app=web])", "print map(pods[app=web], it.metadata.name)",
            "print count(pods@*[] where .status.phase == \"Running\")",
            "expect every pods[app=web] has .spec.containers[0].image contains \"nginx\"",
        ])

    static let paths = HelpGuide(
        name: "paths", summary: "fields of objects: deployment/web .spec.replicas",
        text: """
            deployment/web .spec.replicas                      a field: a blank before the first dot
            .spec.containers[0], [-1]                          by place, from the end
            .spec.containers[name=web].image                   the item with such a field
            .spec.containers[*].image                          of each item
            .metadata.labels["app.kubernetes.io/name"]         a key with dots

            A field that an object does not have is null. Tab lists the fields; `explain` and
            `help deployment.spec` tell what they are.

            """,
        examples: [
            "print deployment/web .spec.template.spec.containers[*].image",
            "print pod/web-0 .status.conditions[type=Ready].status",
            "help deployment.spec.strategy",
        ])

    static let operators = HelpGuide(
        name: "operators", summary: "comparing, calculating, joining conditions",
        text: """
            == != < <= > >=          of numbers, texts, durations, quantities: 500m == 0.5, 90s > 1m
            and or not               conditions
            in, not in, contains     lists, maps, parts of texts
            =~ "re"                  a regular expression
            matches {a: {b: 1}}      at least these fields with these values
            exists, absent           of objects and fields
            + - * / %                numbers, durations, quantities; + joins texts and lists
            1..5                     a range
            if C then A else B       a choice

            """,
        examples: [
            "expect deployment/web .spec.replicas in 1..5", "expect \"web-0\" =~ \"^web-[0-9]+$\"",
            "expect quantity(\"500m\") == 0.5", "print (2 + 3) * 4",
        ])

    static let shell = HelpGuide(
        name: "shell", summary: "pipes, files, here-documents, variables, text tools",
        text: """
            a | b          what a prints is read by b: get pods | grep web | wc -l
            a && b, a || b b only after success, only after failure; `;` in any case
            a > file       into a file of the session; >> appends. Nothing on the disk changes
            <<EOF … EOF    lines that are typed as a file: apply -f - <<EOF
            $(a), ${x}     what a command prints, the value of a variable
            for x in …; do …; done, while, if [ … ]; then … fi    as in bash

            `help tools` lists the tools; grep, sed, awk, jq and the others are built in.

            """,
        examples: [
            "get pods -o name | sort | head -1",
            "get nodes -o json | jq -r '.items[].metadata.name'",
            "kubectl get pods > pods.txt && wc -l pods.txt", "for i in 1 2 3; do echo $i; done",
        ])

    static let containers = HelpGuide(
        name: "containers", summary: "what containers do: behavior, load",
        text: """
            Containers run no programs: `behavior` says how those of an image, a pod or a workload act (how
            long they take to start, whether they become ready, when they end and how), and `load` what they use.
            Whoever is told nothing starts at once, becomes ready and stays up.

            """,
        examples: [
            "behavior nginx:broken { exitAfter: 2s, exitCode: 1 }",
            "behavior pod=web-0 { readyAfter: 20s }", "behavior nginx:2 { pullFails: true }",
            "load deployment/web cpu=200m", "help settings", "help behavior readiness",
        ])

    static let faults = HelpGuide(
        name: "faults", summary: "machines and networks that fail",
        text: """
            node fail NAME        the machine dies; the control plane notices after some 50 seconds
            node partition NAME   it is cut off: its containers run on, but nobody hears of them
            node recover NAME     it comes back
            drain, cordon, taint  as kubectl does
            behavior              containers that crash, images that cannot be pulled, probes that fail

            """,
        examples: ["node fail node-1", "advance 1m", "get nodes", "node recover node-1", "settle"])

    static let scripts = HelpGuide(
        name: "scripts", summary: "the same in files: drydock run, test, check",
        text: """
            What is typed here can stand in a file as it is. `drydock run FILE` runs it, `--echo` shows the commands
            before what they print; `drydock test` runs a folder of them, `drydock check` reads without running.
            A `scenario` has a world of its own; `setup` runs at the beginning of each, `finally` and `teardown` at
            the end. The program ends with 0 if all passed, 1 for bad usage, 2 if a script does not parse or check,
            3 if a command failed, 4 if an expectation did not hold; with 130 and 143 if a signal ended it.

            """,
        examples: [
            "scenario \"a node comes\" { node add n1; expect within 10s: node/n1 exists }"
        ])
}
