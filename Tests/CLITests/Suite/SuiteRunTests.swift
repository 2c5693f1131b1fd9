import Foundation
import Testing

@Suite("drydock test")
struct SuiteRunTests {
    static let files = [
        "tests/a.dock": """
        scenario "holds" tags quick { print "unseen"; expect 1 == 1 }
        scenario "breaks" tags slow { print "seen"; advance 1s; expect 1 == 2 }

        """,
        "tests/b.dock": "expect 2 == 2\nadvance 90s\n",
        "tests/c/d.dock": "scenario \"left out\" skip \"not yet\" { }\n",
        "tests/e.dock": "expect nothing\n",
    ]

    @Test(
        "files that only declare are there for others; where there is nothing else, that is an error"
    )
    func libraries() throws {
        let files = [
            "lib/a.dock": "# Shared.\nfn twice(n) => n * 2\nlet base = 1\n",
            "a.dock": "include \"lib/a.dock\"\nexpect twice(base) == 2\n",
        ]
        try SuiteFolder.with(files) { folder in
            let whole = try folder.shell("drydock test .")
            #expect(whole.exitCode == 0)
            #expect(whole.output.hasPrefix("✓ ./a.dock  1 passed  0s\n1 file: 1 passed\n"))
            let library = try folder.shell("drydock test lib")
            #expect(library.exitCode == 1)
            #expect(library.output.contains("there is no scenario here: all files only declare"))
            #expect(try folder.shell("drydock test --list lib").exitCode == 1)
        }
    }

