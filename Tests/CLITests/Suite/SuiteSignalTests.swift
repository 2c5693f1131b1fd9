import Foundation
import Testing

@Suite("a suite that is ended")
struct SuiteSignalTests {
    private static let files = [
        "a.dock": "scenario \"first\" { expect 1 == 2 }\n",
        "b.dock": """
        scenario "done" { expect 1 == 1 }
        scenario "long" { print "begun"; while true { } }
        scenario "never" { }

        """,
        "c.dock": "expect 1 == 1\n",
    ]

    /// Runs a suite until its second file is at work, and then a command with the process in `$pid`.
    private func run(_ then: String) throws -> Program.Result {
        try SuiteFolder.with(Self.files) { folder in
            try folder.shell(
                """
                drydock test --jobs 1 > out 2>&1 & pid=$!
                n=0
                until grep -qs first out; do n=$((n + 1)); [ $n -gt 1600 ] && exit 9; sleep 0.05; done
                \(SuiteFolder.untilItIsBusy)
                \(then)
                wait $pid; code=$?; cat out; exit $code
                """)
        }
    }

    @Test(
        "by a signal says what is known and exits with its number",
        arguments: [("INT", 130), ("TERM", 143)])
    func signals(signal: String, exitCode: Int32) throws {
        let result = try run("kill -\(signal) $pid")
        #expect(
            result.output == """
                ✗ a.dock  1 failed  0s
                ✗ first  0s
                  expectation failed: a.dock:1:20
                    expect 1 == 2
                    at 0s of virtual time
                ✗ b.dock  1 passed, 1 failed  0s
                begun
                ✗ long  interrupted
                2 files: 1 passed, 2 failed
                0s of virtual time in … on the clock
                again: drydock test --seed 1 --filter first a.dock
                drydock: interrupted; 1 of 3 files did not end

                """)
        #expect(result.exitCode == exitCode)
    }

    @Test("by two signals ends at once")
    func twice() throws {
        // Of two signals that wait, one comes: the second is sent when the first has arrived.
        let result = try run(
            """
            kill -STOP $worker; kill -INT $pid
            while grep -q '^S[hi][dg]Pnd:.*[2367abef]$' /proc/$pid/status; do sleep 0.02; done
            kill -INT $pid
            """)
        #expect(result.exitCode == 130)
        #expect(!result.output.contains("interrupted;"), "\(result.output)")
    }

    @Test("leaves no process behind, however it ends", arguments: ["KILL", "INT"])
    func workers(signal: String) throws {
        let result = try run(
            """
            children=$(ps -o pid= --ppid $pid); kill -\(signal) $pid; n=0
            for child in $children; do
              while [ -e /proc/$child/exe ] && [ $n -lt 200 ]; do n=$((n + 1)); sleep 0.05; done
            done
            [ $n -lt 200 ] && echo gone
            """)
        #expect(result.output.hasPrefix("gone\n"), "\(result.output)")
    }

    @Test("by a full disk or a reader that goes away has not passed")
    func reports() throws {
        try SuiteFolder.with(["c.dock": "expect 1 == 1\n"]) { folder in
            for line in ["drydock test > /dev/full", "drydock test --report tap=/dev/full"] {
                let result = try folder.shell(line)
                #expect(result.output.contains("no space left on device"), "\(result.output)")
                #expect(result.exitCode == 1)
            }
            let closed = try folder.shell(
                "mkfifo pipe; (exec 4<pipe; exec 4<&-) & drydock test > pipe; echo $?")
            #expect(closed.output == "141\n")
        }
    }

    @Test("stays with --watch, and runs again what a saved file concerns")
    func watch() throws {
        try SuiteFolder.with([
            "a.dock": "include \"lib.inc\"\nexpect answer() == 1\n",
            "lib.inc": "fn answer() => 1\n",
            "b.dock": "apply -f pod.yaml\nexpect count(pods[]) == 1\n", "c.dock": "expect 1 == 1\n",
            "pod.yaml": """
            {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}

            """,
        ]) { folder in
            let result = try folder.shell(
                """
                : > out; drydock test --watch > out 2>&1 & pid=$!
                waits() {
                  n=0; until [ "$(grep -c 'on the clock' out)" -ge $1 ]; do
                    n=$((n + 1)); [ $n -gt 1600 ] && { cat out; kill $pid; exit 9; }; sleep 0.05; done
                }
                waits 1; echo 'fn answer() => 2' > lib.inc
                waits 2; touch unrelated; sed -i s/name:.p/name:\\ q/ pod.yaml
                waits 3; echo 'expect 1 == 1' > new; mv new d.dock
                waits 4; kill -INT $pid; wait $pid; code=$?; cat out; exit $code
                """)
            let rounds = result.output.split(separator: "\n").filter { $0.contains("file") }
            #expect(
                rounds == [
                    "3 files: 3 passed", "1 file: 1 failed", "1 file: 1 passed", "1 file: 1 passed",
                ], "\(result.output)")
            #expect(result.output.contains("drydock: saved lib.inc\n"), "\(result.output)")
            #expect(result.exitCode == 130)
        }
    }
}
