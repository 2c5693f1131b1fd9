import Testing

@testable import Support

@Suite("Deep stacks")
struct DeepStackTests {
    private struct Refusal: Error {}

    /// Calls itself until the room is used up; answers how often.
    private func descend(_ room: DeepStack, _ depth: Int = 0) -> Int {
        if room.isUsedUp { return depth }
        return max(descend(room, depth + 1), depth)
    }

    @Test("work has hundreds of megabytes of room, and sees its end before it falls off")
    func room() throws {
        let depth = try DeepStack.run { room in
            #expect(!room.isUsedUp)
            return descend(room)
        }
        #expect(depth > 100_000)
    }

    @Test("results and errors come through, and stacks may lie inside stacks")
    func outcomes() throws {
        #expect(try DeepStack.run { _ in try DeepStack.run { _ in 3 } } == 3)
        #expect(throws: Refusal.self) { try DeepStack.run { _ in throw Refusal() } }
    }
}
