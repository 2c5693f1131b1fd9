import Language
import Syntax
import Testing

@testable import Session

@Suite("Blocks that wait")
struct PendingTests {
    private final class Bench {
        private let prompt: Prompt
        let session: Session
        private var output = ""

        init() {
            var write: (String) -> Void = { _ in }
            session = Session(
                SessionOptions(), files: ScriptFiles(folder: "/nonexistent")
            ) { write($0) }
            prompt = Prompt(host: session)
            write = { [unowned self] in output += $0 }
        }

        func run(_ text: String) throws -> String {
            output = ""
            _ = try prompt.run(
                Parser.parse(Source(name: Session.promptName, text: text)).script
            ) { _ in }
            return output
        }
    }

    @Test("are listed with their next time, and ended by number")
    func listed() throws {
        let bench = Bench()
        #expect(try bench.run("pending") == "nothing is pending: no `at` or `every` waits\n")
        _ = try bench.run("every 30s { print \"tick\" }; at 1m {\n  print \"once\"\n}")
        #expect(
            try bench.run("pending") == """
                NUMBER   IN    STATEMENT
                1        30s   every 30s { print "tick" }
                2        1m    at 1m { …

                """)
        #expect(try bench.run("advance 45s") == "tick\n")
        #expect(try bench.run("pending").contains("1        15s   every"))
        #expect(try bench.run("cancel 1") == "cancelled 1: every 30s { print \"tick\" }\n")
        #expect(try bench.run("advance 5m") == "once\n")
        #expect(try bench.run("pending").hasPrefix("nothing"))
        #expect(throws: Trouble.self) { try bench.run("cancel 1") }
        #expect(bench.session.idleStatements.isEmpty)
    }

    @Test("a block can end itself, and all end at once")
    func ends() throws {
        let bench = Bench()
        _ = try bench.run("every 10s { print \"a\"; cancel 1 }; every 10s { print \"b\" }")
        #expect(
            try bench.run("advance 25s")
                == "a\ncancelled 1: every 10s { print \"a\"; cancel 1 }\nb\nb\n")
        _ = try bench.run("at 1h { print \"c\" }; cancel all")
        #expect(try bench.run("advance 3h") == "")
        // Their places are free for others.
        _ = try bench.run("every 10s { print \"d\" }")
        #expect(try bench.run("advance 20s") == "d\nd\n")
    }

    @Test("one that is cancelled before its time is no statement that came to nothing")
    func cancelled() throws {
        let bench = Bench()
        _ = try bench.run("at 1h { print \"c\" }")
        #expect(bench.session.idleStatements.count == 1)
        _ = try bench.run("cancel 1")
        #expect(bench.session.idleStatements.isEmpty)
    }

    @Test("does not hold up settle")
    func settles() throws {
        let bench = Bench()
        _ = try bench.run("node add n1; settle; at 20s { print \"c\" }; cancel 1; settle")
        #expect(bench.session.virtualMilliseconds < 20_000)
    }
}
