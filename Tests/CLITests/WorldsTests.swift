import Testing

/// A bounded run of `drydock-dev worlds`; more are made by hand.
@Suite struct WorldsTests {
    @Test("sixty random worlds are sound when they are at rest")
    func bounded() throws {
        let result = try Program.shell("drydock-dev worlds --count 60 --seed 1")
        #expect(result.exitCode == 0, "\(result.output.suffix(4_000))")
        #expect(result.output.contains("60 worlds"))
        #expect(result.output.contains(" 0 with unknown violations"))
    }

    @Test("worlds that are not at rest violate invariants, each with its seed, object and reason")
    func sharp() throws {
        let result = try Program.shell("drydock-dev worlds --count 40 --seed 1 --without-rest")
        #expect(result.exitCode == 1)
        for invariant in [
            "what was deleted is gone", "deployments are complete", "jobs end",
            "daemon sets are ready", "pods whose images work are ready", "taints follow",
            "stateful sets have their pods", "pods are on nodes that exist",
        ] {
            #expect(
                result.output.contains(": \(invariant)"), "no world violates: \(invariant)")
        }
        #expect(result.output.contains("again: drydock-dev worlds --count 1 --seed "))
    }

    @Test("each invariant notices an object that is otherwise than it should be")
    func damaged() throws {
        let result = try Program.shell("drydock-dev worlds --count 60 --seed 1 --damaged")
        #expect(result.output.contains("24 of 24 damages noticed"), "\(result.output)")
        #expect(result.exitCode == 0)
    }

    @Test("one seed gives one world")
    func deterministic() throws {
        let command = "drydock-dev worlds --count 3 --seed 8 --shows-scripts --without-rest"
        let first = try Program.shell(command)
        #expect(first.output == (try Program.shell(command)).output)
    }
}
