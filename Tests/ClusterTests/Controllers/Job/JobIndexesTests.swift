import Testing

@testable import Cluster

@Suite("completion indexes")
struct JobIndexesTests {
    @Test(
        "indexes are written as ranges from three on, and read back",
        arguments: [
            ([], ""), ([3], "3"), ([1, 2], "1,2"), ([0, 1, 2], "0-2"),
            ([5, 1, 3, 4, 0], "0,1,3-5"),
        ] as [([Int], String)])
    func text(indexes: [Int], text: String) {
        #expect(JobIndexes(indexes).text == text)
        #expect(JobIndexes(text, below: 100).elements == indexes.sorted())
    }

    @Test("indexes beyond the completions and text that is no number are left out")
    func limits() {
        #expect(JobIndexes("0-3,7,x,9-2", below: 3).elements == [0, 1, 2])
        #expect(JobIndexes("1,3", below: 9).union(JobIndexes([2])).text == "1-3")
        #expect(JobIndexes("1-3", below: 9).count == 3)
    }

    @Test(
        "two sets together, and what they leave free",
        arguments: [
            ("0-3", "5", "0-3,5", [4, 6, 7]), ("", "1,2", "1,2", [0, 3, 4]),
            ("0,2,4", "1,3", "0-4", [5, 6, 7]), ("5-7", "0-6", "0-7", []), ("", "", "", [0, 1, 2]),
        ])
    func union(left: String, right: String, both: String, free: [Int]) {
        let set = JobIndexes(left, below: 100).union(JobIndexes(right, below: 100))
        #expect(set.text == both)
        #expect(set.gaps(below: 8, most: 3) == free)
        #expect((0..<8).filter(set.contains) == (0..<8).filter { set.elements.contains($0) })
    }
}
