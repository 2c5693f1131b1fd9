import Testing

import Verbs

@Suite struct ChangingTests {
    /// Lines that follow one another on one cluster, each with what it prints.
    private func check(_ bench: VerbBench, _ steps: [(line: String, text: String)]) throws {
        for (line, text) in steps {
            #expect(try bench.run(line) == text, "\(line)")
        }
    }

    private func bench() throws -> VerbBench {
        let bench = try VerbBench(nodes: 1)
        bench.files.texts["web.yaml"] = Manifests.deployment()
        try bench.run("apply -f web.yaml")
        try bench.settle()
        return bench
    }

    @Test("labels and annotations")
    func metadata() throws {
        try check(
            bench(),
            [
                ("label deploy web tier=front", "deployment.apps/web labeled\n"),
                ("label deploy web tier=front", "deployment.apps/web not labeled\n"),
                (
                    "label deploy web tier=back",
                    "error: 'tier' already has a value (front), and --overwrite is false\n[exit 1]\n"
                ),
                ("label deploy web tier=back --overwrite", "deployment.apps/web labeled\n"),
                ("label deploy web --list", "tier=back\n"),
                (
                    "label deploy web tier- other=x", "deployment.apps/web modified\n"
                ),
                ("label deploy web other-", "deployment.apps/web unlabeled\n"),
                (
                    "label deploy web none-",
                    "label \"none\" not found.\ndeployment.apps/web not labeled\n"
                ),
                ("annotate deploy web note='a b'", "deployment.apps/web annotated\n"),
                ("get deploy web -o jsonpath={.metadata.annotations.note}", "a b"),
                (
                    "label deploy web a=b a-",
                    "error: can not both modify and remove a label in the same command\n[exit 1]\n"
                ),
                (
                    "label deploy web x=y --dry-run=client",
                    "deployment.apps/web labeled (dry run)\n"
                ),
                ("get deploy -l x=y -o name", ""),
                (
                    "label deploy web x='b c'",
                    "error: invalid label value: \"x=b c\": a valid label must be an empty string or "
                        + "consist of alphanumeric characters, '-', '_' or '.', and must start and "
                        + "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or "
                        + "'12345', regex used for validation is "
                        + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')\n[exit 1]\n"
                ),
                ("label deploy web a=b=c", "error: invalid label spec: a=b=c\n[exit 1]\n"),
                ("annotate deploy web a=b=c", "deployment.apps/web annotated\n"),
            ])
    }

    @Test("set changes the template, and says nothing where nothing changes")
    func set() throws {
        try check(
            bench(),
            [
                ("set image deploy/web nginx=nginx:1.26", "deployment.apps/web image updated\n"),
                ("set image deploy/web nginx=nginx:1.26", ""),
                (
                    "set image deploy/web other=x",
                    "error: unable to find container named \"other\"\n[exit 1]\n"
                ),
                ("set env deploy/web A=1 B=2", "deployment.apps/web env updated\n"),
                ("set env deploy/web A-", "deployment.apps/web env updated\n"),
                (
                    "get deploy web -o jsonpath='{.spec.template.spec.containers[0].env}'",
                    #"[{"name":"B","value":"2"}]"#
                ),
                (
                    "set resources deploy/web --requests=cpu=1000m",
                    "deployment.apps/web resource requirements updated\n"
                ),
                (
                    "get deploy web -o jsonpath='{.spec.template.spec.containers[0].resources}'",
                    #"{"requests":{"cpu":"1"}}"#
                ),
                (
                    "set serviceaccount deploy/web robot",
                    "deployment.apps/web serviceaccount updated\n"
                ),
                (
                    "set image deploy nginx=x",
                    "error: resource(s) were provided, but no name was specified\n[exit 1]\n"
                ),
            ])
    }

