import Testing

@testable import Pages

@Suite("comparing outputs")
struct ComparisonTests {
    private func differences(_ page: String, _ here: String, _ command: String = "kubectl get pods")
        -> [String]
    {
        OutputComparer(command: command) { _ in true }
            .compare(page.split(separator: "\n").map(String.init), here).differences
    }

    @Test("ages, random names, addresses and the order of rows are no difference")
    func chance() {
        let page = """
            NAME                   READY     STATUS    RESTARTS   AGE   IP           NODE
            web-7957885594-2wx4l   1/1       Running   0          5m    10.244.0.2   node-2
            web-7957885594-r8n9j   1/1       Running   0          5m    10.244.1.2   node-1
            """
        let here = """
            NAME                  READY   STATUS    RESTARTS   AGE   IP           NODE       NOMINATED NODE   READINESS GATES
            web-6b8fd8bd9-x7k2p   1/1     Running   0          1s    10.244.3.9   worker-1   <none>           <none>
            web-6b8fd8bd9-b5c6d   1/1     Running   0          1s    10.244.3.8   worker-2   <none>           <none>
            """
        #expect(differences(page, here).isEmpty)
    }

    @Test(
        "counts, states and columns that never were are differences",
        arguments: [
            (
                "NAME    READY   STATUS    RESTARTS   AGE\nweb-0   1/1     Running   0          1s",
                "web-0: STATUS is Running on the page, Pending here"
            ),
            (
                "NAME    READY   STATUS    RESTARTS   AGE\nweb-0   1/1     Pending   0          1s\nweb-1   1/1     Pending   0          1s",
                "the page shows 1 row that this run does not: web-1"
            ),
            (
                "NAME    READY   STATUS    RESTARTS   HEALTH\nweb-0   1/1     Pending   0          good",
                "the page has a column HEALTH, which this command has never had"
            ),
        ])
    func substance(page: String, difference: String) {
        let here =
            "NAME    READY   STATUS    RESTARTS   AGE\nweb-0   1/1     Pending   0          1s\n"
        #expect(differences(page, here) == [difference])
    }

    @Test("columns of older versions are translated")
    func oldColumns() {
        let page =
            "NAME   DESIRED   CURRENT   UP-TO-DATE   AVAILABLE   AGE\nweb    3         3         3            3           18s"
        let here =
            "NAME   READY   UP-TO-DATE   AVAILABLE   AGE\nweb    3/3     3            3           1s\n"
        #expect(differences(page, here).isEmpty)
        #expect(
            differences(page.replacing("web    3", with: "web    5"), here) == [
                "web: DESIRED is 5 on the page, 3 here"
            ])
    }

    @Test("a table that has lost the width of its columns is read all the same")
    func narrow() {
        let page = "NAME READY STATUS RESTARTS AGE\nweb-0 1/1 Running 2 (5m ago) 9m"
        let here =
            "NAME    READY   STATUS    RESTARTS      AGE\nweb-0   1/1     Running   2 (10s ago)   20s\n"
        #expect(differences(page, here).isEmpty)
    }

    @Test(
        "messages of older versions say the same",
        arguments: [
            ("deployment \"web\" created", "deployment.apps/web created"),
            ("deployment.extensions/web scaled", "deployment.apps/web scaled"),
            ("pod \"web-0\" deleted", "pod \"web-0\" deleted from default namespace"),
            (
                "daemonsets \"web\"\nREVISION  CHANGE-CAUSE\n1         <none>",
                "daemonset.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n"
            ),
            ("\"web\" patched", "statefulset.apps/web patched"),
            ("node \"a\" cordoned", "node/a cordoned"),
            (
                "Waiting for rollout to finish: 1 of 2\ndeployment \"web\" successfully rolled out",
                "deployment \"web\" successfully rolled out\n"
            ),
        ])
    func messages(page: String, here: String) {
        #expect(differences(page, here, "kubectl x").isEmpty)
    }

    @Test("another message is a difference")
    func otherMessages() {
        #expect(
            differences(
                "deployment.apps/web created", "deployment.apps/web unchanged", "kubectl apply -f x"
            )
                == [
                    "the page has \"deployment.apps/web created\", this run \"deployment.apps/web unchanged\""
                ])
    }

    @Test(
        "names lose what chance or a hash has put at their end, and nothing else",
        arguments: [
            ("web-7957885594-2wx4l", "web-#-#"), ("web-2wx4l", "web-#"), ("web-0", "web-0"),
            ("helloworld-daemonset", "helloworld-daemonset"), ("fluentd-64dc6799c9", "fluentd-#"),
            ("kube-proxy", "kube-proxy"), ("my-nginx", "my-nginx"), ("web-cache", "web-cache"),
        ])
    func names(name: String, form: String) { #expect(PageToken.name(name) == form) }

    @Test("ages are ranges")
    func ages() {
        #expect(PageToken.age("4m44s") == 284...284)
        #expect(PageToken.age("25m") == 1500...1559)
        #expect(PageToken.age("Running") == nil)
        #expect(PageToken.age("3") == nil)
    }
}
