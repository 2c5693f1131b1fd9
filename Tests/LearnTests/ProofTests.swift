import Testing

@testable import Learn

@Suite("Proof")
struct ProofTests {
    private func findings(_ text: String, languages: [String] = ["en", "zh"]) throws -> [String] {
        let exercise = try Samples.exercise(text)
        return Proof(exercise, languages: languages).findings.map(\.message)
    }

    private func changed(_ old: String, _ new: String) throws -> String {
        try #require(Samples.scale.contains(old))
        return Samples.scale.replacing(old, with: new, maxReplacements: 1)
    }

    @Test("an exercise that is as it should be is proven")
    func proven() throws {
        #expect(try findings(Samples.scale) == [])
    }

    @Test("what a scaffold holds is proven")
    func scaffold() throws {
        let exercise = try Exercise(
            text: ExerciseScaffold.text("my-first"), path: "my-first.dock", folder: ".")
        let proof = Proof(exercise, languages: ["en", "zh"])
        #expect(proof.findings == [])
        #expect(proof.checks == 1 + 2 * 20 + 2)
    }

    @Test(
        "what is wrong with an exercise is said",
        arguments: [
            ("goal kept \"The image", "goal \"The image", "holds at the start"),
            ("scale deployment/${app} --replicas=${replicas}", "get pods", "does not solve it"),
            (" zh \"商店必须在线。\"", "", "forbid/allow 1 is not there in zh"),
            ("--replicas=2 }", "--replicas=${replicas} }", "wrong answer \"too few\" passes"),
            ("run other --image=nginx:1.27", "get pods", "not by pitfall \"by-hand\""),
            ("node add n1 n2", "node add n1 n2; frobnicate", "itself goes wrong"),
            ("exercise \"scale\"", "exercise \"other\"", "its file `scale.dock`"),
        ])
    func findings(_ old: String, _ new: String, _ expected: String) throws {
        let found: [String]
        do {
            found = try findings(changed(old, new))
        } catch let problem as ExerciseProblem {
            found = [problem.line, "itself goes wrong"]
        }
        #expect(found.contains { $0.contains(expected) }, "\(found)")
    }
}
