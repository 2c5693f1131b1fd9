import Foundation
import Testing

@Suite("what drydock test selects")
struct SuiteSelectionTests {
    private static let files = [
        "a.dock": """
        scenario "a rolling update" tags slow, rollout { expect 1 == 1 }
        scenario "a canary" tags rollout { expect 1 == 1 }
        scenario "row ${n}" for n in [1, 2] { expect n == 1 }

        """,
        "sub/b.dock": "expect 1 == 1\n",
    ]

    private func run(_ flags: String) throws -> Program.Result {
        try SuiteFolder.with(Self.files) { try $0.shell("drydock test \(flags)") }
    }

    @Test("is listed with places and tags, and nothing runs")
    func list() throws {
        let all = """
            a.dock:1: a rolling update  [slow, rollout]
            a.dock:2: a canary  [rollout]
            a.dock:3: row 1
            a.dock:3: row 2
            sub/b.dock

            """
        #expect(try run("--list") == Program.Result(output: all, exitCode: 0))
        #expect(
            try run("--list --tag '!slow' --filter a").output
                == "a.dock:2: a canary  [rollout]\n")
        #expect(
            try run("--list --tag slow,none").output
                == "a.dock:1: a rolling update  [slow, rollout]\n")
    }

    @Test(
        "is never nothing",
        arguments: [
            (
                "--filter 'rolling updte'",
                "no scenario's title holds \"rolling updte\"; the nearest is \"a rolling update\""
            ),
            ("--tag slwo", "no scenario has the tag \"slwo\"; did you mean \"slow\"?"),
            ("--tag slow --filter canary", "no scenario has both such a title and such a tag"),
            ("--failed", "nothing of this failed last time"),
            ("nowhere", "no such file or directory"),
            ("./su", "no such file or directory; did you mean ./sub?"),
        ])
    func nothing(flags: String, message: String) throws {
        let result = try run(flags)
        #expect(result.exitCode == 1)
        #expect(result.output.contains(message), "\(result.output)")
        let listed = try run("--list \(flags)")
        #expect(listed.exitCode == 1)
        #expect(listed.output.contains(message), "\(listed.output)")
    }

    @Test("in shards is everything, each once")
    func shards() throws {
        try SuiteFolder.with(Self.files) { folder in
            let all = try folder.shell("drydock test --list").output.split(separator: "\n")
            var found: [Substring] = []
            for part in 1...3 {
                let output = try folder.shell("drydock test --list --shard \(part)/3").output
                found += output.split(separator: "\n").filter { $0.contains(".dock") }.map {
                    Substring($0)
                }
            }
            #expect(found.sorted() == all.sorted())
            #expect(
                try folder.shell("drydock test --shard 4/3").output.contains(
                    "--shard is a part and their number, such as 2/5; found '4/3'"))
        }
    }

    @Test("with --failed is what failed last time, until it passes")
    func failed() throws {
        try SuiteFolder.with(Self.files.merging(["c.dock": "expect nothing\n"]) { $1 }) { folder in
            #expect(try folder.shell("drydock test").output.contains("4 passed, 2 failed"))
            let again = try folder.shell("drydock test --failed")
            #expect(again.output.contains("2 files: 2 failed"), "\(again.output)")
            try folder.write("expect 1 == 1\n", to: "c.dock")
            // What did not run stays.
            #expect(try folder.shell("drydock test c.dock").exitCode == 0)
            #expect(
                try folder.shell("drydock test --failed --list").output == "a.dock:3: row 2\n")
            // From elsewhere, by another path.
            try folder.write(Self.files["a.dock"]!.replacing("n == 1", with: "n > 0"), to: "a.dock")
            #expect(try folder.shell("cd sub; drydock test --failed ..").exitCode == 1)
            #expect(try folder.shell("drydock test --failed").output.contains("1 passed"))
            #expect(
                try folder.shell("drydock test --failed").output.contains("nothing of this failed"))
        }
    }

    @Test("follows links once, and names each file once")
    func links() throws {
        try SuiteFolder.with(Self.files) { folder in
            let result = try folder.shell(
                """
                ln -s .. sub/up; ln -s a.dock z.dock; ln -s sub other; ln -s nowhere.dock gone.dock
                mkdir shut; cp a.dock shut; chmod 0 shut
                drydock test --filter 'a canary' . sub a.dock sub/.a.dock; code=$?
                chmod 755 shut; exit $code
                """)
            #expect(
                result.output.contains("✗ ./gone.dock  no such file or directory"),
                "\(result.output)")
            if getuid() != 0 {
                #expect(result.output.contains("✗ ./shut  permission denied"), "\(result.output)")
            }
            #expect(
                result.output.components(separatedBy: "a.dock  1 passed").count - 1
                    == (getuid() == 0 ? 2 : 1))
            #expect(result.exitCode == 1)
        }
    }
}