    @Test("patches in three languages")
    func patch() throws {
        try check(
            bench(),
            [
                (
                    "patch deploy web -p '{\"spec\":{\"replicas\":3}}'",
                    "deployment.apps/web patched\n"
                ),
                (
                    "patch deploy web -p '{\"spec\":{\"replicas\":3}}'",
                    "deployment.apps/web patched (no change)\n"
                ),
                (
                    "patch deploy web -p '{\"spec\":{\"replicas\":2}}}'",
                    "Error from server (BadRequest): invalid character '}' after top-level value\n"
                        + "[exit 1]\n"
                ),
                ("patch deploy web -p 'spec: {replicas: 1}'", "deployment.apps/web patched\n"),
                (
                    "patch deploy web --type=json -p '[{\"op\":\"remove\",\"path\":\"/spec/none\"}]'",
                    "The request is invalid: the server rejected our request due to an error in our "
                        + "request\n[exit 1]\n"
                ),
                (
                    "patch deploy web -p '{\"spec\":{\"nosuch\":1}}'",
                    "Warning: unknown field \"spec.nosuch\"\ndeployment.apps/web patched (no change)\n"
                ),
                (
                    "patch deploy web -p '{\"spec\":'",
                    "Error from server (BadRequest): unexpected end of JSON input\n[exit 1]\n"
                ),
                (
                    "patch deploy web",
                    "error: must specify --patch or --patch-file containing the contents of the "
                        + "patch\n[exit 1]\n"
                ),
                (
                    "patch -f web.yaml --local --type=merge -p '{\"spec\":{\"replicas\":9}}' "
                        + "-o jsonpath={.spec.replicas}", "9"
                ),
                ("get deploy web -o jsonpath={.spec.replicas}", "1"),
            ])
    }

    @Test("scale")
    func scale() throws {
        try check(
            bench(),
            [
                ("scale deploy web --replicas=3", "deployment.apps/web scaled\n"),
                (
                    "scale deploy web --current-replicas=1 --replicas=5",
                    "error: Expected replicas to be 1, was 3\n[exit 1]\n"
                ),
                (
                    "scale deploy/web --current-replicas=3 --replicas=0",
                    "deployment.apps/web scaled\n"
                ),
                (
                    "scale deploy web --replicas=-1",
                    "error: The --replicas=COUNT flag is required, and COUNT must be greater than or "
                        + "equal to 0\n[exit 1]\n"
                ),
            ])
    }

    @Test("delete waits, unless it is told not to or something failed")
    func delete() throws {
        let bench = try bench()
        try check(
            bench,
            [
                (
                    "delete deploy web --dry-run=client",
                    "deployment.apps \"web\" deleted from default namespace (dry run)\n"
                ),
                (
                    "delete deploy web --cascade=false",
                    "warning: --cascade=false is deprecated (boolean value) and can be replaced with "
                        + "--cascade=orphan.\ndeployment.apps \"web\" deleted from default namespace\n"
                ),
                ("delete deploy web --ignore-not-found", ""),
                ("delete deploy --all", "No resources found\n"),
                (
                    "delete deploy/web rs/none",
                    "Error from server (NotFound): deployments.apps \"web\" not found\n"
                        + "Error from server (NotFound): replicasets.apps \"none\" not found\n[exit 1]\n"
                ),
            ])
        #expect(try bench.run("get rs -o name").hasPrefix("replicaset.apps/web-"))
    }

    @Test("rollouts")
    func rollout() throws {
        let bench = try bench()
        try check(
            bench,
            [
                ("rollout pause deploy/web", "deployment.apps/web paused\n"),
                (
                    "rollout pause deploy/web",
                    "error: deployments.apps \"web\" is already paused\n[exit 1]\n"
                ),
                (
                    "rollout undo deploy/web",
                    VerbBench.rollbackWarning
                        + "error: no rollout history found for deployment \"web\"\n[exit 1]\n"
                ),
                ("rollout resume deploy/web", "deployment.apps/web resumed\n"),
                ("rollout restart deploy/web", "deployment.apps/web restarted\n"),
            ])
        #expect(
            try bench.run("rollout status deploy/web").hasSuffix(
                "deployment \"web\" successfully rolled out\n"))
        #expect(
            try bench.run("rollout undo deploy/web --to-revision=7")
                == VerbBench.rollbackWarning
                + "error: unable to find specified revision 7 in history\n[exit 1]\n")
        #expect(
            try bench.run("rollout history deploy") == bench.run("rollout history deploy/web"))
        let preview = try bench.run("rollout undo deploy --dry-run=client")
        #expect(
            preview.hasPrefix(
                VerbBench.rollbackWarning
                    + "deployment.apps/web Pod Template:\n  Labels:\tapp=web\n"))
        #expect(preview.hasSuffix("\n (dry run)\n"))
        #expect(
            try bench.run("rollout undo deploy/web")
                == VerbBench.rollbackWarning + "deployment.apps/web rolled back\n")
    }

    @Test("expose takes ports and selector from the object")
    func expose() throws {
        try check(
            bench(),
            [
                (
                    "expose deploy web",
                    "error: couldn't find port via --port flag or introspection\n[exit 1]\n"
                ),
                ("expose deploy web --port=80 --target-port=http", "service/web exposed\n"),
                (
                    "expose deploy web --port=80 --selector=a=b --name=other",
                    "service/other exposed\n"
                ),
                ("get svc other -o jsonpath={.spec.selector}", "{\"a\":\"b\"}"),
                (
                    "get svc web -o jsonpath='{.spec.selector}{.spec.ports}'",
                    #"{"app":"web"}[{"port":80,"protocol":"TCP","targetPort":"http"}]"#
                ),
                (
                    "expose node node-1 --port=80", "error: cannot expose a Node\n[exit 1]\n"
                ),
            ])
    }

    @Test("taints")
    func taint() throws {
        try check(
            bench(),
            [
                ("taint node node-1 a=b:NoSchedule", "node/node-1 tainted\n"),
                (
                    "taint node node-1 a=c:NoSchedule",
                    "error: node node-1 already has a taint(s) with same effect(s) and --overwrite "
                        + "is false\n[exit 1]\n"
                ),
                ("taint node node-1 a=c:NoSchedule --overwrite", "node/node-1 modified\n"),
                ("taint node node-1 a:NoSchedule-", "node/node-1 untainted\n"),
                ("taint node node-1 a-", "error: taint \"a\" not found\n[exit 1]\n"),
            ])
    }
}

