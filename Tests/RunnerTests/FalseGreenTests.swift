import Language
import Reports
import Runner
import Testing

/// What would pass whatever the cluster did: a slip, and never green.
@Suite("a script that could not fail")
struct FalseGreenTests {
    /// Runs a script and answers its exit code with what the report says.
    private func run(_ text: String) -> (exitCode: Int32, output: String) {
        var output = ""
        let report = HumanReport(ReportSettings { output += $0 }, hidesOutput: true)
        let result = ScriptRunner(RunOptions(), listener: report).run(
            text: text, path: "test.dock", folder: "/nonexistent")
        return ([result].exitCode, output)
    }

    private static let web = "node add n1\ncreate deployment web --image=nginx:1.27\nsettle\n"

    @Test(
        "is refused with the reason",
        arguments: [
            // Blocks that nothing runs.
            ("rollout status deployment/web { print 1 }", "`rollout status` takes no block"),
            ("get pods { print 1 }", "`get pods` runs no block"),
            ("get pods -w | cat { print 1 }", "`cat` takes no block"),
            ("scale deployment web --replicas=2 { settle }", "`scale` takes no block"),
            ("scenario \"s\" { at 10s { expect 1 == 2 }; advance 5s }", "`at` was never reached"),
            ("every 10s { expect 1 == 2 }\nadvance 5s", "`every` was never reached"),
            ("scenario \"${n}\" for n in [] { expect 1 == 2 }", "is empty, so that it never runs"),
            // Words that nothing reads.
            ("settle foo", "settle takes nothing after it"),
            ("behavior pod nginx { ready: false }", "did you mean `pod/nginx`?"),
            ("behavior nginx:1.72 { pullFails: true }\n" + web, "did you mean `nginx:1.27`?"),
            ("behavior deployment/wbe { ready: false }\n" + web, "no container that this"),
            ("behavior nginx container=ngnix { ready: false }\n" + web, "no container that this"),
            (
                "setup { behavior nginx:9 { ready: false } }\n"
                    + "scenario \"s\" { node add n1; run p --image=nginx; settle }",
                "no container that this"
            ),
            // Mistakes of the script that are not what must fail.
            ("expect fails { print 1 / 0 }", "division by zero"),
            ("expect fails \"+\" { let x = \"a\" + 1 }", "does not work on"),
            ("expect fails { behavior nginx { redy: false } }", "no setting `redy`"),
            // Texts that no field holds.
            ("expect deployment/web .status.conditions[type=Avialable] == null", "`Available`"),
            ("expect none pods[] has .status.phase == \"Runing\"", "did you mean `Running`?"),
            ("expect count(pods[] where .status.phase in [\"Faild\"]) == 0", "`Failed`"),
            ("expect not (pod/p matches {status: {phase: \"Runing\"}})", "`Running`"),
            ("expect pod/p .status.conditions[type=Ready].status != \"true\"", "`True`"),
            ("expect \"Alwyas\" != pod/p .spec.restartPolicy", "`Always`"),
            ("expect pvc/p .spec.accessModes != [\"ReadWriteOnec\"]", "`ReadWriteOnce`"),
            ("expect none events[] has .reason == \"FailedSchedulng\"", "`FailedScheduling`"),
            (
                "expect none pods[] has .status.containerStatuses[0].state.waiting.reason == "
                    + "\"CrashLoopBackof\"", "`CrashLoopBackOff`"
            ),
            // Selectors that find nothing, ever.
            (web + "expect none pods[app=wbe] has .status.phase == \"Failed\"", "app=wbe"),
            (web + "expect none pods[ap=web] has .status.phase == \"Failed\"", "label ap"),
            (web + "expect not (any pods[ap] has .status.phase == \"Failed\")", "label ap"),
            (web + "expect within 9s: none pods[app in (a, b)] has .x == 1", "app in (a, b)"),
            (web + "for p in pods[app=wbe] { expect p .status.phase == \"Failed\" }", "app=wbe"),
        ])
    func slips(_ script: String, _ words: String) {
        let run = run(script + "\n")
        #expect(run.exitCode != 0)
        #expect(run.output.contains(words), "\(run.output)")
    }

    @Test(
        "is not what these are",
        arguments: [
            "get pods -w { advance 1s }", "events -w { advance 1s }",
            "at 10s { print 1 }\nadvance 10s", "at 10s { print 1 }\nsettle",
            "behavior nginx { ready: false }\n" + web,
            "behavior nginx { ready: false }\ncreate deployment web --image=nginx --replicas=0",
            web + "behavior nginx { ready: false }",
            "behavior nginx { ready: false }\nrun p --image=nginx:2",
            "behavior nginx:9 { ready: false }\n"
                + "scenario \"a\" { node add n1 }\n"
                + "scenario \"b\" { node add n1; run p --image=nginx:9; settle }",
            web + "delete deployment web\nsettle\n"
                + "expect none pods[app=web] has .status.phase == \"Running\"",
            "create deployment web --image=nginx --replicas=0\nsettle\n"
                + "expect none pods[app=web] has .status.phase == \"Running\"",
            "create deployment web --image=nginx --replicas=0\nfor p in pods[app=web] { print p }",
            // Readiness gates and detectors of problems have conditions of their own.
            web + "expect every pods[] has .status.conditions[type=\"example.com/live\"] == null",
            web + "expect node/n1 .status.conditions[type=KernelDeadlock] == null",
            web + "expect none events[] has .reason == \"SomethingOfOurs\"",
            "setup { node add n1 }\nexpect node/n1 exists",
        ])
    func noSlips(_ script: String) {
        let run = run(script + "\n")
        #expect(run.exitCode == 0, "\(run.output)")
    }
}
