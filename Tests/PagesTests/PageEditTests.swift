import Testing

@testable import Pages

/// Files that a page has changed in an editor, and what pages leave to their readers.
@Suite("edits and what hangs on them")
struct PageEditTests {
    private func run(_ text: String) -> [PageItem] {
        PageRunner.run(text, path: "page.md", folder: "/nowhere").items
    }

    private func block(_ lines: String...) -> String {
        "```shell\n" + lines.joined(separator: "\n") + "\n```\n"
    }

    private static let dry = "kubectl run box --image=busybox --dry-run=client -o yaml"

    @Test("the manifest below an editor's call is the file, and no output of the command before")
    func wholeFile() {
        let items = run(
            block("\(Self.dry) > pod.yaml", "vi pod.yaml")
                + """
                ```yaml
                apiVersion: v1
                kind: Pod
                metadata: {name: other}
                spec:
                  containers: [{name: box, image: nginx}]
                ```

                """ + block("kubectl create -f pod.yaml"))
        #expect(items.map(\.verdict) == [.ran, .ran])
        #expect(items.last?.output == "pod/other created\n")
    }

    @Test(
        "a part of an object below an editor's call is worked into the file, containers by their names"
    )
    func part() {
        let items = run(
            block("\(Self.dry) -- sleep 1h > pod.yaml", "vi pod.yaml")
                + """
                ```yaml
                containers:
                - name: second
                  image: nginx
                ```

                """
                + block(
                    "kubectl create -f pod.yaml",
                    "kubectl get pod box -o jsonpath='{.spec.containers[*].name}'"))
        #expect(items.last.map { Set($0.output.split(separator: " ")) } == ["second", "box"])
    }

    @Test(
        "a part stands where its fields belong",
        arguments: [
            ("volumes: []", "Pod", ".spec.volumes"),
            ("volumes: []", "Deployment", ".spec.template.spec.volumes"),
            ("volumes: []", "CronJob", ".spec.jobTemplate.spec.template.spec.volumes"),
            ("replicas: 3", "Deployment", ".spec.replicas"),
            ("labels: {a: b}", "Pod", ".metadata.labels"),
            ("spec: {replicas: 3}", "Deployment", ".spec.replicas"),
        ])
    func places(_ part: String, _ kind: String, _ path: String) {
        var value = ManifestText.whole(part, kind: kind)
        for field in path.split(separator: ".") { value = value?[String(field)] }
        #expect(value?.isNull == false)
    }