    @Test("writes a line for each file in the order of the paths, and failures once and whole")
    func report() throws {
        try SuiteFolder.with(Self.files) { folder in
            let result = try folder.shell("drydock test tests")
            #expect(
                result.output == """
                    ✗ tests/a.dock  1 passed, 1 failed  1s
                    seen
                    ✗ breaks  1s
                      expectation failed: tests/a.dock:2:57
                        expect 1 == 2
                        at 1s of virtual time
                    ✓ tests/b.dock  1 passed  1m30s
                    – tests/c/d.dock  1 skipped  0s
                    ✗ tests/e.dock  refused
                    error[DD2001]: nothing is named `nothing` here
                      ┌─ tests/e.dock:1:8
                      │
                    1 │ expect nothing
                      │        ^^^^^^^ not defined
                      │
                      = hint: declare it with `let nothing = …`, or quote it if text was meant

                    4 files: 2 passed, 2 failed, 1 skipped
                    1m31s of virtual time in … on the clock
                    again: drydock test --seed 1 --filter breaks tests/a.dock

                    """)
            #expect(result.exitCode == 4)
        }
    }

    @Test("does the same for any number of jobs, and in other formats")
    func jobs() throws {
        var files = Self.files
        for number in 0..<30 {
            files["tests/n\(number).dock"] =
                "print \(number)\nadvance \(number + 1)s\nexpect \(number % 7) != 3\n"
        }
        try SuiteFolder.with(files) { folder in
            let one = try folder.shell("drydock test --jobs 1 --report tap=one.tap tests")
            for jobs in [2, 5] {
                let many = try folder.shell(
                    "drydock test --jobs \(jobs) --report tap=many.tap tests")
                #expect(many == one)
                let tap = folder.read("many.tap")
                // Times on the clock aside.
                #expect(
                    tap?.replacing(/duration_ms: .*/, with: "")
                        == folder.read("one.tap")?.replacing(/duration_ms: .*/, with: ""))
            }
        }
    }

    @Test("repeats the first failure with every flag it needs")
    func again() throws {
        try SuiteFolder.with([
            "tests/a b.dock": """
            param image = "x"
            scenario "it's read" { apply -f ../manifests/pod.yaml; expect image == "x" }

            """,
            "manifests/pod.yaml": """
            {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}

            """,
        ]) { folder in
            let flags = "--allow-read . --set image=y --timeout 1m"
            let first = try folder.shell("drydock test --seed 7 \(flags) tests")
            #expect(
                first.output.hasSuffix(
                    """
                    again: drydock test --allow-read . --set image=y --timeout 1m --seed 7 --filter \
                    'it'\\''s read' 'tests/a b.dock'

                    """), "\(first.output)")
            let again = try folder.shell(
                "drydock test --seed 7 \(flags) tests | sed -n 's/^again: //p' > again; sh ./again")
            #expect(again.output.contains("✗ it's read"), "\(again.output)")
            #expect(again.exitCode == 4)
        }
    }

    @Test("a file that crashes the program, or takes too long, fails alone")
    func crash() throws {
        try SuiteFolder.with([
            "a.dock": "expect 1 == 1\n",
            "b.dock":
                "scenario \"first\" { expect 1 == 1 }\nscenario \"endless\" { print \"begun\"; while true { } }\n",
            "c.dock": "expect 1 == 1\n",
        ]) { folder in
            let killed = try folder.shell(
                """
                drydock test -j1 > out & pid=$!
                n=0
                until grep -qs a.dock out; do n=$((n + 1)); [ $n -gt 1600 ] && exit 9; sleep 0.05; done
                \(SuiteFolder.untilItIsBusy)
                kill -SEGV $worker; wait $pid; code=$?; cat out; exit $code
                """)
            #expect(killed.exitCode == 2)
            #expect(killed.output.contains("✓ a.dock  1 passed  0s\n"), "\(killed.output)")
            #expect(killed.output.contains("✗ b.dock  1 passed, 1 failed"), "\(killed.output)")
            #expect(
                killed.output.contains("error[DD3072]: the program was ended by the signal 11"),
                "\(killed.output)")
            #expect(killed.output.contains("✓ c.dock  1 passed  0s\n"), "\(killed.output)")
            let late = try folder.shell("drydock test --timeout 3s")
            #expect(late.exitCode == 2)
            #expect(
                late.output.contains(
                    """
                    begun
                    ✗ endless  0s
                      error[DD3070]: the scenario took longer than 3s by the clock on the wall
                    """), "\(late.output)")
            #expect(late.output.contains("3 passed, 1 failed"), "\(late.output)")
        }
    }

    @Test("virtual time has an end where one is set")
    func virtual() throws {
        try SuiteFolder.with([
            "a.dock":
                "scenario \"short\" { advance 1h; expect 1 == 1 }\nscenario \"long\" { advance 3h; expect 1 == 1 }\n"
        ]) { folder in
            let result = try folder.shell("drydock test --max-virtual 2h")
            #expect(result.exitCode == 2)
            #expect(result.output.contains("✗ long"), "\(result.output)")
            #expect(
                result.output.contains("more than 2h of virtual time passed"), "\(result.output)")
            #expect(result.output.contains("1 passed, 1 failed"), "\(result.output)")
        }
    }

    @Test("ends with the first file that fails, whatever runs beside it")
    func failFast() throws {
        var files = [
            "m.dock": "scenario \"x\" { expect 1 == 2 }\nscenario \"y\" { expect 1 == 2 }\n"
        ]
        for name in ["a", "b", "n", "o", "p"] { files["\(name).dock"] = "expect 1 == 1\n" }
        try SuiteFolder.with(files) { folder in
            let one = try folder.shell("drydock test --fail-fast --jobs 1")
            #expect(one.output.contains("3 files: 2 passed, 1 failed"), "\(one.output)")
            #expect(try folder.shell("drydock test --fail-fast --jobs 4") == one)
        }
    }

    @Test("repeats with one seed after the other, and names that of a failure")
    func repetition() throws {
        try SuiteFolder.with([
            "a.dock": """
            scenario "names" {
              create deployment web --image=nginx --replicas=1
              advance 5s
              print pods[][0].metadata.name
              expect 1 == 2
            }

            """
        ]) { folder in
            let result = try folder.shell("drydock test --repeat 3 --seed 5 a.dock")
            #expect(result.output.contains("✗ a.dock  1 failed, seed 5"), "\(result.output)")
            #expect(result.output.contains("✗ a.dock  1 failed, seed 7"), "\(result.output)")
            #expect(result.output.contains("3 files: 3 failed"), "\(result.output)")
            let names = result.output.split(separator: "\n").filter { $0.hasPrefix("web-") }
            #expect(Set(names).count == 3, "\(result.output)")
            #expect(result.output.hasSuffix("--seed 5 --filter names a.dock\n"))
            #expect(try folder.shell("drydock test --repeat 3 --seed 5 --jobs 3 a.dock") == result)
        }
    }

    @Test("shows what a scenario does from a line on")
    func fromStep() throws {
        try SuiteFolder.with([
            "a.dock": """
            setup { print "prepared" }
            scenario "first" {
              print "one"
              print "two"
              print "three"
              expect 1 == 1
            }
            scenario "second" { print "four" }

            """
        ]) { folder in
            let result = try folder.shell("drydock test --from-step 4 a.dock")
            #expect(
                result.output.hasPrefix("✓ a.dock  1 passed  0s\ntwo\nthree\n✓ first"),
                "\(result.output)")
            #expect(
                try folder.shell("drydock test --from-step 40 a.dock").output.contains(
                    "no scenario stands at line 40"))
        }
    }
}
