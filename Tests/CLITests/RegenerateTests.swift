import Foundation
import Testing

/// The sources that `drydock-dev regenerate` writes.
@Suite struct RegenerateTests {
    @Test("the committed sources are what the generator writes")
    func isWritten() throws {
        let result = try Program.shell("drydock-dev regenerate --check")
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(result.output.isEmpty)
    }

    @Test("a new key gets a number of its own, and those behind it move")
    func newKey() throws {
        try withSources { folder in
            let list = folder.appending(path: "Sources/Support/KnownKeys.swift")
            try edit(list) {
                $0.replacing("\"accessModes\",", with: "\"accessModes\", \"actinium\",")
            }
            let check = try Program.shell("drydock-dev regenerate --check", in: folder)
            #expect(check.exitCode == 1)
            #expect(
                check.output.hasPrefix("Sources/Support/KnownKeys+AtoL.swift is not as generated\n")
            )

            let result = try Program.shell("drydock-dev regenerate", in: folder)
            #expect(result.exitCode == 0)
            let constants = try text(folder.appending(path: "Sources/Support/KnownKeys+AtoL.swift"))
            #expect(constants.contains("var actinium: Key { Key(id: 2) }"))
            #expect(constants.contains("var action: Key { Key(id: 3) }"))
            #expect(try Program.shell("drydock-dev regenerate --check", in: folder).exitCode == 0)
        }
    }

    @Test("a key out of the alphabet is refused")
    func misplacedKey() throws {
        try withSources { folder in
            let list = folder.appending(path: "Sources/Support/KnownKeys.swift")
            try edit(list) { $0.replacing("\"accessModes\",", with: "\"zebra\", \"accessModes\",") }
            let result = try Program.shell("drydock-dev regenerate", in: folder)
            #expect(
                result.output
                    == "Error: Sources/Support/KnownKeys.swift: \"accessModes\" must stand before "
                    + "\"zebra\"\n")
            #expect(result.exitCode != 0)
        }
    }

    @Test("a new kind gets the number of its place")
    func newKind() throws {
        try withSources { folder in
            let kinds = folder.appending(path: "Sources/Model/Kinds")
            try edit(kinds.appending(path: "KindDescriptor+BuiltIn.swift")) {
                $0.replacing("ingressClass, ingress,", with: "ingressClass, ingress, ingressRoute,")
            }
            #expect(try Program.shell("drydock-dev regenerate", in: folder).exitCode == 0)
            let constants = try text(kinds.appending(path: "Kind+Constants.swift"))
            #expect(constants.contains("var ingressRoute: Kind { Kind(id: 40) }"))
            #expect(constants.contains("var networkPolicy: Kind { Kind(id: 42) }"))
        }
    }

    @Test(
        "grammars of editors that a hand changed are found and written anew",
        arguments: [
            ("editors/vim/syntax/drydock.vim", "scenario"),
            ("editors/vscode/syntaxes/drydock.tmLanguage.json", "uncordon"),
        ])
    func editorGrammars(path: String, word: String) throws {
        try withSources { folder in
            #expect(try Program.shell("drydock-dev regenerate", in: folder).exitCode == 0)
            let file = folder.appending(path: path)
            let before = try text(file)
            #expect(before.contains(word))
            try edit(file) { $0.replacing(word, with: "") }
            let check = try Program.shell("drydock-dev regenerate --check", in: folder)
            #expect(check.exitCode == 1 && check.output == "\(path) is not as generated\n")
            #expect(try Program.shell("drydock-dev regenerate", in: folder).exitCode == 0)
            #expect(try text(file) == before)
        }
    }

    @Test("the grammar of VS Code is JSON whose patterns compile and see what they are for")
    func textMate() throws {
        let path = Program.root.appending(path: "editors/vscode/syntaxes/drydock.tmLanguage.json")
        let grammar = try JSONSerialization.jsonObject(with: Data(contentsOf: path))
        var patterns: [String] = []
        func collect(_ value: Any) {
            if let map = value as? [String: Any] {
                for (key, inner) in map {
                    if key == "match" || key == "begin", let text = inner as? String {
                        patterns.append(text)
                    }
                    collect(inner)
                }
            }
            for item in value as? [Any] ?? [] { collect(item) }
        }
        collect(grammar)
        #expect(patterns.count > 20)
        for pattern in patterns {
            #expect(throws: Never.self) { try NSRegularExpression(pattern: pattern) }
        }
        for (line, piece) in [
            ("  kubectl get pods", "get"), ("get pods | grep a", "grep"),
            ("expect every pods[] has .a == 1", "expect"), ("print pod/web .spec", "pod/web"),
            ("x --replicas=2", "--replicas"), ("a 250m b", "250m"),
            ("behavior a { ready: true }", "ready"),
            ("rollout status deploy/web", "status"), ("print count(x)", "count"),
        ] {
            let found = try patterns.contains { pattern in
                let matches = try NSRegularExpression(pattern: pattern).matches(
                    in: line, range: NSRange(line.startIndex..., in: line))
                return matches.contains { match in
                    (0..<match.numberOfRanges).contains { group in
                        Range(match.range(at: group), in: line).map { line[$0] == piece } ?? false
                    }
                }
            }
            #expect(found, "\(line)")
        }
    }

    @Test("marks of the facts that a hand wrote are undone")
    func editedFacts() throws {
        try withSources { folder in
            let path = folder.appending(path: "Sources/Model/Facts/FactsTable+Workloads.swift")
            let before = try text(path)
            try edit(path) { $0.replacing(" replicas:i*", with: " replicas:i") }
            #expect(try text(path) != before)
            #expect(try Program.shell("drydock-dev regenerate", in: folder).exitCode == 0)
            #expect(try text(path) == before)
        }
    }

    private func withSources(_ body: (URL) throws -> Void) throws {
        try Program.withFolder { folder in
            for part in ["Sources/Support", "Sources/Model/Kinds", "Sources/Model/Facts"] {
                let copy = folder.appending(path: part)
                try FileManager.default.createDirectory(
                    at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
                try FileManager.default.copyItem(at: Program.root.appending(path: part), to: copy)
            }
            try body(folder)
        }
    }

    private func text(_ file: URL) throws -> String {
        try String(contentsOf: file, encoding: .utf8)
    }

    private func edit(_ file: URL, _ change: (String) -> String) throws {
        try change(text(file)).write(to: file, atomically: true, encoding: .utf8)
    }
}
