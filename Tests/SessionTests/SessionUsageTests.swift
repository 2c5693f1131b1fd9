import Language
import Testing

@testable import Session

@Suite("The limits of a session")
struct SessionUsageTests {
    @Test("blocks that wait, and blocks begun at one instant, have limits")
    func timers() throws {
        var usage = SessionUsage()
        usage.limits.timers = 3
        usage.limits.timersPerInstant = 5
        for _ in 0..<3 { try usage.beginTimer(now: 0) }
        #expect(throws: HostError.self) { try usage.beginTimer(now: 0) }
        usage.endTimer()
        try usage.beginTimer(now: 0)
        usage.endTimer()
        #expect(throws: HostError.self) { try usage.beginTimer(now: 0) }
        try usage.beginTimer(now: 1)
    }

    @Test("output that is shown and output that is kept have limits of their own")
    func output() throws {
        var usage = SessionUsage()
        usage.limits.output = 10
        usage.limits.captured = 5
        usage.output = 10
        usage.captured = 5
        try usage.check()
        usage.captured = 6
        #expect(throws: HostError.self) { try usage.check() }
        usage.captured = 0
        usage.output = 11
        #expect(throws: HostError.self) { try usage.check() }
        usage.forgetOutput()
        try usage.check()
    }

    @Test("memory has a limit where one is set")
    func memory() throws {
        var usage = SessionUsage()
        try usage.check()
        usage.limits.memory = 1
        #expect(throws: HostError.self) { for _ in 0..<64 { try usage.check() } }
    }
}
