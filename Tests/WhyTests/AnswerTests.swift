import API
import Cluster
import Model
import Testing
import Value
import Verbs

@testable import Why

@Suite("Answers to why")
struct AnswerTests {
    @Test("of a world in which nothing is wrong say what was looked at")
    func nothingWrong() throws {
        let cluster = SimulatedCluster()
        let findings = try Answer.to(
            WhyQuestion(.everything, namespace: "default"), in: cluster)
        #expect(findings.count == 1)
        #expect(findings[0].isFine)
        #expect(findings[0].text == "nothing is wrong in namespace default")
    }

    @Test("about an object that never was name the nearest one")
    func unknown() throws {
        let cluster = SimulatedCluster()
        try cluster.addNode("worker-1")
        let question = WhyQuestion(
            .object(.node, ObjectKey(namespace: "", name: "worker-2")), namespace: "default")
        #expect(
            throws: WhyProblem("there is no node/worker-2; did you mean node/worker-1?")
        ) {
            try Answer.to(question, in: cluster)
        }
    }

    @Test("know the states that a question may claim, and no others")
    func states() {
        #expect(ClaimedState.words == WhyText.states)
    }
}
