import Testing

/// A bounded run of `drydock-dev fuzz`; more are made by hand.
@Suite struct FuzzTests {
    @Test("two thousand inputs for each parser end in an answer")
    func bounded() throws {
        let parsers = "syntax json yaml patches selectors quantities templates patterns paths"
        let result = try Program.shell("drydock-dev fuzz \(parsers) --runs 2000 --seed 5")
        #expect(result.exitCode == 0, "\(result.output.suffix(2_000))")
        #expect(result.output.contains("paths: 2000 inputs"))
    }

    @Test("inputs for the tools and the verbs end in an exit status, and the world is whole")
    func programs() throws {
        let targets = "verbs awk sed grep jq options"
        let result = try Program.shell("drydock-dev fuzz \(targets) --runs 250 --seed 5")
        #expect(result.exitCode == 0, "\(result.output.suffix(2_000))")
        #expect(result.output.contains("verbs: 250 inputs"))
        #expect(result.output.contains("options: 250 inputs"))
    }

    @Test("an unknown target is refused with the known ones")
    func unknown() throws {
        let result = try Program.shell("drydock-dev fuzz nonsense")
        #expect(result.exitCode != 0)
        #expect(result.output.contains("the targets are syntax, json"))
    }
}
