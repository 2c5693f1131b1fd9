import Language
import Reports
import Runner
import Testing

/// What passes, but hardly says what was meant: a warning, and with `--strict` a failure.
@Suite("a script that is warned of")
struct WarningTests {
    private func run(
        _ text: String, isStrict: Bool = false, isTest: Bool = false
    ) -> (exitCode: Int32, output: String) {
        var output = ""
        var options = RunOptions()
        options.isStrict = isStrict
        options.isTest = isTest
        let report = HumanReport(ReportSettings { output += $0 }, hidesOutput: true)
        let result = ScriptRunner(options, listener: report).run(
            text: text, path: "test.dock", folder: "/nonexistent")
        report.finish()
        return ([result].exitCode, output)
    }

    private static let web = "node add n1\ncreate deployment web --image=nginx:1.27\nsettle\n"

    @Test(
        "passes with the reason, and fails where it is strict",
        arguments: [
            ("scenario \"s\" { advance 1s }", "DD3802", "this scenario expects nothing"),
            ("scenario \"s\" { if 1 == 2 { expect 1 == 2 } }", "DD3802", "expects nothing"),
            ("scenario \"s\" { wait --for=delete pod/x || true }", "DD3802", "nothing"),
            ("let p = \"web\"\nexpect \"$p\" != \"web\"", "DD2090", "`${p}` for the value"),
            ("let p = \"web\"\nexpect output { echo \"$p\" } != \"web\"", "DD2090", "`$p` stays"),
            ("expect fails { kubctl get pods }", "", ""),
            (
                web + "expect fails { expect deployment/wbe .spec.replicas == 1 }", "DD3800",
                "did you mean `deployment/web`?"
            ),
            (
                web + "always deployment/web .spec.replicas == 1 {\n"
                    + "set image deployment/web nginx=nginx:2\nadvance 1s\n"
                    + "wait --for=jsonpath='{.spec.replicas}'=5 deployment/web --timeout=5s || true\n}",
                "DD3801", "ended at its own time limit"
            ),
        ])
    func warned(_ script: String, _ code: String, _ words: String) {
        let plain = run(script + "\n")
        guard !code.isEmpty else {
            // Already more than a warning.
            #expect(plain.exitCode != 0)
            return
        }
        #expect(plain.exitCode == 0, "\(plain.output)")
        #expect(plain.output.contains("warning[\(code)]: "), "\(plain.output)")
        #expect(plain.output.contains(words), "\(plain.output)")
        #expect(plain.output.contains(", 1 warning\n"), "\(plain.output)")
        let strict = run(script + "\n", isStrict: true)
        #expect(strict.exitCode == 2, "\(strict.output)")
        #expect(strict.output.contains("error[\(code)]: "), "\(strict.output)")
    }

    @Test(
        "is not what these are",
        arguments: [
            "scenario \"s\" { expect 1 == 1 }", "scenario \"s\" { fn f() { expect 1 == 1 }; f() }",
            "scenario \"s\" { node add n1; wait --for=condition=Ready node/n1 }",
            "scenario \"s\" { node add n1; get nodes | grep n1 }",
            "scenario \"s\" { skip }", "scenario \"s\" skip { advance 1s }",
            "setup { expect 1 == 1 }\nscenario \"s\" { advance 1s }",
            "let p = \"web\"\nprint \"${p} \\$p\", '$p', \"$q\"",
            "let p = \"web\"\nprint \"a\" =~ \"a$\"",
            "p=web\necho \"$p\"",
            "expect fails { get pod x }", "expect fails { expect pod/x .spec.nodeName == \"a\" }",
            web + "always deployment/web .spec.replicas == 1 {\n"
                + "set image deployment/web nginx=nginx:2\n"
                + "expect fails \"timed out\" { wait --for=delete deployment/web --timeout=5s }\n}",
            "advance 1s",
        ])
    func silent(_ script: String) {
        let plain = run(script + "\n", isStrict: true)
        #expect(plain.exitCode == 0, "\(plain.output)")
        #expect(!plain.output.contains("warning"), "\(plain.output)")
    }

    @Test("a script that is one scenario itself is warned of as a test, and not as a session")
    func wholeScripts() {
        #expect(!run("advance 1s\n").output.contains("warning"))
        #expect(run("advance 1s\n", isTest: true).output.contains("warning[DD3802]"))
        #expect(!run("expect 1 == 1\n", isTest: true).output.contains("warning"))
    }

    @Test("no script of scenarios/ is warned of", arguments: ScenarioFolder.passing)
    func ours(path: String) throws {
        #expect(!(try ScenarioFolder.run(path).output.contains("warning[")))
    }
}
