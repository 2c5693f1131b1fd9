import Foundation
import Testing

/// Each place of the grammar at which something can be completed, by the key that a person presses.
@Suite("Tab at the prompt", .serialized)
struct CompletionTests {
    /// What is typed before, once.
    private static let preparation = """
        node add node-1 node-2 --label zone=a; create namespace shop
        create deployment web --image=nginx:1.25 --replicas=2; run client --image=busybox; settle
        create cronjob nightly --image=busybox --schedule="0 0 * * *"
        let wanted = deployment/web; fn ready(name) => 1
        every 100h { print 1 }
        snapshot before
        """

    /// What is typed, and the line after Tab.
    private static let rows: [(typed: String, line: String)] = [
        // Statements.
        ("exp", "exp"), ("expec", "expect "), ("settl", "settle "),
        ("behav", "behavior "), ("scen", "scenario "), ("kubec", "kubectl "),
        ("wante", "wanted "), ("read", "ready "), ("cou", "count("), ("att", "attach "),
        // Behind a prompt, kubectl, operators and openings.
        ("$ kubectl descr", "$ kubectl describe "), ("kubectl descr", "kubectl describe "),
        ("$ descr", "$ describe "), ("kubectl -n shop descr", "kubectl -n shop describe "),
        ("settle && descr", "settle && describe "), ("settle || descr", "settle || describe "),
        ("settle; descr", "settle; describe "),
        ("get pods | uniq -c | hea", "get pods | uniq -c | head "),
        ("if true { descr", "if true { describe "),
        ("for i in 1..3 { descr", "for i in 1..3 { describe "),
        ("echo $(descr", "echo $(describe "), ("every 1m { descr", "every 1m { describe "),
        ("scenario \"a\" { descr", "scenario \"a\" { describe "),
        ("setup { descr", "setup { describe "), ("! descr", "! describe "),
        // Subverbs, kinds, names.
        ("rollout und", "rollout undo "), ("create deplo", "create deployment "),
        ("node recov", "node recover "), ("config use-c", "config use-context "),
        ("get statefulse", "get statefulset"), ("get deployment we", "get deployment web "),
        ("get deployment/we", "get deployment/web "), ("get pods,servi", "get pods,service"),
        ("get pods,servicea", "get pods,serviceaccount"), ("cordon node-", "cordon node-"),
        ("logs clie", "logs client "), ("exec clie", "exec client "),
        ("rollout status deployment/w", "rollout status deployment/web "),
        ("explain deployment.spec.strat", "explain deployment.spec.strategy "),
        ("auth can-i del", "auth can-i delete "), ("auth can-i get secr", "auth can-i get secret"),
        ("config use-context dry", "config use-context drydock "),
        ("feature-gate MaxUn", "feature-gate MaxUnavailableStatefulSet="),
        // Flags and their values.
        ("get pods --all-n", "get pods --all-namespaces "),
        ("get pods -n shop --all-n", "get pods -n shop --all-namespaces "),
        ("kubectl -n shop get pods --show-lab", "kubectl -n shop get pods --show-labels "),
        ("get pods -o ya", "get pods -o yaml "),
        ("get pods --output=ya", "get pods --output=yaml "),
        ("get pods -n sho", "get pods -n shop "),
        ("get pods --namespace=sho", "get pods --namespace=shop "),
        ("get pods -l ru", "get pods -l run="), ("get pods -l run=cl", "get pods -l run=client "),
        ("get pods --selector=app=w", "get pods --selector=app=web "),
        ("expose deployment web --type=Node", "expose deployment web --type=NodePort "),
        ("run x --restart=Ne", "run x --restart=Never "),
        ("run x --image=busy", "run x --image=busybox "),
        ("create deployment x --image=nginx:1", "create deployment x --image=nginx:1.25 "),
        ("apply --dry-run=cl", "apply --dry-run=client "),
        ("wait pod/client --for=cond", "wait pod/client --for=condition="),
        ("wait pod/client --for=condition=Sched", "wait pod/client --for=condition=Sched"),
        ("events --for deployment/w", "events --for deployment/web "),
        ("events --types=Warn", "events --types=Warning "),
        ("create job x --from=cron", "create job x --from=cronjob/nightly "),
        ("get pods --sort-by=.metadata.creat", "get pods --sort-by=.metadata.creationTimestamp "),
        ("logs client -c cl", "logs client -c client "),
        ("exec client -c cl", "exec client -c client "),
        ("logs deployment/web -c ngi", "logs deployment/web -c nginx "),
        ("sort --rever", "sort --reverse "),
        // Parts of commands with a form of their own.
        ("set image deployment/web ngi", "set image deployment/web nginx="),
        ("set image deployment web ngi", "set image deployment web nginx="),
        ("set image deployment/web nginx=busy", "set image deployment/web nginx=busybox "),
        ("label node/node-1 zo", "label node/node-1 zone="),
        ("load deployment/web me", "load deployment/web memory="),
        ("help rollout und", "help rollout undo "),
        ("help behavior exitCo", "help behavior exitCode "),
        ("restore bef", "restore before "), ("compare bef", "compare before "),
        ("help expectat", "help expectations "), ("cancel a", "cancel all "),
        // Files.
        ("apply -f web", "apply -f web.yaml "), ("apply -f mani", "apply -f manifests/"),
        ("apply -f manifests/in", "apply -f manifests/ingress.yaml "),
        ("cat manifests/de", "cat manifests/deep/"),
        (
            "create configmap x --from-file=manifests/in",
            "create configmap x --from-file=manifests/ingress.yaml "
        ),
        ("echo a > manifests/in", "echo a > manifests/ingress.yaml "),
        ("sort < we", "sort < web.yaml "),
        ("include \"lib", "include \"lib.dock\""),
        // Behaviors.
        ("behavior busy", "behavior busybox "), ("behavior pod=cli", "behavior pod=client "),
        ("behavior deployment/w", "behavior deployment/web "),
        ("behavior nginx { startD", "behavior nginx { startDelay "),
        ("behavior nginx { ready: fal", "behavior nginx { ready: false "),
        ("behavior nginx { ready: true, exitCo", "behavior nginx { ready: true, exitCode "),
        // Expressions.
        ("print ever", "print every "), ("print wante", "print wanted "),
        ("print cou", "print count("),
        ("print deployme", "print deployment"), ("expect deployment/we", "expect deployment/web "),
        ("expect deployment/web .spec.repl", "expect deployment/web .spec.replicas "),
        (
            "expect deployment/web .spec.template.spec.containers[0].ima",
            "expect deployment/web .spec.template.spec.containers[0].image"
        ),
        ("print wanted.spec.strat", "print wanted.spec.strategy "),
        ("print first(pods[]).spec.nodeN", "print first(pods[]).spec.nodeName "),
        ("print pods[] whe", "print pods[] where "), ("print pods[] sor", "print pods[] sort by "),
        ("print pods[] where .spec.nodeN", "print pods[] where .spec.nodeName "),
        ("expect every pods[] has .spec.nodeN", "expect every pods[] has .spec.nodeName "),
        (
            "print pods[] sort by .metadata.creat",
            "print pods[] sort by .metadata.creationTimestamp "
        ),
        (
            "expect pod/client .status.phase == \"Runn",
            "expect pod/client .status.phase == \"Running\""
        ),
        ("print pods[ru", "print pods[run"), ("print pods[run=cl", "print pods[run=client"),
        ("print pods[app=web, !ru", "print pods[app=web, !run"),
        ("print pods[run in (cl", "print pods[run in (client"),
        ("print pods@sho", "print pods@shop"),
        ("print pod/client@def", "print pod/client@default"),
        ("print pod/client .status.conditions[ty", "print pod/client .status.conditions[type"),
        (
            "print pod/client .status.conditions[type=Initi",
            "print pod/client .status.conditions[type=Initialized"
        ),
        ("expect within 30s: deployment/we", "expect within 30s: deployment/web "),
        ("always deployment/we", "always deployment/web "),
        ("if deployment/we", "if deployment/web "),
        ("let x = cou", "let x = count("), ("echo ${wante", "echo ${wanted"),
        ("expect pod/client exis", "expect pod/client exists "), ("not (nod", "not (node"),
    ]

