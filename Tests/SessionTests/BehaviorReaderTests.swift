import Language
import Syntax
import Testing

@testable import Session

@Suite("behavior statements")
struct BehaviorReaderTests {
    /// Runs a script in a session; `output` ends with the words of what went wrong, if anything did.
    private func run(_ text: String) -> (succeeded: Bool, output: String) {
        var output = ""
        let files = ScriptFiles(folder: "/nonexistent", allowed: [])
        let session = Session(SessionOptions(), files: files) { output += $0 }
        let parsed = Parser.parse(Source(name: "test.dock", text: text))
        do {
            let program = Program(checking: parsed.script, facts: session.facts, limits: .standard)
            try #require(parsed.diagnostics.isEmpty && program.diagnostics.isEmpty)
            try ProgramRun(program, host: session).run()
            return (true, output)
        } catch Trouble.diagnostic(let diagnostic) {
            return (false, output + DiagnosticRenderer().render(diagnostic))
        } catch Trouble.expectation(let failure) {
            return (false, output + FailureRenderer().render(failure))
        } catch Trouble.command(let failure) {
            return (false, output + FailureRenderer().render(failure))
        } catch {
            return (false, output + "\(error)")
        }
    }

    @Test(
        "settings that are understood",
        arguments: [
            "startDelay: 5s", "readyAfter: 1m30s", "ready: false", "exitAfter: 2s, exitCode: 255",
            "exitTimes: 3", "message: \"bye\"", "outOfMemory: true", "pullFails: true",
            "pullFails: \"unauthorized\"", "pullFails: false", "pullTime: 40s",
            "startFails: true", "stopAfter: 1h", "postStart: 3s", "preStop: false",
            "preStop: {takes: 10s, ok: false}", "memory: 128Mi", "disk: 1G",
            "memory: [{from: 0s, use: 100Mi}, {from: 1m, use: 2Gi}]", "liveness: false",
            "startup: [{from: 1s, ok: true, takes: 2s, message: \"late\"}]", "listens: 8080",
            "listens: [80, 443]", "listens: []", "http: \"v1 {hostname}\"", "http: 503",
            "http: {\"/\": \"v1\", \"/healthz\": 503 after 30s}",
            "http: {\"/\": [\"v1\", 503 after 30s, {status: 200, body: \"v2\", takes: 2s, after: 1m}]}",
            "logs: \"started\"", "logs: [\"started\", \"ready\" after 2s, \"tick\" every 10s]",
            "logs: [{value: \"tick\", after: 5s, every: 10s}]",
        ])
    func settings(_ setting: String) {
        let run = run("behavior app { \(setting) }\n")
        #expect(run.succeeded, "\(run.output)")
    }

    @Test(
        "settings that are not",
        arguments: [
            ("exitCode: 256", "`exitCode` of a behavior is an exit code from 0 to 255"),
            ("exitTimes: -1", "`exitTimes` of a behavior is a count from 0"),
            ("startDelay: -1", "`startDelay` of a behavior is a duration such as 2s"),
            ("startDelay: 5", "is a duration such as 2s, not 5"),
            ("readiness: [{from: 30, ok: true}]", "true, false or a list such as"),
            ("readiness: [{from: 30s, ok: 1}]", "true, false or a list such as"),
            ("liveness: [{message: 3}]", "true, false or a list such as"),
            ("preStop: {ok: 0}", "a duration such as 5s, false or a map such as"),
            ("listens: 0", "`listens` of a behavior is a port or a list of ports from 1 to 65535"),
            ("http: {\"healthz\": 503}", "a path of `http` begins with `/`, not `healthz`"),
            ("http: 99", "`http` of a behavior is a status from 100 to 599"),
            ("http: {\"/\": {code: 3}}", "an answer of `http` has no `code`"),
            ("http: true", "`http` of a behavior is a text, a status such as 503, or a map"),
            ("http: 503 after 5", "a time of `http` is a duration such as 2s"),
            ("http: {\"/\": [503 after 5s, \"v1\" after 2s]}", "come in the order of their times"),
            ("logs: 3", "`logs` of a behavior is a text or a list such as"),
            ("logs: [\"tick\" every 0s]", "`logs` of a behavior is a text or a list such as"),
            ("logs: [{line: \"a\"}]", "a line of `logs` has no `line`"),
            ("ready: 3", "`ready` of a behavior is true or false"),
            ("memory: true", "a quantity such as 128Mi or a list such as"),
            ("memory: [{from: 1m, uses: 2Gi}]", "a step of `memory` has no `uses`"),
            ("readiness: [{from: 1m, okay: true}]", "it has from, ok, takes, message"),
            ("preStop: {taking: 3s}", "a duration such as 5s, false or a map such as"),
            ("stopsAfter: 3s", "did you mean `stopAfter`?"),
        ])
    func mistakes(_ setting: String, _ message: String) {
        let run = run("behavior app { \(setting) }\n")
        #expect(!run.succeeded)
        #expect(run.output.contains(message), "\(run.output)")
    }

    @Test(
        "targets, and what they reach",
        arguments: [
            ("nginx", "nginx:1", true), ("nginx", "nginx-ingress:1", false),
            ("pod/app", "nginx:1", true), ("pod/app-*", "nginx:1", false),
            ("image=nginx:1 container=app", "nginx:1", true),
            ("nginx namespace=other", "nginx:1", false), ("nginx ordinal=0", "nginx:1", false),
        ])
    func targets(_ target: String, _ image: String, _ reaches: Bool) {
        let run = run(
            """
            node add n
            behavior \(target) { ready: false }
            run app --image=\(image)
            advance 5s
            expect pod/app .status.containerStatuses[0].ready == \(!reaches)
            """)
        #expect(run.succeeded, "\(run.output)")
    }

    @Test(
        "targets that are none",
        arguments: [
            ("nginx ordinal=first", "an ordinal is a number from 0, not `first`"),
            ("nginx label=x", "containers are not selected by `label`"),
            ("pod nginx", "did you mean `pod/nginx`?"),
            ("nginx apache", "a behavior is for one image, not for `nginx` and `apache`"),
            ("pod=a pod/b", "a behavior is for one pod"),
            ("deploy/a sts/b", "a behavior is for one workload"),
        ])
    func badTargets(_ target: String, _ message: String) {
        let run = run("behavior \(target) { ready: false }\n")
        #expect(!run.succeeded)
        #expect(run.output.contains(message), "\(run.output)")
    }
}
