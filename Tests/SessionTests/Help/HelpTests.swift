import Language
import Syntax
import Testing
import Tools

@testable import Session

@Suite("Help")
struct HelpTests {
    private let book = HelpBook()

    @Test("every verb, tool, keyword, function, kind, setting, code and guide has a page")
    func pages() throws {
        var counts: [String: Int] = [:]
        for topic in book.all {
            let page = try #require(book.page(of: topic), "\(topic)")
            #expect(page.text.hasSuffix("\n") && page.text.count > 30, "\(topic)")
            counts[topic.category, default: 0] += 1
            // The name leads there, alone or behind its category.
            let words = topic.name.split(separator: " ").map(String.init)
            #expect(book.topics(words).contains(topic), "\(topic)")
            #expect(book.topics([topic.category] + words).first == topic, "\(topic)")
        }
        #expect(Set(book.all).count == book.all.count)
        for name in book.names {
            guard case .text = book.answer([name]) else {
                Issue.record("no help on \(name)")
                continue
            }
        }
        #expect(counts.values.reduce(0, +) > 500)
        print(
            counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(
                separator: ", "))
    }

    @Test("every topic but codes and verbs with subcommands shows how")
    func examples() throws {
        for topic in book.all {
            let examples = try #require(book.page(of: topic)).examples
            switch topic {
            case .code: continue
            case .verb(let path):
                if book.page(of: topic)?.text.contains("Available Commands:") == true { continue }
                if path == ["help"] { continue }
                #expect(!examples.isEmpty, "\(topic)")
            // What a program of machines says does not depend on its words.
            case .tool(let name) where ToolRegistry.tool(named: name)?.isOutside == true: continue
            case .guide, .tool, .keyword, .function, .kind, .setting:
                #expect(!examples.isEmpty, "\(topic)")
            }
        }
    }

    @Test("keywords that are special at one place have their words")
    func contextual() {
        #expect(Set(ContextualWord.all.map(\.name)) == Set(Keyword.contextual))
    }

    @Test(
        "what is misspelt has the nearest name",
        arguments: [
            ("expct", "help expect"), ("depoyments", "help deployments"), ("cuont", "help count"),
            ("rollout stauts", "help rollout status"),
            ("behavior exitCod", "help behavior exitCode"),
            ("DD20311", "help topics"), ("grpe", "help grep"), ("expectation", "help expectations"),
        ])
    func misspelt(line: String, nearest: String) throws {
        guard case .unknown(let text) = book.answer(line.split(separator: " ").map(String.init))
        else {
            Issue.record("\(line) has help")
            return
        }
        #expect(text.contains("`\(nearest)"), "\(text)")
    }

    @Test(
        "words lead where a person means",
        arguments: [
            (["kubectl", "rollout", "undo"], "Go back"), (["behavior", "message"], "last words"),
            (["kind", "events"], "Event ("), (["function", "sort"], "sort("),
            (["dd2031"], "DD2031: "), (["2031"], "DD2031: "), (["count(pods[])"], "count("),
            (["=="], "== !="), (["quit"], "Ctrl-D"), (["po"], "Pod (v1"), (["topics"], "Topics"),
            (["expect", "within"], "virtual time"), ([], "help topics"), (["errors"], "DD1001"),
            (["sort"], "help function sort"),
        ] as [([String], String)])
    func meant(words: [String], part: String) {
        guard case .text(let text) = book.answer(words) else {
            Issue.record("\(words) have no help")
            return
        }
        #expect(text.contains(part), "\(text)")
    }

    @Test("help alone fits a small terminal")
    func overview() {
        guard case .text(let text) = book.answer([]) else { return }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count < 20 && lines.allSatisfy { $0.count <= 80 })
    }
}

@Suite("Examples of help")
struct HelpExampleTests {
    /// What only explains itself, or needs a terminal or a failure before it.
    private static let explained: Set<String> = [
        "attach", "cp", "proxy", "save", "completion", "plugin list", "kuberc view",
        "kuberc set", "create token", "create secret tls", "edit", "apply edit-last-applied",
        "certificate approve", "certificate deny", "undo", "forward", "rewind", "restore",
        "compare",
        "branch",
    ]