    /// What is typed, and what the list has that Tab shows when it is pressed twice.
    private static let lists: [(typed: String, shown: [String])] = [
        ("expect deployment/web .spec.", [".replicas", "integer", "DeploymentStrategy"]),
        ("behavior nginx { ", ["startDelay", "duration"]),
        ("rollout ", ["history", "pause", "undo"]),
        ("set image deployment/web ", ["nginx=", "container"]),
        ("print pods[", ["app", "pod-template-hash"]),
        ("get nodes -l ", ["kubernetes.io/hostname=", "zone="]), ("cancel ", ["1", "all"]),
        ("kubectl logs -c x ", ["client", "web-"]), ("kubectl -n ", ["kube-system", "shop"]),
        ("apply -f ", ["manifests/", "web.yaml"]), ("help behavior ", ["exitAfter", "readyAfter"]),
    ]

    private func folder() throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("drydock-\(UUID().uuidString)")
        for path in ["state", "work/manifests/deep"] {
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent(path), withIntermediateDirectories: true)
        }
        for path in ["work/web.yaml", "work/lib.dock", "work/manifests/ingress.yaml"] {
            try "a: 1\n".write(
                to: folder.appendingPathComponent(path), atomically: true, encoding: .utf8)
        }
        return folder.path
    }

    private func terminal() throws -> PseudoTerminal {
        let folder = try folder()
        let terminal = try PseudoTerminal(
            state: folder + "/state", folder: folder + "/work", columns: 160)
        for line in Self.preparation.split(separator: "\n") {
            try terminal.wait(for: "] > ")
            terminal.type(line + "\n")
        }
        try terminal.wait(for: "] > ")
        terminal.type("print 40 + 2\n")
        try terminal.wait(for: "42\r\n")
        try terminal.wait(for: "] > ")
        return terminal
    }

    @Test("completes what can stand there, at every place of the grammar")
    func completes() throws {
        let terminal = try terminal()
        for (typed, line) in Self.rows {
            // What is typed behind it tells where the completion ended; Ctrl-U takes the line away.
            terminal.type(typed + "\t@@")
            do {
                try terminal.wait(for: line + "@@", atMost: 3)
            } catch {
                Issue.record("\(typed)⇥ is not \(line.debugDescription): \(error)")
            }
            terminal.type("\u{15}")
        }
        terminal.type("\n")
        #expect(try terminal.leave() == 0)
    }

    @Test("lists what can stand there with what it is, when pressed twice")
    func lists() throws {
        let terminal = try terminal()
        for (typed, shown) in Self.lists {
            terminal.type(typed + "\t\t@@")
            do {
                for text in shown { try terminal.wait(for: text, atMost: 3) }
                try terminal.wait(for: "@@", atMost: 3)
            } catch {
                Issue.record("\(typed)⇥⇥: \(error)")
            }
            terminal.type("\u{15}")
        }
        terminal.type("\n")
        #expect(try terminal.leave() == 0)
    }
}
