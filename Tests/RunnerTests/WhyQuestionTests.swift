import Testing

@testable import Language
@testable import Runner

@Suite("Questions to why")
struct WhyQuestionTests {
    /// A question about a world with a node, a deployment of two pods and a Pending pod; the first line of its answer.
    @Test(
        "are read as they are written",
        arguments: [
            ("why deployment web", "deployment/web is rolled out"),
            ("why deploy/web", "deployment/web is rolled out"),
            ("why deployment/web not 2 replicas", "deployment/web has 2 pods, all of them ready"),
            ("why deployment/web 2", "deployment/web asks for 2 pods, and has them"),
            ("why deployment/web not 5 pods", "deployment/web asks for 2 pods, not for 5"),
            ("why pod/big pending", "pod/big is Pending"),
            ("why pod/big not pending", "pod/big is pending"),
            ("why pod big is not ready", "pod/big is Pending"),
            ("why node/worker-1 not ready", "node/worker-1 is ready"),
            ("why nodes", "node/worker-1 is ready"),
            ("why gone pod/big", "pod/big is not gone"),
            ("why gone pod big", "pod/big is not gone"),
            ("why", "pod/big is Pending"),
            ("why -n kube-public", "nothing is wrong in namespace kube-public"),
        ])
    func answers(question: String, start: String) {
        let lines = output(question)
        #expect(lines.first?.hasPrefix(start) == true, "\(lines)")
    }

    @Test(
        "that cannot be answered say what can be asked",
        arguments: [
            (
                "why pod/bgi",
                "error: there is no pod/bgi in namespace default; did you mean pod/big?"
            ),
            ("why pod/big pendign", "error: why understands no `pendign`: write a state"),
            ("why pod/big bound", "error: a Pod cannot be `bound`; it can be"),
            ("why configmap/kube-root-ca.crt 3", "error: a ConfigMap has no number of replicas"),
            ("why gone", "error: why gone takes an object, as in: why gone pod/web-1"),
            ("why gone pod/big pending", "error: why gone takes no `pending`"),
            ("why pods not ready", "error: `not ready` is asked of one object"),
            ("why all", "error: why takes one kind or object; all are several"),
            ("why nodes --nodes", "error: --nodes is for one pod"),
            ("why pod/big -o yaml", "error: why shows text or json, not yaml"),
            ("why jobs", "error: there are no jobs in namespace default"),
        ])
    func refusals(question: String, start: String) {
        let lines = output(question)
        #expect(lines.contains { $0.hasPrefix(start) }, "\(lines)")
    }

    @Test("change nothing: the world goes on as if nobody had asked")
    func changesNothing() {
        let asked = ScenarioFolder.runText(
            story + "why\nwhy pod/big --nodes\nwhy deployment/web not 5\n" + rest)
        let unasked = ScenarioFolder.runText(story + rest)
        #expect(asked.traces == unasked.traces)
        #expect(asked.exitCode == 0)
    }

    private let story = """
        node add worker-1 --cpu 2
        create deployment web --image=nginx --replicas=2
        kubectl run big --image=nginx --overrides='{"spec":{"containers":[{"name":"big","image":"nginx","resources":{"requests":{"cpu":"3"}}}]}}'
        advance 5s

        """
    private let rest = """
        scale deployment/web --replicas=4
        node add worker-2
        advance 30s

        """

    private func output(_ question: String) -> [String] {
        let run = ScenarioFolder.runText(story + "print \"end of the story\"\n" + question + "\n")
        let parts = run.output.split(separator: "end of the story\n")
        return parts.count < 2 ? [run.output] : parts[1].split(separator: "\n").map(String.init)
    }
}
