import Reports
import Syntax
import Testing

@testable import Pages

/// What a cluster refuses as well, with the line of the page that is the cause.
@Suite("refusals that the page has made itself")
struct PageRefusalTests {
    private func run(_ text: String) -> PageResult {
        PageRunner.run(text, path: "page.md", folder: "/nowhere")
    }

    private func block(_ lines: String...) -> String {
        "```shell\n" + lines.joined(separator: "\n") + "\n```\n"
    }

    private func refusal(_ item: PageItem?) -> (error: String, cause: String)? {
        guard case .refused(let error, let cause) = item?.verdict else { return nil }
        return (error, cause)
    }

    @Test("what was deleted is not found: the line that deleted it")
    func deletedTwice() {
        let result = run(
            block(
                "kubectl create job pi --image=perl -- perl -v", "kubectl delete job pi",
                "# or", "kubectl delete job/pi"))
        let found = refusal(result.items.last)
        #expect(found?.error == "Error from server (NotFound): jobs.batch \"pi\" not found")
        #expect(found?.cause == "line 3 has deleted it")
        #expect(result.refused == 1 && result.failed == 0)
    }

    @Test("what goes with its owner is ended by the line that deleted the owner")
    func owned() {
        let result = run(
            """
            ```
            $ kubectl create deployment web --image=nginx
            $ kubectl get rs
            NAME             DESIRED   CURRENT   READY   AGE
            web-7957885594   1         1         1       5m
            $ kubectl delete deployment web
            $ kubectl get pods --watch-only=false
            $ kubectl delete rs web-7957885594
            ```
            """)
        #expect(refusal(result.items.last)?.cause == "line 6 has deleted it")
    }

    @Test("what is there already and no reader can take away: the line that made it")
    func madeTwice() {
        let result = run(block("kubectl create namespace shop", "kubectl create namespace shop"))
        let found = refusal(result.items.last)
        #expect(found?.error.hasSuffix("namespaces \"shop\" already exists") == true)
        #expect(found?.cause == "line 2 has made it")
    }

    @Test(
        "a label or an annotation that has a value: the line that set it",
        arguments: ["label", "annotate"])
    func overwrite(_ verb: String) {
        let result = run(
            block(
                "kubectl run web --image=nginx", "kubectl \(verb) pod web tier=front",
                "kubectl \(verb) pod web tier=back"))
        #expect(
            refusal(result.items.last)?.cause == "line 3 has set it; --overwrite would change it")
    }

    @Test("a kind that no version serves any more: since when")
    func goneKind() {
        let result = run(
            """
            ```yaml
            apiVersion: policy/v1beta1
            kind: PodSecurityPolicy
            metadata: {name: strict}
            ```
            ```
            $ kubectl apply -f psp.yaml
            ```
            """)
        #expect(
            refusal(result.items.last)?.cause
                == "policy/v1beta1 has served no PodSecurityPolicy since Kubernetes 1.25")
    }

    @Test("a field that cannot be changed: the line that made the object")
    func immutable() {
        let manifest = """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: pi}
            spec:
              completions: 1
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: pi, image: NAME}]
            """
        let result = run(
            "```yaml a.yaml\n\(manifest.replacing("NAME", with: "perl:1"))\n```\n"
                + block("kubectl apply -f a.yaml")
                + "```yaml b.yaml\n\(manifest.replacing("NAME", with: "perl:2"))\n```\n"
                + block("kubectl apply -f b.yaml"))
        #expect(
            refusal(result.items.last)?.cause
                == "line 13 has made it, and that cannot be changed afterwards")
    }

    @Test("a quota that is used up: the line that made it")
    func quota() {
        let result = run(
            block(
                "kubectl create quota few --hard=pods=1", "kubectl run one --image=nginx",
                "kubectl run two --image=nginx"))
        #expect(refusal(result.items.last)?.cause == "line 2 has made that quota")
    }

    @Test("a machine that the page itself has closed: the line that closed it")
    func closed() {
        let result = run(
            "<!-- drydock: node add n1 -->\n"
                + block(
                    "kubectl taint node n1 a=b:NoSchedule",
                    "kubectl create deployment web --image=nginx",
                    "kubectl rollout status deployment web --timeout=30s"))
        #expect(
            refusal(result.items.last)?.cause
                == "line 3 has tainted n1, and no machine takes the pod")
    }

    @Test("what no line of the page has caused is a failure")
    func noCause() {
        let result = run(block("kubectl create sa default", "kubectl create ns default"))
        #expect(result.refused == 0 && result.failed == 2)
    }

    @Test("it is told with error and cause, counted apart, and a failure in reports")
    func told() {
        let text = block("kubectl create ns shop", "kubectl create ns shop")
        let result = run(text)
        let told = PageReport(showsAll: false, usesColor: false).text(result)
        #expect(
            told == """
                page.md:3: refused as a cluster refuses it: kubectl create ns shop
                    Error from server (AlreadyExists): namespaces "shop" already exists
                    line 2 has made it
                page.md: 0 as printed, 1 ran, 0 differ, 0 failed, 1 refused, 0 not simulated

                """)
        let script = result.script(Source(name: "page.md", text: text))
        #expect(script.scenarios.map(\.isPassed) == [true, false])
    }

    @Test("a claim that a pod uses stays: the line that made the pod")
    func claimInUse() {
        let result = run(
            """
            ```yaml all.yaml
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec:
              containers: [{name: web, image: nginx}]
              volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]
            ```
            ```
            $ kubectl apply -f all.yaml
            $ kubectl delete pvc data
            ```
            """)
        #expect(
            refusal(result.items.last)?.cause
                == "line 15 has made a pod that uses it, and while there is one it stays")
    }
}
