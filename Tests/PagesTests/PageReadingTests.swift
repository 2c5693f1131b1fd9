import Testing

@testable import Pages

@Suite("reading pages")
struct PageReadingTests {
    private func page(_ text: String) -> Page { Page(parsing: text) }

    @Test(
        "commands stand behind any prompt",
        arguments: [
            "$ kubectl get pods", "$kubectl get pods", "root@host:~# kubectl get pods",
            "[root@k8s-master ~]# kubectl get pods", "PS C:\\Users\\me> kubectl get pods",
            "k8s@node1$ kubectl get pods", "➜  ~ kubectl get pods", "master $ kubectl get pods",
            "MacBook-Air:~ me$ kubectl get pods", "(base) me@host:~/x$ kubectl get pods",
            "bash-4.2# kubectl get pods", "❯ kubectl get pods", "~/k8s$ kubectl get pods",
        ])
    func prompts(line: String) {
        let commands = page("```\n\(line)\nNAME   READY\nweb-0   1/1\n```\n").commands
        #expect(commands.map(\.text) == ["kubectl get pods"])
        #expect(commands.first?.output == ["NAME   READY", "web-0   1/1"])
    }

    @Test("comments behind commands are none of them")
    func comments() {
        let text = """
            ```
            $ kubectl get pods #查看
            $ kubectl get pods  // all of them
            $ kubectl get pods#查看 Pod
            ```
            """
        #expect(page(text).commands.map(\.text) == Array(repeating: "kubectl get pods", count: 3))
    }

    @Test("a continued line and a here-document belong to their command, with or without a mark")
    func continuation() {
        let text = """
            ```
            $ cat <<EOF | kubectl apply -f -
            > kind: Pod
            >   a: 1
            > EOF
            pod/x created
            $ kubectl create deployment web \\
                --image=nginx
            deployment.apps/web created
            ```
            """
        let commands = page(text).commands
        #expect(commands.count == 2)
        #expect(commands[0].text == "cat <<EOF | kubectl apply -f -\nkind: Pod\n  a: 1\nEOF")
        #expect(commands[0].output == ["pod/x created"])
        #expect(commands[1].text == "kubectl create deployment web \\\n    --image=nginx")
    }

    @Test("root's prompt is one where output stands below it, and a comment elsewhere")
    func root() {
        let prompts =
            "```\n# kubectl get pods\nNAME  READY\nweb-0  1/1\n# 查看\n# kubectl get rs\n```\n"
        #expect(page(prompts).commands.map(\.text) == ["kubectl get pods", "kubectl get rs"])
        let comment = "```\n# kubectl get pods shows it\nkubectl get pods\n```\n"
        #expect(page(comment).commands.map(\.text) == ["kubectl get pods"])
    }

    @Test(
        "dashes, quotes, blanks and entities of word processors and browsers are those of a shell")
    func typography() {
        #expect(
            PageText.command("kubectl run web –-image “nginx” —replicas=2 –n a")
                == "kubectl run web --image \"nginx\" --replicas=2 -n a")
        #expect(PageText.cleaned("a\u{A0}b &lt;c&gt; &amp;&amp;\u{200B}") == "a b <c> &&")
        #expect(PageText.lines("a\r\nb\rc\n") == ["a", "b", "c", ""])
    }

    @Test("an editor's file, a fence's name, a comment and the prose name a manifest")
    func names() {
        let yaml = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n"
        let texts = [
            "```\n$ vim a.yaml\n\(yaml)$ kubectl apply -f a.yaml\n```\n",
            "```yaml title=\"a.yaml\"\n\(yaml)```\n", "```yaml\n# a.yaml\n\(yaml)```\n",
            "Write `a.yaml`:\n\n```yaml\n\(yaml)```\n",
            "```yaml\n\(yaml)```\n\nSave it as a.yaml.\n",
            "    $ cat a.yaml\n" + yaml.split(separator: "\n").map { "    \($0)\n" }.joined(),
        ]
        for text in texts { #expect(page(text).manifests.map(\.name) == ["a.yaml"], "\(text)") }
    }

    @Test("a manifest without a name is the file of the command that fits it")
    func matching() throws {
        let text = """
            ```yaml
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            ```
            ```yaml
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: agent}
            ```
            """
        let match = ManifestMatch(manifests: page(text).manifests)
        #expect(match.manifest(for: "agent.yaml", at: 20, used: [])?.line == 6)
        #expect(match.manifest(for: "svc.yml", at: 20, used: [])?.line == 1)
        #expect(match.manifest(for: "https://example.com/other.yaml", at: 20, used: []) == nil)
    }

    @Test("a block below a command is its output where the command shows none")
    func outputs() {
        let text = """
            ```shell
            kubectl get pods
            ```

            The output is similar to:

            ```
            NAME    READY
            web-0   1/1
            ```
            """
        #expect(page(text).commands.first?.output == ["NAME    READY", "web-0   1/1"])
        #expect(page(text).commands.first?.range == 7..<9)
    }

    @Test("a page within a page is read")
    func inner() {
        let text = "```markdown web.md\n# A\n\n    $ kubectl get ns\n    NAME\n```\n"
        #expect(page(text).commands.first?.range == 4..<5)
    }

    @Test("statements for Drydock stand in a comment or in the page's head")
    func statements() {
        for text in [
            "<!-- drydock: node add a -->\n", "---\ntitle: x\ndrydock: node add a\n---\n",
            "---\ndrydock: |\n  node add a\n---\n",
        ] {
            guard case .statements(let found, _) = page(text).elements.first else {
                Issue.record("\(text)")
                continue
            }
            #expect(found == "node add a")
        }
    }
}

@Suite("what was pasted")
struct PastedTextTests {
    @Test(
        "lines that can be run are told from prose and output",
        arguments: [
            ("get pods", true), ("x = 1", true), ("1 + 2", true), ("for i in 1 2; do", true),
            ("", true),
            ("NAME READY STATUS", false), ("Author: me", false), ("今天我们", false), ("[toc]", false),
            ("- a list", false), ("1. first", false), ("![a](b)", false),
            ("web-0 1/1 Running", false),
        ] as [(String, Bool)])
    func lines(line: String, runs: Bool) { #expect(PastedText.mayRun(line, names: []) == runs) }

    @Test("a text without prompts and fences is no page")
    func plain() {
        #expect(PastedText.page("get pods\n# kubectl get pods\nexpect 1 == 1\n") == nil)
        #expect(PastedText.page("$ kubectl get pods\nexpect 1 == 1\n") == nil)
        #expect(PastedText.page("$ kubectl get pods\nNAME\n") != nil)
        #expect(PastedText.page("$vim a.yaml\napiVersion: v1\nkind: Pod\n") != nil)
    }
}
