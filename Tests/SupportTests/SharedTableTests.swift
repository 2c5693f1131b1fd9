import Support
import Testing

@Suite("a table for the whole process")
struct SharedTableTests {
    @Test("holds what it was given, and begins anew when it is full")
    func limit() {
        let table = SharedTable<Int, String>(limit: 2)
        #expect(table.find(1) == nil)
        table.set(1, to: "a")
        table.set(2, to: "b")
        table.set(2, to: "c")
        #expect(table.find(1) == "a" && table.find(2) == "c")
        table.set(3, to: "d")
        #expect(table.find(1) == nil && table.find(2) == nil && table.find(3) == "d")
    }
}
