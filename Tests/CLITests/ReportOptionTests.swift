import Foundation
import Testing

@Suite("drydock run --report")
struct ReportOptionTests {
    private let script = """
        scenario "holds" { expect 1 == 1 }
        scenario "fails" { expect 1 == 2 }

        """

    private func run(_ flags: String) throws -> (result: Program.Result, file: String?) {
        try Program.withFolder { folder in
            try script.write(
                to: folder.appending(path: "a.dock"), atomically: true, encoding: .utf8)
            let result = try Program.shell("drydock run \(flags) a.dock", in: folder)
            let file = folder.appending(path: "report.tap")
            return (result, try? String(contentsOf: file, encoding: .utf8))
        }
    }

    @Test("writes to a file beside the report for people, or to standard output instead of it")
    func places() throws {
        let both = try run("--quiet --report tap=report.tap")
        #expect(both.result.exitCode == 4)
        #expect(both.result.output.contains("✗ fails"))
        let tap = try #require(both.file)
        #expect(tap.hasPrefix("TAP version 14\n") && tap.contains("    not ok 2 - fails\n"))
        let alone = try run("--report tap")
        #expect(alone.result.exitCode == 4)
        #expect(alone.result.output == tap)
        #expect(try run("--report quiet").result == run("--quiet").result)
    }

    @Test(
        "refuses what it cannot do, in words",
        arguments: [
            (
                "--report tab",
                "no report is called 'tab'; did you mean 'tap'? there are human, quiet, tap"
            ),
            ("--report tap=", "the file after 'tap=' has no name"),
            (
                "--report tap --report quiet",
                "only one report goes to standard output: give the others a file, as in "
                    + "--report quiet=FILE"
            ),
            (
                "--quiet --report tap",
                "--quiet is a report for standard output, and so is --report tap"
            ),
            (
                "--report tap=no/such/folder",
                "cannot write no/such/folder: no such file or directory"
            ),
        ])
    func refusals(_ flags: String, _ message: String) throws {
        let result = try run(flags).result
        #expect(result.exitCode == 1)
        #expect(result.output.contains(message), "\(result.output)")
    }

    @Test("a full disk is noticed: the run is not green")
    func fullDisk() throws {
        let result = try Program.withFolder { folder in
            try "print 1\n".write(
                to: folder.appending(path: "a.dock"), atomically: true, encoding: .utf8)
            return try Program.shell("drydock run a.dock > /dev/full", in: folder)
        }
        #expect(result.exitCode == 1)
        #expect(
            result.output == "drydock: cannot write standard output: no space left on device\n")
    }
}
