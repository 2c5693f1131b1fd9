import Foundation
import Testing

@Suite("a suite on a terminal")
struct SuiteTerminalTests {
    @Test("says how far it is in its last line, and takes it away")
    func progress() throws {
        try SuiteFolder.with([
            // Long enough to be looked at.
            "a.dock":
                "for i in 1..60 { run p${i} --image=x; advance 1m }\nexpect count(pods[]) == 60\n",
            "b.dock": "expect 1 == 1\n",
        ]) { folder in
            let result = try folder.shell(
                "TERM=xterm script -qc 'drydock test --jobs 1 --no-color' /dev/null < /dev/null")
            let drawn = result.output.split(separator: "\r").filter { $0.hasPrefix("\u{1B}[K") }
            #expect(
                drawn.contains { $0.contains("/2 files, ") && $0.contains(" of virtual time in ") },
                "\(result.output)")
            // What stays has lines of its own.
            let lines = result.output.replacing("\u{1B}[K", with: "").split(
                whereSeparator: \.isNewline
            ).map { $0.split(separator: "\r").last ?? "" }
            #expect(lines.contains { $0.hasPrefix("✓ a.dock  1 passed") }, "\(result.output)")
            #expect(lines.contains("2 files: 2 passed"), "\(result.output)")
        }
    }

    @Test("in a pipe shows no such line")
    func pipe() throws {
        try SuiteFolder.with(["b.dock": "expect 1 == 1\n"]) { folder in
            let result = try folder.shell("TERM=xterm drydock test 2>&1 | cat")
            #expect(!result.output.contains("\u{1B}"), "\(result.output)")
        }
    }
}
