import Testing

@testable import Syntax

/// Lines below a command that opens a shell in a container.
@Suite("lines that are typed to a shell")
struct TypedLinesTests {
    /// What a script's first command is given to read; nil for nothing.
    private func typed(_ text: String) throws -> String? {
        let result = Parser.parse(Source(name: "a.dock", text: text))
        #expect(!result.hasErrors, "\(result.diagnostics)")
        var finder = DocumentFinder()
        for statement in result.script.statements { finder.visit(statement) }
        return finder.texts.first
    }

    private struct DocumentFinder: SyntaxWalker {
        var texts: [String] = []

        mutating func visit(_ document: HereDocument) { texts.append(document.literalText ?? "?") }
    }

    @Test("go up to exit, whatever they are")
    func lines() throws {
        #expect(
            try typed(
                "kubectl exec -it web-0 -- sh\nls /\nfor i in 1; do\necho $i\ndone\nexit\nget pods\n"
            )
                == "ls /\nfor i in 1; do\necho $i\ndone\n")
        #expect(
            try typed("exec -i -t web-0 -c a -- /bin/bash\n  false\n  exit 3\n")
                == "false\nexit 3\n")
        #expect(try typed("run -it --rm t --image=busybox -- sh\npwd\nexit\n") == "pwd\n")
        #expect(try typed("attach --stdin --tty web-0\nexit\n") == "")
    }

    @Test("may have the shell's prompts, and then what it printed is left out")
    func prompts() throws {
        // Outputs leave empty lines, which say nothing to a shell.
        func commands(_ text: String) throws -> [String]? {
            try typed(text)?.split(separator: "\n").map { String($0.drop { $0 == " " }) }
                .filter { !$0.isEmpty }
        }
        let alpine =
            "node add n1\nexec -it web-0 -- sh\n/ # hostname\nweb-0\n/ # cd /tmp\n/tmp # exit\n"
        let found = try commands(alpine)
        #expect(found == ["hostname", "cd /tmp"])
        let debian = try commands(
            "node add n1\nexec -it web-0 -- bash\nroot@web-0:/# ls\nbin\nroot@web-0:/# exit\n")
        #expect(debian == ["ls"])
    }

    @Test(
        "are none without exit, without a terminal, and for other commands",
        arguments: [
            "exec -it web-0 -- sh\nget pods\n", "exec web-0 -- sh\nget pods\nexit\n",
            "exec -it web-0 -- sh -c ls\nget pods\n", "exec -it web-0 -- date\nget pods\n",
            "exec -it a -- sh\nkubectl exec -it b -- date\n",
            "get pods -i -t\nexit\n",
        ])
    func none(text: String) throws {
        #expect(try typed(text) == nil)
    }
}
