import Foundation
import Testing

@Suite("time both ways")
struct HistoryTests {
    /// How many random sessions there are; `DRYDOCK_SESSIONS` asks for more.
    static var count: Int {
        ProcessInfo.processInfo.environment["DRYDOCK_SESSIONS"].flatMap(Int.init) ?? 120
    }

    @Test("jumps come to the same world, in random sessions, and so does what was typed on the way")
    func randomSessions() {
        var copies = 0
        for seed in 1...Self.count {
            // Worlds are small here: most of the jumps go through copies that are close together.
            let session = RandomSession(seed: UInt64(seed), spacing: 5 + seed % 40)
            session.run(statements: 14)
            copies += session.session.cluster.checkpointCount
            #expect(session.problems.isEmpty, "seed \(seed): \(session.typed)")
            let again = RandomSession.replaying(session)
            #expect(
                again.session.trace == session.session.trace,
                "seed \(seed): \(session.typed) differs from \(again.typed)")
        }
        #expect(copies > Self.count / 2)
    }

    @Test("a world of many deeds is taken back, and lets go of them one by one")
    func manyDeeds() {
        let session = RandomSession(seed: 1)
        session.type("for i in 1..20000 { load external queue=${i}; label node n0 a=b }")
        session.type("node add n0")
        session.type("for i in 1..5000 { annotate node n0 a=${i} --overwrite }")
        let trace = session.session.trace
        #expect(session.type("advance 1h"))
        #expect(session.type("undo"))
        #expect(session.session.trace == trace)
    }

    @Test("variables stay where the world goes back")
    func variables() {
        let session = RandomSession(seed: 1)
        session.type("node add a")
        session.type("let n = count(nodes[])")
        session.type("node add b")
        session.type("undo")
        #expect(session.type("expect n == 1"))
        #expect(session.type("expect count(nodes[]) == 1"))
    }

    @Test("a block beside a command cannot leave its time, a branch can")
    func blocks() {
        let session = RandomSession(seed: 1)
        session.type("node add a")
        session.type("advance 10s")
        #expect(!session.type("get nodes -w { rewind 5s }"))
        #expect(session.type("branch b { rewind 5s }"))
        #expect(!session.type("at 1s { undo }"))
    }

    @Test("what is left is kept by a name, and found again")
    func kept() {
        let session = RandomSession(seed: 1)
        session.type("node add a")
        session.type("node add b")
        let trace = session.session.trace
        session.type("undo")
        session.type("node add c")
        #expect(!session.type("forward"))
        #expect(session.type("restore undone-1"))
        #expect(session.session.trace == trace)
        #expect(session.session.lines().map(\.name) == ["now", "undone-2"])
    }
}
