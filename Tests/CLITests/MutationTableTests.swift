import Foundation
import Testing

/// The table of broken rules. Running it takes long (`drydock-dev mutations`); that it still fits the
/// sources is seen here.
@Suite struct MutationTableTests {
    @Test("every rule of the table stands in the sources, once")
    func fits() throws {
        let result = try Program.shell(".build/debug/drydock-dev mutations --check")
        #expect(result.exitCode == 0, "\(result.output)")
        #expect(try #require(Int(result.output.prefix { $0.isNumber })) >= 100)
    }

    @Test(
        "a table that does not fit says where and why",
        arguments: [
            (
                "rule: x\nfile: Package.swift\n- nowhere to be found\n+ \ntest: T\n",
                "Error: Package.swift: the code of rule 'x' stands there 0 times, expected once: "
                    + "nowhere to be found\n"
            ),
            (
                "rule: x\nfile: Package.swift\n",
                "Error: t:1: the paragraph lacks '- ' and 'test: '\n"
            ),
            (
                "what?\n",
                "Error: t:1: expected 'rule: ', 'file: ', '- ', '+ ' or 'test: ', found 'what?'\n"
            ),
        ])
    func problems(table: String, message: String) throws {
        try Program.withFolder { folder in
            try table.write(to: folder.appending(path: "t"), atomically: true, encoding: .utf8)
            try "x\n".write(
                to: folder.appending(path: "Package.swift"), atomically: true, encoding: .utf8)
            let result = try Program.shell("drydock-dev mutations --check t", in: folder)
            #expect(result.output == message)
            #expect(result.exitCode == 1)
        }
    }

    // MARK: Runs, with stand-ins for the compiler and the tests

    /// A rule in `NAME.txt`, whose test is `NAME`.
    private static func rule(_ name: String) -> String {
        "rule: \(name) is whole\nfile: \(name).txt\n- whole\n+ broken\ntest: \(name)\n\n"
    }

    /// Runs a line of a shell in a folder with rules and programs that stand for `swift` and the tests.
    private func run(
        _ line: String, rules names: [String], swift: String, tests: String
    ) throws -> Program.Result {
        try Program.withFolder { folder in
            try FileManager.default.createDirectory(
                at: folder.appending(path: ".build/debug"), withIntermediateDirectories: true)
            var files = [
                ("table", names.map(Self.rule).joined()), ("swift", "#!/bin/sh\n\(swift)\n"),
                (".build/debug/drydockPackageTests.xctest", "#!/bin/sh\n\(tests)\n"),
            ]
            files += names.map { ("\($0).txt", "whole\n") }
            for (name, text) in files {
                try text.write(
                    to: folder.appending(path: name), atomically: true, encoding: .utf8)
            }
            return try Program.shell(
                "chmod +x swift .build/debug/*; PATH=$PWD:$PATH; \(line)", in: folder)
        }
    }

    /// Says that one test ran, and passed.
    private static let passes = "echo 'Test run with 1 test passed'"

    @Test(
        "a run that is interrupted puts the source back", arguments: [("INT", 130), ("TERM", 143)])
    func interruption(signal: String, exitCode: Int32) throws {
        let result = try run(
            """
            drydock-dev mutations table &
            for i in $(seq 4000); do grep -q broken a.txt && break; sleep 0.02; done
            kill -\(signal) $!
            wait $!
            echo "$? $(cat a.txt) $(ls .build/mutated)"
            """, rules: ["a"], swift: "if grep -q broken a.txt; then exec sleep 60; fi",
            tests: Self.passes)
        #expect(result.output == "\(exitCode) whole \n")
    }

