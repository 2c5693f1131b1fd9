import Foundation
import Testing

@Suite("drydock run --filter and --tag")
struct RunSelectionTests {
    private func run(_ flags: String) throws -> Program.Result {
        try Program.withFolder { folder in
            try """
            scenario "a rolling update keeps three" tags slow, rollout { expect 1 == 1 }
            scenario "a canary is paused" { expect 1 == 1 }

            """.write(to: folder.appending(path: "a.dock"), atomically: true, encoding: .utf8)
            try "expect 2 == 2\n".write(
                to: folder.appending(path: "whole.dock"), atomically: true, encoding: .utf8)
            return try Program.shell("drydock run --quiet \(flags) a.dock whole.dock", in: folder)
        }
    }

    @Test(
        "that select nothing end with 1 and name the nearest",
        arguments: [
            (
                "--filter 'rolling updte'",
                #"no scenario's title holds "rolling updte"; the nearest is "a rolling update keeps three""#
            ),
            ("--filter zzzzzz", #"no scenario's title holds "zzzzzz""#),
            ("--tag slwo", #"no scenario has the tag "slwo"; did you mean "slow"?"#),
            (
                "--tag nightly",
                #"no scenario has the tag "nightly"; the tags are rollout, slow"#
            ),
            ("--filter canary --tag slow", "no scenario has both such a title and such a tag"),
        ])
    func nothing(flags: String, message: String) throws {
        let result = try run(flags)
        #expect(result.exitCode == 1)
        #expect(
            result.output == "0 passed, 0 failed\n0s of virtual time\ndrydock: \(message)\n")
    }

    @Test("the path is the title of a script without scenarios")
    func paths() throws {
        let whole = try run("--filter whole")
        #expect(whole.output.hasPrefix("✓ whole.dock  0s\n1 passed"), "\(whole.output)")
        let tagged = try run("--tag slow")
        #expect(tagged.output.contains("1 passed, 0 failed"), "\(tagged.output)")
        #expect(tagged.exitCode == 0)
    }

    @Test("a whole title is that scenario, though others hold it as well")
    func wholeTitle() throws {
        let result = try Program.withFolder { folder in
            try """
            scenario "a rollout" { expect 1 == 2 }
            scenario "a rollout again" { expect 1 == 2 }

            """.write(to: folder.appending(path: "a b.dock"), atomically: true, encoding: .utf8)
            // What it says at the end repeats the first failure and nothing else.
            return try Program.shell(
                "drydock run -q . | sed -n 's/^again: //p' > again; sh ./again", in: folder)
        }
        #expect(result.output.contains("✗ a rollout  0s"), "\(result.output)")
        #expect(result.output.contains("0 passed, 1 failed"), "\(result.output)")
    }
}