    @Test("what hangs on an edit that the page does not show is not simulated")
    func unknownEdit() {
        let items = run(
            block(
                "\(Self.dry) -- sleep 1h > pod.yaml", "vi pod.yaml", "kubectl create -f pod.yaml",
                "kubectl exec box -c second -- ls"))
        #expect(
            items.last?.verdict
                == .notSimulated(
                    "line 3 has changed box in an editor, and the page does not show how"))
    }

    @Test("a file that a failed command was to write is not there")
    func unwritten() {
        let items = run(
            block(
                "kubectl create secret generic s --from-file=id_rsa --dry-run=client -o yaml > s.yaml",
                "kubectl apply -f s.yaml"))
        #expect(
            items.map(\.verdict) == [
                .notSimulated("the page does not show id_rsa"),
                .notSimulated("s.yaml comes from line 2, which did not write it"),
            ])
    }

    @Test(
        "a loop that makes what is there replaces all of it, in the namespace of flag or manifest")
    func loops() {
        let items = run(
            block(
                "kubectl create ns shop", "kubectl run web1 --image=nginx -n shop",
                "kubectl run web2 --image=nginx -n shop",
                "for i in 1 2 3; do kubectl run web$i --image=nginx --namespace=shop; done"))
        guard case .differs(let reasons) = items.last?.verdict else {
            Issue.record("\(String(describing: items.last?.verdict))")
            return
        }
        #expect(reasons.count == 2)
    }

    @Test("a comment that says so makes a failure what is to be shown")
    func expectedFailure() {
        let items = run(
            block(
                "kubectl run web --image=nginx",
                "kubectl exec web -- sh -c 'exit 3' # this should not work",
                "kubectl exec web -- sh -c 'exit 3' # shows the files"))
        #expect(items[1].verdict == .ran)
        #expect(items[2].verdict != .ran)
    }

    @Test("an address outside of the cluster is not simulated, in a container neither")
    func strangers() {
        let items = run(
            block(
                "kubectl run a --image=busybox --rm -it --restart=Never -- wget -O- 10.1.1.131:80",
                "kubectl run b --image=busybox --rm -it --restart=Never -- wget -O- http://www.example.com"
            ))
        #expect(items[0].verdict == .notSimulated("an address that is none of this cluster"))
        #expect(items[1].verdict == .notSimulated("www.example.com is outside of the cluster"))
    }

    @Test("a loop without an end goes on for as many lines as are shown, and ten at least")
    func endless() {
        let items = run(
            block(
                "kubectl run web --image=nginx --port=80", "kubectl expose pod web",
                "while sleep 1; do curl -s -o /dev/null -w 'ok\\n' http://web; done",
                "kubectl get pods"))
        #expect(items[2].verdict == .ran)
        #expect(items[2].output.split(separator: "\n").count == 10)
        #expect(items[3].verdict == .ran)
    }

    @Test("what a Service selects is made with it when a command asks the Service")
    func behindService() {
        let items = run(
            """
            ```yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop-v1}
            spec:
              selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop}}
                spec:
                  containers: [{name: c, image: nginx, ports: [{containerPort: 80}]}]
            ```
            ```yaml
            apiVersion: v1
            kind: Service
            metadata: {name: shop}
            spec:
              selector: {app: shop}
              ports: [{port: 80}]
            ```
            ```
            $ curl -s -o /dev/null -w '%{http_code}' http://shop
            200
            ```
            """)
        #expect(items.last?.verdict == .asPrinted)
    }

    @Test("kubectl run --schedule and flags within $( ) run as they are written today")
    func oldForms() {
        let items = run(
            "```\nkubectl run hello --schedule='* * * * *' --restart=OnFailure --image=busybox -- date\n"
                + "$ pods=$(kubectl get pods -l a=b -o jsonpath={.items..metadata.name} -a)\n```\n")
        #expect(items.count == 2)
        #expect(items[0].ranAs?.hasPrefix("kubectl create cronjob hello --schedule=") == true)
        #expect(
            items[1].ranAs == "pods=$(kubectl get pods -l a=b -o jsonpath={.items..metadata.name})")
    }

    @Test(
        "a page that names one machine in a command has others, but where that is how one alone is called"
    )
    func machines() {
        func nodes(_ name: String) -> Int {
            PageNodes(Page(parsing: block("kubectl taint node \(name) a=b:NoSchedule"))).statements
                .count
        }
        #expect(nodes("node1") == 3)
        #expect(nodes("minikube") == 1)
    }

    @Test("an Ingress of v1beta1 becomes one of v1")
    func ingress() {
        let items = run(
            """
            ```yaml
            apiVersion: extensions/v1beta1
            kind: Ingress
            metadata:
              name: fruit
            spec:
              backend:
                serviceName: other
                servicePort: web
              rules:
              - http:
                  paths:
                  - path: /apple
                    backend:
                      serviceName: apple
                      servicePort: 5678
                  - backend:
                      servicePort: 80
                      serviceName: rest
            ```
            ```
            kubectl create -f ingress.yaml
            kubectl get ingress fruit -o jsonpath='{.spec.defaultBackend.service.port.name} {.spec.rules[0].http.paths[*].backend.service.port.number} {.spec.rules[0].http.paths[1].pathType}'
            ```
            """)
        #expect(items.last?.output == "web 5678 80 ImplementationSpecific")
    }

    @Test("a manifest that grows on the page is the file as it stands last, and is applied once")
    func grows() {
        func pod(_ more: String) -> String {
            "```yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n"
                + "  containers: [{name: web, image: nginx\(more)}]\n```\n\n"
        }
        let items = run(
            "Begin with `pod.yaml`:\n\n" + pod("") + "Then add a port.\n\n"
                + pod(", ports: [{containerPort: 80}]")
                + "```\n$ kubectl apply -f pod.yaml\npod/web created\n"
                + "$ kubectl get pod web -o jsonpath={.spec.containers[0].ports[0].containerPort}\n80\n```\n"
        )
        #expect(items.map(\.verdict) == [.asPrinted, .asPrinted])
    }

    @Test(
        "dots in place of a value, or of lines, are what the author left out; at the very end they end it"
    )
    func dots() {
        #expect(ManifestText.isElided("kind: Job\nspec:\n  ..."))
        #expect(ManifestText.isElided("kind: Job\n...\nspec: {}"))
        #expect(!ManifestText.isElided("kind: Job\nspec: {}\n..."))
    }

    @Test("what an image listens to that declares no port is not known")
    func unknownServer() {
        let items = run(
            block(
                "kubectl create deployment web --image=example/site",
                "kubectl expose deployment web --port=3000", "curl web:3000/a"))
        #expect(
            items.last?.verdict
                == .notSimulated(
                    "what example/site listens to is not known here: it declares no such port"))
        #expect(
            PageRunner.servers(in: "kubectl exec a -- wget -qO- https://b.c/d e:9").map(\.port) == [
                443, 9,
            ])
    }

    @Test("a pod that waits for a ConfigMap which nothing makes")
    func wanting() {
        let items = run(
            """
            ```yaml web.yaml
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec:
              containers: [{name: web, image: nginx}]
              volumes: [{name: c, configMap: {name: conf}}]
            ```
            ```
            $ kubectl create -f web.yaml
            $ kubectl exec web -- ls
            ```
            """)
        #expect(
            items.last?.verdict
                == .notSimulated(
                    "web waits for configmap \"conf\", which nothing on the page makes"))
    }

    @Test("a class of storage that the page's claims name and that it does not make is there")
    func storage() {
        func manifest(_ kind: String, _ name: String, _ spec: String) -> String {
            "```yaml\napiVersion: v1\nkind: \(kind)\nmetadata: {name: \(name)}\nspec: \(spec)\n```\n\n"
        }
        let claim = manifest("PersistentVolumeClaim", "data", "{storageClassName: fast}")
        #expect(PageStorage(Page(parsing: claim)).manifest?.contains("name: \"fast\"") == true)
        let volume = manifest("PersistentVolume", "v", "{storageClassName: fast}")
        #expect(PageStorage(Page(parsing: claim + volume)).manifest == nil)
    }

    @Test(
        "a file that a command has written grows as well, and what is there of it is applied once")
    func growsFromCommand() {
        let items = run(
            block("\(Self.dry) -- sleep 1h > box.yaml")
                + """
                Add a volume:

                ```yaml
                apiVersion: v1
                kind: Pod
                metadata: {name: box}
                spec:
                  containers: [{name: box, image: busybox, args: [sleep, 1h]}]
                  volumes: [{name: v, emptyDir: {}}]
                ```
                ```
                $ kubectl apply -f box.yaml
                pod/box created
                $ kubectl get pod box -o jsonpath={.spec.volumes[0].name}
                v
                ```
                """)
        #expect(items.map(\.verdict) == [.ran, .asPrinted, .asPrinted])
    }

    @Test("of manifests without a name the last one above is the file")
    func lastAbove() {
        func pod(_ image: String) -> String {
            "```yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n"
                + "  containers: [{name: web, image: \(image)}]\n```\n\nThen:\n\n"
        }
        let items = run(
            pod("nginx:1") + pod("nginx:2")
                + "```\n$ kubectl apply -f pod.yaml\npod/web created\n"
                + "$ kubectl get pod web -o jsonpath={.spec.containers[0].image}\nnginx:2\n```\n")
        #expect(items.map(\.verdict) == [.asPrinted, .asPrinted])
    }
}
