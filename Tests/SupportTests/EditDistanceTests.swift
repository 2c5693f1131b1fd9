import Testing

@testable import Support

@Suite struct EditDistanceTests {
    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("image", "imag", 1), ("imgae", "image", 1),
        ("kitten", "sitting", 3), ("ca", "abc", 3),
    ])
    func `changes are counted, a swap as one`(left: String, right: String, distance: Int) {
        #expect(editDistance(left, right) == distance)
        #expect(editDistance(right, left) == distance)
    }

    @Test func `the nearest name is near, and the first of equals`() {
        let names = ["replicas", "revisionHistoryLimit", "paused"]
        #expect(nearestName(to: "Replica", among: names) == "replicas")
        #expect(nearestName(to: "selector", among: names) == nil)
        #expect(nearestName(to: "cat", among: ["bat", "rat"]) == "bat")
    }
}
