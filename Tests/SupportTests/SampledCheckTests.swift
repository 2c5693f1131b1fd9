import Support
import Testing

@Suite("sampled checks")
struct SampledCheckTests {
    @Test("are due at each of the first answers and at some of the later ones, for ever")
    func sampling() {
        var check = SampledCheck()
        let due = (1...10_000).filter { _ in check.isDue() }
        #expect(due.prefix(256) == ArraySlice(1...256))
        #expect(due.dropFirst(256).allSatisfy { $0.isMultiple(of: 64) })
        #expect(due.count == 256 + 10_000 / 64 - 4)
    }
}
