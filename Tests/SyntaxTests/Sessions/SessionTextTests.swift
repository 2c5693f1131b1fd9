import Testing

@testable import Syntax

@Suite("sessions as text")
struct SessionTextTests {
    private func commands(_ text: String) -> [String]? { SessionText(text)?.entries.map(\.command) }

    @Test("lines with a prompt are commands, what stands below them is old output")
    func session() {
        let text = "$ kubectl get pods\nNAME READY\nkubectl get x\n$ kubectl get rs\n"
        #expect(commands(text) == ["kubectl get pods", "kubectl get rs"])
        #expect(SessionText(text)?.entries.map(\.output) == [1..<3, 4..<4])
    }

    @Test("statements of the language beside `$` make a script of a text")
    func script() {
        #expect(commands("$ kubectl get pods\nexpect count(pods[]) == 0\n") == nil)
        #expect(commands("node add a\n$ kubectl get pods\n") == nil)
        #expect(commands("get pods\nadvance 10s\n") == nil)
    }

    @Test("a mark further in than the first prompt is a part of the output")
    func indentation() {
        #expect(
            commands("$ kubectl describe x\nData:\n    $ Patch:  replace\n") == [
                "kubectl describe x"
            ])
    }

    @Test(
        "what begins like a prompt and is none",
        arguments: [
            "# kubectl is a program", "get pods # kubectl", "x > cat", "$name get pods", "[1, 2]",
            "a@b.com wrote",
            "web-0   1/1", "- $5", "100% cat", "${x}", "$(date)", "deployment.apps/web created",
        ])
    func noPrompts(line: String) {
        let prompt = ShellPrompt(of: line)
        #expect(prompt == nil || prompt?.kind == .hash)
    }

    @Test("the parser reads the commands alone, each at its place")
    func parsed() {
        let text = "root@a:~# get pods\nNAME   READY\nroot@a:~# get rs\n"
        let result = Parser.parse(Source(name: "x", text: text))
        #expect(!result.hasErrors)
        #expect(result.script.statements.map { Int($0.span.start) } == [10, 42])
    }

    @Test("a quote without an end does not take the rest of the page")
    func openQuote() {
        let text = "$ kubectl patch x -p '{\"a\": 1}\nx patched\n$ kubectl get x\n"
        #expect(commands(text)?.count == 2)
    }

    @Test("nothing in a here-document is a prompt")
    func documents() {
        let exercise =
            "exercise \"a\" {\n  story <<EOF\n$ kubectl get pods\nNAME\n$ front\nEOF\n}\n"
        #expect(commands(exercise) == nil)
        #expect(!Parser.parse(Source(name: "x", text: exercise)).hasErrors)
        let note = "cat > notes <<EOF\n$ kubectl get pods\nEOF\n"
        #expect(commands(note) == nil)
        #expect(
            commands("$ \(note)$ kubectl get rs\n") == [String(note.dropLast()), "kubectl get rs"])
        // The page has lost the end: the next prompt is one all the same.
        #expect(commands("$ cat <<EOF\na\n$ cat <<EOF\nb\nEOF\n")?.count == 2)
        #expect(commands("$ cat <<EOF\na\n$ kubectl get rs\n")?.count == 2)
    }

    @Test("Drydock's own prompt is one")
    func own() {
        let text = "[0s] > for i in 1..2 {\n..... print i\n..... }\n1\n2\n[0s] > get pods\n"
        #expect(commands(text) == ["for i in 1..2 {\nprint i\n}", "get pods"])
    }
}
