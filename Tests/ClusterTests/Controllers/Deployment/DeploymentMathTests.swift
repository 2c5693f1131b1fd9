import Testing

@testable import Cluster

@Suite("rolling update numbers")
struct DeploymentMathTests {
    @Test(
        "the new set grows by what the surge leaves room for, never beyond the wanted size",
        arguments: [
            (0, 5, 2, 5, 2), (2, 5, 2, 6, 3), (4, 5, 2, 5, 5), (3, 5, 2, 7, 3), (0, 3, 3, 0, 3),
        ])
    func newSize(current: Int, desired: Int, surge: Int, total: Int, expected: Int) {
        #expect(
            DeploymentMath.newReplicaSetSize(
                current: current, desired: desired, surge: surge, totalOfAllSets: total)
                == expected)
    }

    @Test(
        "a set's share is proportional to its size",
        arguments: [(8, 18, 13, 3), (5, 18, 13, 2), (8, 5, 13, -5), (5, 0, 13, -5), (1, 2, 0, 0)])
    func fractions(size: Int, maxNow: Int, maxBefore: Int, expected: Int) {
        #expect(
            DeploymentMath.fraction(size: size, maxNow: maxNow, maxBefore: maxBefore) == expected)
    }

    @Test("a share never exceeds what is left to give or take")
    func proportions() {
        #expect(DeploymentMath.proportion(fraction: 4, toAdd: 5, added: 2) == 3)
        #expect(DeploymentMath.proportion(fraction: 2, toAdd: 5, added: 2) == 2)
        #expect(DeploymentMath.proportion(fraction: -4, toAdd: -5, added: -3) == -2)
    }
}