@Suite struct GeneratedFromObjectsTests {
    @Test("expose and autoscale show what they would create, and a job takes a cron job's template")
    func fromObjects() throws {
        let bench = try VerbBench(nodes: 1)
        bench.files.texts["web.yaml"] = Manifests.deployment()
        try bench.run("apply -f web.yaml")
        #expect(
            try bench.run("expose deploy web --port=80 --dry-run=client -o yaml") == """
                apiVersion: v1
                kind: Service
                metadata:
                  name: web
                spec:
                  ports:
                  - port: 80
                    protocol: TCP
                    targetPort: 80
                  selector:
                    app: web
                status:
                  loadBalancer: {}

                """)
        #expect(
            try bench.run("autoscale deploy web --max=5 --cpu=50% --dry-run=client -o yaml")
                == """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata:
                  name: web
                spec:
                  maxReplicas: 5
                  metrics:
                  - resource:
                      name: cpu
                      target:
                        averageUtilization: 50
                        type: Utilization
                    type: Resource
                  scaleTargetRef:
                    apiVersion: apps/v1
                    kind: Deployment
                    name: web
                status:
                  currentMetrics: null
                  desiredReplicas: 0

                """)
        try bench.run("create cronjob tick --image=busybox --schedule='0 0 * * *' -- date")
        #expect(try bench.run("create job now --from=cronjob/tick") == "job.batch/now created\n")
        #expect(
            try bench.run(
                "get job now -o jsonpath='{.metadata.ownerReferences[0].name} "
                    + "{.spec.template.spec.containers[0].command[0]}'") == "tick date")
    }

    @Test("a kustomization merges patches by name, and its output has no namespace of its own")
    func kustomize() throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts = [
            "base/web.yaml": Manifests.deployment(),
            "base/kustomization.yaml": """
            resources: [web.yaml]
            images: [{name: nginx, newTag: "1.30"}]
            patches:
            - patch: |
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  template:
                    spec:
                      containers:
                      - name: nginx
                        env: [{name: A, value: b}]
            """,
        ]
        let text = try bench.run("kustomize base")
        #expect(text.contains("      - env:\n        - name: A\n          value: b\n"))
        #expect(text.contains("        image: nginx:1.30\n"))
        #expect(!text.contains("namespace"))
    }

    @Test("subjects are added once")
    func subjects() throws {
        let bench = try VerbBench(nodes: 0)
        try bench.run("create rolebinding b --clusterrole=view --user=a")
        #expect(
            try bench.run("set subject rolebinding b --user=a,c")
                == "rolebinding.rbac.authorization.k8s.io/b subjects updated\n")
        #expect(try bench.run("get rolebinding b -o jsonpath='{.subjects[*].name}'") == "a c")
        #expect(try bench.run("set subject rolebinding b --user=c") == "")
    }
}
