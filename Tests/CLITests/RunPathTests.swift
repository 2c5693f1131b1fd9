import Foundation
import Testing

@Suite("drydock run PATH…")
struct RunPathTests {
    /// Runs a line in a new folder, after `setup`, which a shell executes there.
    private func run(_ line: String, after setup: String) throws -> Program.Result {
        try Program.withFolder { folder in
            let made = try Program.shell(setup, in: folder)
            try #require(made.exitCode == 0, "\(made.output)")
            return try Program.shell(line, in: folder)
        }
    }

    private let passing = "echo 'expect 1 == 1' >"

    @Test("a path that is not there is one failure among the others, with the nearest name")
    func missing() throws {
        let result = try run(
            "drydock run --quiet good.dock godo.dock nowhere/x.dock", after: "\(passing) good.dock")
        #expect(
            result.output == """
                ✓ good.dock  0s
                ✗ godo.dock  no such file or directory; did you mean good.dock?
                ✗ nowhere/x.dock  no such file or directory
                1 passed, 2 failed
                0s of virtual time
                again: drydock run godo.dock

                """)
        #expect(result.exitCode == 1)
    }

    @Test(
        "a link that leads nowhere, a pipe and a folder called like a script are each one failure")
    func unreadable() throws {
        let result = try run(
            "drydock run --quiet .",
            after: """
                \(passing) a.dock; ln -s nowhere b.dock; mkfifo c.dock; mkdir d.dock
                """)
        #expect(
            result.output == """
                ✓ ./a.dock  0s
                ✗ ./b.dock  no such file or directory
                ✗ ./c.dock  is not a regular file
                1 passed, 2 failed
                0s of virtual time
                again: drydock run ./b.dock

                """)
        #expect(result.exitCode == 1)
    }

    @Test("the exit code of a script that failed goes before that of a path that is not there")
    func exitCodes() throws {
        let result = try run(
            "drydock run --quiet nowhere.dock bad.dock", after: "echo 'expect 1 == 2' > bad.dock")
        #expect(result.exitCode == 4)
    }

    @Test("a folder without scripts says so")
    func empty() throws {
        let result = try run("drydock run --quiet empty", after: "mkdir empty; touch empty/a.yaml")
        #expect(result.output.hasPrefix("✗ empty  holds no *.dock\n"))
        #expect(result.exitCode == 1)
    }

    @Test("a folder is walked once, whatever links lead to it; one outside is followed")
    func links() throws {
        let result = try run(
            "drydock run --quiet suite",
            after: """
                mkdir -p suite/sub other; \(passing) suite/a.dock; \(passing) suite/sub/b.dock
                \(passing) other/c.dock
                ln -s .. suite/up; ln -s . suite/self; ln -s sub suite/again; ln -s ../.. suite/sub/top
                ln -s ../other suite/away; ln -s ../other suite/away-again; ln -s ../suite other/back
                """)
        #expect(
            result.output == """
                ✓ suite/a.dock  0s
                ✓ suite/away/c.dock  0s
                ✓ suite/sub/b.dock  0s
                3 passed, 0 failed
                0s of virtual time

                """)
    }

    @Test("a script can come from standard input")
    func standardInput() throws {
        let result = try run("echo 'expect 1 == 1' | drydock run -q /dev/stdin", after: "true")
        #expect(result.exitCode == 0, "\(result.output)")
    }

    @Test("control characters in names, titles and messages are shown, never sent")
    func escapes() throws {
        let escape = "\u{1B}"
        let result = try run(
            "drydock run --report tap=tap.txt *.dock; cat tap.txt; drydock < *.dock",
            after: """
                cat > "$(printf 'a\\033[1m.dock')" <<'END'
                scenario "red \(escape)[31m" {
                  print "bell \u{7}"
                  expect "\(escape)]0;x" == 1
                }
                scenario "\(escape)[2J" { skip "\(escape)c" }
                END
                """)
        #expect(result.output.contains("red ^[[31m"), "\(result.output)")
        #expect(result.output.contains("bell ^G"))
        #expect(result.output.contains("a^[[1m.dock"))
        let obeyed = result.output.unicodeScalars.filter {
            $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t"
        }
        #expect(obeyed.isEmpty)
    }

    @Test("a file that is piped into a command is the one that -f reads, also of another folder")
    func pipedFiles() throws {
        let result = try Program.withFolder { folder in
            func write(_ text: String, _ path: String) throws {
                let file = folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: file, atomically: true, encoding: .utf8)
            }
            func map(_ name: String) -> String {
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\n"
            }
            try write(map("near"), "scripts/below/near.yaml")
            try write(map("far"), "other/far.yaml")
            try write(
                """
                cat below/near.yaml | kubectl apply -f -
                kubectl apply -f below/near.yaml
                cat ../other/far.yaml | kubectl apply -f -
                kubectl apply -f ../other/far.yaml

                """, "scripts/a.dock")
            return try Program.shell(
                "drydock run --allow-read other scripts/a.dock; drydock run -q scripts/a.dock",
                in: folder)
        }
        #expect(
            result.output.hasPrefix(
                """
                configmap/near created
                configmap/near unchanged
                configmap/far created
                configmap/far unchanged
                1 passed

                """.trimmingCharacters(in: .newlines)), "\(result.output)")
        #expect(
            result.output.contains(
                "cat: ../other/far.yaml: a script reads only files below its own folder"))
        #expect(result.exitCode == 3)
    }
}
