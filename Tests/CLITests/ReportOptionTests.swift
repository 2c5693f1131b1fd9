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
        #expect(withoutWallTimes(alone.result.output) == withoutWallTimes(tap))
        #expect(withoutWallTimes(tap) != tap)
        #expect(try run("--report quiet").result == run("--quiet").result)
    }

    /// Times on the wall are no two times the same.
    private func withoutWallTimes(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.contains("duration_ms") }.joined(separator: "\n")
    }

    @Test("writes any number of reports at once")
    func several() throws {
        try Program.withFolder { folder in
            try script.write(
                to: folder.appending(path: "a.dock"), atomically: true, encoding: .utf8)
            let formats = ["junit", "tap", "json", "github", "html", "quiet"]
            let flags = formats.map { "--report \($0)=r.\($0)" }.joined(separator: " ")
            let result = try Program.shell("drydock run \(flags) a.dock", in: folder)
            #expect(result.exitCode == 4)
            #expect(result.output.contains("── holds"))
            for format in formats {
                let text = try String(
                    contentsOf: folder.appending(path: "r.\(format)"), encoding: .utf8)
                #expect(text.contains("fails"), "\(format)")
            }
        }
    }

    @Test("annotates by itself where GitHub Actions is at work, once, and not elsewhere")
    func annotations() throws {
        func count(_ flags: String, _ environment: [String: String]) throws -> Int {
            try Program.withFolder { folder in
                try script.write(
                    to: folder.appending(path: "a.dock"), atomically: true, encoding: .utf8)
                let result = try Program.shell(
                    "drydock run \(flags) a.dock", in: folder, environment: environment)
                #expect(result.output.contains("1 passed, 1 failed") != flags.contains("tap"))
                return result.output.split(separator: "\n").count {
                    $0.hasPrefix("::error file=a.dock,line=2,")
                }
            }
        }
        let action = ["GITHUB_ACTIONS": "true"]
        #expect(try count("", action) == 1)
        #expect(try count("--quiet", action) == 1)
        #expect(try count("--report github", action) == 1)
        #expect(try count("--report github", [:]) == 1)
        #expect(try count("--report tap", action) == 1)
        #expect(try count("--report github=/dev/null", action) == 0)
        #expect(try count("", [:]) == 0)
    }

    @Test("strict runs fail what they would warn of, and are repeated strictly")
    func strict() throws {
        try Program.withFolder { folder in
            try "scenario \"idle\" { advance 1s }\n".write(
                to: folder.appending(path: "a.dock"), atomically: true, encoding: .utf8)
            let plain = try Program.shell("drydock run --quiet a.dock", in: folder)
            #expect(plain.exitCode == 0 && plain.output.contains("1 passed, 0 failed, 1 warning"))
            let strict = try Program.shell("drydock run --quiet --strict a.dock", in: folder)
            #expect(strict.exitCode == 2)
            #expect(
                strict.output.hasSuffix(
                    "again: drydock run --strict --seed 1 --filter idle a.dock\n"))
        }
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