    @Test("what a run that was killed left broken the next one puts back")
    func killed() throws {
        let result = try run(
            """
            drydock-dev mutations table &
            for i in $(seq 4000); do grep -q broken a.txt && break; sleep 0.02; done
            kill -KILL $!
            wait $! 2>/dev/null
            cat a.txt
            drydock-dev mutations --check table
            cat a.txt
            """, rules: ["a"],
            swift: "if grep -q broken a.txt; then exec sleep 20 >/dev/null 2>&1; fi",
            tests: Self.passes)
        #expect(
            result.output.hasSuffix(
                """
                broken
                drydock-dev: a.txt is put back; a run was killed while it was broken
                1 rules fit the sources
                whole

                """), "\(result.output)")
    }

    @Test("a file that somebody else changes meanwhile is left to them")
    func changedMeanwhile() throws {
        let result = try run(
            "drydock-dev mutations table; cat a.txt .build/mutated/a.txt", rules: ["a"],
            swift: "if grep -q broken a.txt; then echo other >a.txt; fi", tests: Self.passes)
        #expect(
            result.output.hasSuffix(
                """
                drydock-dev: a.txt was changed meanwhile; what it was is in .build/mutated
                ✗ a is whole: no test fails
                0 noticed, 1 not
                other
                whole

                """), "\(result.output)")
    }

    @Test(
        "the test of each rule decides, then the whole suite, with one build for several rules or one each",
        arguments: [(1, 6), (9, 8)])
    func verdicts(together: Int, builds: Int) throws {
        // `none` is noticed by nobody, `late` by the whole suite, `wrong` does not build, `red` and
        // `void` have tests that say nothing.
        let result = try run(
            """
            drydock-dev mutations table --together \(together); echo "exit $?"
            grep -c build builds; cat *.txt | sort -u
            """, rules: ["seen", "none", "late", "wrong", "red", "void"],
            swift: """
                echo build >>builds
                if grep -q broken wrong.txt; then echo 'error: x'; exit 1; fi
                """,
            tests: """
                fails() { echo "✘ Test \"$1\" failed after 0.1 seconds"; exit 1; }
                case "$*" in
                *'--filter seen') grep -q broken seen.txt && fails 'sees it' ;;
                *'--filter red') \(Self.passes); fails 'always' ;;
                *'--filter void') echo 'Test run with 0 tests passed'; exit 0 ;;
                *--parallel) grep -q broken late.txt && fails 'sees it late' ;;
                esac
                \(Self.passes)
                """)
        let lines = Set(result.output.split(separator: "\n").map(String.init))
        for line in [
            "✓ seen is whole: sees it", "✗ none is whole: no test fails",
            "~ late is whole: not late, but sees it late",
            "✗ wrong is whole: does not build:", "error: x",
            "✗ red is whole: red fails while nothing is broken",
            "✗ void is whole: void is the name of no test",
            "2 noticed (1 not by the test that is named), 1 not, 3 that say nothing",
            "exit 1", "whole", "\(builds)",
        ] {
            #expect(lines.contains(line), "\(line) in \(result.output)")
        }
        #expect(!lines.contains("broken"))
    }

    @Test("a sample is drawn by its seed")
    func samples() throws {
        func drawn(_ seed: Int) throws -> [Substring] {
            let result = try run(
                "drydock-dev mutations table --sample 3 --seed \(seed) --together 3",
                rules: ["a", "b", "c", "d", "e", "f", "g", "h"], swift: "",
                tests: "\(Self.passes); grep -q broken *.txt && exit 1; exit 0")
            let lines = result.output.split(separator: "\n")
            #expect(lines.first == "3 of 8 rules; again: --sample 3 --seed \(seed)")
            #expect(lines.last == "3 noticed, 0 not")
            return Array(lines.dropFirst().dropLast())
        }
        #expect(try drawn(5) == drawn(5))
        #expect(try Set((1...6).map { try drawn($0) }).count > 3)
    }

    @Test("every test that the table names exists")
    func namesTests() throws {
        let table = try String(
            contentsOf: Program.root.appending(path: "Tests/Mutations/mutations.txt"),
            encoding: .utf8)
        let tests = Program.root.appending(path: "Tests")
        let files = try #require(FileManager.default.enumerator(atPath: tests.path))
        let sources = try files.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }
            .map { try String(contentsOf: tests.appending(path: $0), encoding: .utf8) }
        for line in table.split(separator: "\n") where line.hasPrefix("test: ") {
            let name = line.dropFirst("test: ".count).split(separator: "/")[0]
            #expect(sources.contains { $0.contains("struct \(name)") }, "\(line)")
        }
    }
}
