import Foundation
import Testing

@Suite("a run that is ended")
struct RunSignalTests {
    private static let scripts: [(name: String, text: String)] = [
        (
            "a.dock",
            """
            scenario "first" { print "hello"; expect 1 == 1 }
            scenario "long" {
              print "begun"
              # More than the program keeps back before it writes to a file.
              print padRight("filler", 100000)
              let n = 0
              while true { n = n + 1 }
            }

            """
        ),
        ("b.dock", "print \"never reached\"\n"),
    ]

    private func run(_ line: String) throws -> Program.Result {
        try Program.withFolder { folder in
            for script in Self.scripts {
                try script.text.write(
                    to: folder.appending(path: script.name), atomically: true, encoding: .utf8)
            }
            return try Program.shell(line, in: folder)
        }
    }

    @Test(
        "by a signal prints what is known and exits with its number",
        arguments: [("INT", 130), ("TERM", 143)])
    func signals(signal: String, exitCode: Int32) throws {
        let result = try run(
            """
            drydock run . > out & pid=$!
            n=0
            until grep -qs begun out; do n=$((n + 1)); [ $n -gt 1600 ] && exit 9; sleep 0.05; done
            kill -\(signal) $pid; wait $pid; code=$?
            grep -v filler out; exit $code
            """)
        #expect(
            result.output == """
                ── first
                hello
                ✓ first  0s
                ── long
                begun
                ✗ long  interrupted
                1 passed, 1 failed
                0s of virtual time
                again: drydock run --seed 1 --filter long ./a.dock

                """)
        #expect(result.exitCode == exitCode)
    }

    @Test("by a reader that goes away stops, and exits as such a program does")
    func closedPipe() throws {
        let result = try run(
            """
            mkfifo pipe
            (exec 4<pipe; exec 4<&-) &
            drydock run --quiet . > pipe
            echo $?
            """)
        #expect(result.output == "141\n")
    }

    @Test(
        "by a full disk says so and is no success",
        arguments: [
            "drydock run --quiet a.dock > /dev/full", "drydock run --report tap=/dev/full a.dock",
            "echo 'print 1' | drydock > /dev/full", "drydock --help > /dev/full",
            "drydock --version > /dev/full", "drydock run --help > /dev/full",
            "(echo 'print 1'; yes 'print 2') | drydock > /dev/full",
        ])
    func fullDisk(line: String) throws {
        let result = try Program.withFolder { folder in
            try "scenario \"first\" { print 1 }\n".write(
                to: folder.appending(path: "a.dock"), atomically: true, encoding: .utf8)
            return try Program.shell(line, in: folder)
        }
        #expect(result.output.contains("no space left on device"), "\(result.output)")
        #expect(result.exitCode == 1)
    }

    @Test("at a prompt by a reader that goes away ends as well")
    func promptIntoClosedPipe() throws {
        let result = try Program.shell("(yes 'print 2' | drydock; echo $? >&2) | head -1")
        #expect(result.output == "2\n141\n")
    }
}
