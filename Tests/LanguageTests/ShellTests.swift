import Language
import Testing
import Tools

/// Texts of the shell dialect in a small world; what bash prints is in ShellGoldenTests.
@Suite("Shell and its host")
struct ShellTests {
    private func run(
        _ text: String, limits: Limits = .standard, prepare: (EchoHost) throws -> Void = { _ in }
    ) throws -> (host: EchoHost, status: Int32) {
        let host = EchoHost()
        try prepare(host)
        let status = try Shell(host: host, limits: limits).run(text)
        return (host, status)
    }

    @Test("outputs keep their order on the terminal")
    func order() throws {
        #expect(try run("kubectl mixed; echo four").host.text == "one\ntwo\nthree\nfour\n")
    }

    @Test("timeout and sleep reach the host, and a limit cuts a sleep short")
    func time() throws {
        let (host, _) = try run("timeout 2.5s kubectl watch; sleep 3; kubectl get")
        #expect(host.limits == [2500, nil])
        #expect(host.slept == 3000)
        let cut = try run("timeout 2 sleep 5; echo $?")
        #expect(cut.host.slept == 2000)
        #expect(cut.host.text == "124\n")
        #expect(try run("timeout 9 bash -c 'sleep 4; kubectl get'").host.limits == [5000])
    }

    @Test("files stay between shells, variables do not")
    func files() throws {
        let host = EchoHost()
        _ = try Shell(host: host).run("A=1; echo pod/a > picked")
        _ = try Shell(host: host).run("kubectl $(cat picked) \"$A\"")
        #expect(host.text == "<pod/a><>\n")
    }

    @Test("one shell keeps its variables from text to text")
    func variables() throws {
        let host = EchoHost()
        let shell = Shell(host: host)
        _ = try shell.run("A=1; cd /; export B=2")
        _ = try shell.run("echo $A $B")
        #expect(host.text == "1 2\n")
    }

    @Test("kubectl begins where the shell stands")
    func folder() throws {
        let (host, _) = try run("mkdir -p a/b; cd a/b; kubectl pwd; (cd ..; kubectl pwd)")
        #expect(host.text == "/a/b\n/a\n")
    }

    @Test(
        "KUBE_EDITOR is run on a file with the text",
        arguments: [
            ("KUBE_EDITOR='cp new' kubectl edit", "b: 2\n"),
            ("export EDITOR='cp new'; kubectl edit", "b: 2\n"),
            ("KUBE_EDITOR=false kubectl edit", "not edited\n"),
            ("kubectl edit", "not edited\n"),
        ])
    func editor(text: String, output: String) throws {
        let (host, _) = try run(text) { try $0.folder.place("b: 2\n", at: "new") }
        #expect(host.text == output)
        #expect(try host.folder.list("/") == ["new"])
    }

    @Test("commands inside a loop take what they read off its input, and leave the rest")
    func sharedInput() throws {
        let text = "printf 'a\\nb\\nc\\nd\\n' | while read x; do kubectl $x; read y; done"
        #expect(try run(text).host.text == "<a>\n<c>\n")
    }

    @Test(
        "loops, outputs and depths are bounded",
        arguments: [
            ("while :; do :; done", "bash: loops turned more than 100 times\n"),
            (
                "for i in {1..20}; do for j in {1..20}; do :; done; done",
                "bash: loops turned more than 100 times\n"
            ),
            (
                "x='eval \"$x\"'; eval \"$x\"",
                "bash: blocks and built-in functions run inside each other more than 64 levels "
                    + "deep\n"
            ),
            (
                "x=0123456789; for i in {1..20}; do x=$x$x; done",
                "bash: a text would grow beyond 10000 bytes\n"
            ),
            ("while :; do echo 0123456789; done | cat", "bash: loops turned more than 100 times\n"),
            ("echo $((((((((1))))))))", "1\n"),
        ])
    func bounds(text: String, output: String) throws {
        var limits = Limits.standard
        limits.shellRounds = 100
        limits.textBytes = 10_000
        #expect(try run(text, limits: limits).host.text.hasSuffix(output))
    }

    @Test("an interruption ends a loop")
    func interruption() throws {
        #expect(throws: Trouble.self) {
            try run("while :; do :; done") { $0.isInterrupted = true }
        }
    }

    @Test(
        "what the host throws comes out of the innermost command",
        arguments: [
            "kubectl a", "echo a | xargs kubectl", "(x=$(kubectl a)); echo", "sleep 1 || true",
            "timeout 5 bash -c 'if kubectl a; then :; fi'", "for i in 1; do kubectl a; done | cat",
        ])
    func hostErrors(text: String) throws {
        #expect(throws: ThrowingHost.Problem.self) { try Shell(host: ThrowingHost()).run(text) }
    }
}

private final class ThrowingHost: CommandHost {
    struct Problem: Error {}

    let folder = MemoryFolder()

    func hasCommand(_ word: String) -> Bool { word == "kubectl" }
    func run(_ call: CommandCall) throws -> Int32 { throw Problem() }
    func sleep(milliseconds: Int64) throws { throw Problem() }
    var sessionFiles: any ToolFiles { folder }
    var virtualMilliseconds: Int64 { 0 }
    var isInterrupted: Bool { false }
    func write(_ text: String) {}
}