    /// Parts of examples that name hosts outside of this world, or need somebody at a terminal.
    private static let elsewhere = [
        "web.shop:", "10.0.0.2", "10.244.0.2", "10.96.0.10", "web-0.nginx", " -it ", "history",
    ]

    private static let topics: [HelpTopic] = HelpBook().all.filter {
        switch $0 {
        case .code, .function: false
        case .verb(let path): !explained.contains(path.joined(separator: " "))
        case .guide, .tool, .keyword, .kind, .setting: true
        }
    }

    /// Whether what the examples make must not be there before.
    private static func makes(_ topic: HelpTopic) -> Bool {
        guard case .verb(let path) = topic else { return false }
        return ["create", "run"].contains(path[0]) || path == ["node", "add"]
            || path[0] == "world" || path[0] == "seed" || path[0] == "feature-gate"
    }

    /// What must have happened before an example.
    private static func before(_ example: String) -> String? {
        let all = [
            ("step", "scale deployment/web --replicas=5"),
            ("rollout resume", "rollout pause deployment/web"),
            (
                "rollout undo",
                "set image deploy/web *=nginx:2; set image sts/mysql *=nginx:2; settle"
            ),
            (
                "rollout history",
                "set image sts/mysql *=nginx:2; set image ds/agent *=nginx:2; settle"
            ),
            ("top", "load deployment/web cpu=100m; load pod/web-0 cpu=10m; advance 1m"),
            ("taint nodes node-1 dedicated-", "taint nodes node-1 dedicated=db:NoSchedule"),
            ("node recover", "node fail worker-1"), ("[ \"${n}\"", "let n = 3"),
            ("cd -", "cd overlays"), ("popd", "pushd overlays/prod"),
            ("unalias k", "alias k=kubectl"), ("drain node-1 --force", "delete ds agent"),
            ("wait --for=delete", "delete pod web-0 --wait=false"),
            ("expose", "delete service web"),
            ("create job now", "create cronjob nightly --image=busybox --schedule='0 0 * * *'"),
            ("config delete-context", "config set-context staging --cluster=a --user=b"),
            ("config delete-cluster", "config set-cluster staging --server=https://a"),
            ("config delete-user", "config set-credentials guest --token=a"),
            ("load deployment/web cpu-", "load deployment/web cpu=1"),
            (
                "load ingress", "create ingress shop --rule=shop.example/=web:80"
            ),
            ("set subject rolebinding", "create rolebinding view --clusterrole=view --user=a"),
            ("nslookup web.shop", "run client --image=busybox; settle"),
        ]
        return all.first { example.hasPrefix($0.0) }?.1
    }

    @Test("run in a world where they make sense")
    func run() throws {
        let book = HelpBook()
        let reading = try HelpWorld()
        for topic in Self.topics {
            guard let page = book.page(of: topic) else { continue }
            var isReading = false
            if case .kind = topic { isReading = true }
            // The examples of a guide follow each other; those of others stand alone.
            var isStory = false
            if case .guide = topic { isStory = true }
            let isStart = topic == .guide("start")
            let story = isStory ? try HelpWorld(isEmpty: isStart) : reading
            for example in page.examples
            where example != "vim web.yaml" && !Self.elsewhere.contains(where: example.contains) {
                let world =
                    isReading || isStory ? story : try HelpWorld(isEmpty: Self.makes(topic))
                do {
                    if let before = Self.before(example) { try world.run(before) }
                    try world.run(example)
                } catch Trouble.skipped {
                    // As `skip` does.
                } catch Trouble.command(let failure) where failure.errorText.isEmpty {
                    // Its status says something: `grep`, `diff`, `test`.
                } catch {
                    var words = "\(error)"
                    if case Trouble.command(let failure) = error { words = failure.errorText }
                    if case Trouble.diagnostic(let found) = error { words = found.message }
                    Issue.record("\(topic.category) \(topic.name): \(example)\n\(words)")
                }
            }
        }
    }
}
