import Reports
import Syntax
import Testing

@testable import Pages

@Suite("running pages")
struct PageRunTests {
    private func run(_ text: String) -> PageResult {
        PageRunner.run(text, path: "page.md", folder: "/nowhere")
    }

    private static let manifest = """
        ```yaml
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: web}
        spec:
          serviceName: web
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: [{name: nginx, image: "nginx:1.25"}]
        ```

        """

    @Test("a page that is right goes as printed, at the instants that it shows")
    func right() {
        let result = run(
            Self.manifest + """
                ```
                $ kubectl apply -f web.yaml
                statefulset.apps/web created
                $ kubectl get pods
                NAME    READY   STATUS    RESTARTS   AGE
                web-0   1/1     Running   0          5m
                web-1   1/1     Running   0          5m
                web-2   1/1     Running   0          5m
                $ kubectl set image statefulset/web nginx=nginx:1.26
                statefulset.apps/web image updated
                $ kubectl get pods
                NAME    READY   STATUS        RESTARTS   AGE
                web-0   1/1     Running       0          5m
                web-1   1/1     Running       0          5m
                web-2   1/1     Terminating   0          5m
                $ kubectl get pods
                NAME    READY   STATUS              RESTARTS   AGE
                web-0   1/1     Running             0          5m
                web-1   1/1     Running             0          5m
                web-2   0/1     ContainerCreating   0          1s
                ```
                """)
        #expect(result.items.map(\.verdict) == Array(repeating: .asPrinted, count: 5))
        #expect(result.virtualMilliseconds > 300_000)
    }

    @Test("a state that never comes is told, and the run goes on from where it is nearest")
    func wrong() {
        let result = run(
            Self.manifest + """
                ```
                $ kubectl apply -f web.yaml
                statefulset.apps/web created
                $ kubectl get pods
                NAME    READY   STATUS             RESTARTS   AGE
                web-0   1/1     CrashLoopBackOff   0          5m
                $ kubectl get statefulset
                NAME   READY   AGE
                web    3/3     5m
                ```
                """)
        #expect(
            result.items[1].verdict
                == .differs(["web-0: STATUS is CrashLoopBackOff on the page, Running here"]))
        #expect(result.items[2].verdict == .asPrinted)
        #expect(result.differing == 1 && result.asPrinted == 2)
    }

    @Test("names that chance gives are those of this run in later commands")
    func names() {
        let result = run(
            """
            ```
            $ kubectl create deployment web --image=nginx
            deployment.apps/web created
            $ kubectl get pods
            NAME                   READY   STATUS    RESTARTS   AGE
            web-6b8fd8bd9-x7k2p    1/1     Running   0          10s
            $ kubectl delete pod web-6b8fd8bd9-x7k2p
            pod "web-6b8fd8bd9-x7k2p" deleted
            ```
            """)
        #expect(result.asPrinted == 3)
        #expect(result.items[2].ranAs?.contains("x7k2p") == false)
    }

    @Test("a version of the API that is gone is a difference once, and the page goes on")
    func oldVersion() {
        let result = run(
            """
            ```yaml
            apiVersion: extensions/v1beta1
            kind: Deployment
            metadata:
              name: web
            spec:
              replicas: 1
              template:
                metadata:
                  labels:
                    app: web
                spec:
                  containers:
                  - name: nginx
                    image: nginx
            ```
            ```
            $ kubectl create -f web.yaml
            deployment "web" created
            $ kubectl get deployments
            NAME      DESIRED   CURRENT   UP-TO-DATE   AVAILABLE   AGE
            web       1         1         1            1           10s
            ```
            """)
        #expect(result.differing == 1 && result.asPrinted == 1 && result.failed == 0)
    }

    @Test("what is not of a cluster is not simulated; what fails otherwise fails")
    func verdicts() {
        let result = run(
            """
            ```
            $ docker ps
            $ kubectl describe pod <pod-name>
            $ kubectl delete pod nobody
            $ kubectl scale deployment --replicas
            ```
            """)
        #expect(result.notSimulated == 3)
        #expect(result.failed == 1)
    }

    @Test("machines are those that the page lists, with their roles")
    func nodes() {
        let page = Page(
            parsing: """
                ```
                $ kubectl get nodes
                NAME     STATUS   ROLES           AGE   VERSION
                master   Ready    control-plane   1d    v1.30.0
                node-1   Ready    <none>          1d    v1.30.0
                ```
                """)
        #expect(
            PageNodes(page).statements == [
                "node add master --label node-role.kubernetes.io/control-plane= "
                    + "--taint node-role.kubernetes.io/control-plane:NoSchedule --version v1.30.0",
                "node add node-1 --version v1.30.0",
            ])
        #expect(PageNodes(Page(parsing: "")).statements.count == 3)
    }

    @Test("updating changes outputs that differ and nothing else, and once is enough")
    func update() {
        let text =
            Self.manifest.replacing("\n", with: "\r\n") + """
                1. Look:

                   ```
                   $ kubectl apply -f web.yaml
                   statefulset.apps/web configured
                   $ kubectl get statefulset
                   NAME   READY   AGE
                   web    3/3     9m
                   ```
                """
        let first = PageUpdate.text(of: text, run(text))
        #expect(first == text.replacing("configured", with: "created"))
        #expect(PageUpdate.text(of: first, run(first)) == first)
    }

    @Test("the result is told as that of a script with a scenario for each command")
    func reports() {
        let text = "```\n$ kubectl get pod x\nNAME\n$ kubectl get ns\n$ docker ps\n```\n"
        let script = run(text).script(Source(name: "page.md", text: text))
        #expect(
            script.scenarios.map(\.title) == [
                "line 2: kubectl get pod x", "line 4: kubectl get ns", "line 5: docker ps",
            ])
        #expect(script.scenarios.map(\.isPassed) == [false, true, false])
        #expect(script.scenarios[2].isSkipped)
    }

    @Test("the same seed gives the same result")
    func determinism() {
        let text =
            Self.manifest
            + "```\n$ kubectl apply -f web.yaml\n$ kubectl get pods -o wide\nNAME\n```\n"
        #expect(run(text).items.map(\.output) == run(text).items.map(\.output))
    }
}
