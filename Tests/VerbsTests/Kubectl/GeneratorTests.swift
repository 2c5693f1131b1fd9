import Testing

import Verbs

@Suite struct GeneratorTests {
    @Test("generators print kubectl's own manifests", arguments: GeneratorGoldens.all)
    func goldens(line: String, text: String) throws {
        let bench = try VerbBench(nodes: 0)
        let words = line.split(separator: " -- ", maxSplits: 1).map(String.init)
        let tail = words.count == 2 ? " -- \(words[1])" : ""
        #expect(try bench.run("\(words[0]) --dry-run=client -o yaml\(tail)") == text)
    }

    @Test("what exists already is an error in each generator's own words")
    func existing() throws {
        let bench = try VerbBench(nodes: 0)
        for (line, made, refused) in [
            (
                "create deployment d --image=a", "deployment.apps/d created",
                "error: failed to create deployment: deployments.apps \"d\" already exists"
            ),
            (
                "create configmap c --from-literal=a=b", "configmap/c created",
                "error: failed to create configmap: configmaps \"c\" already exists"
            ),
            (
                "create secret generic s --from-literal=a=b", "secret/s created",
                "error: failed to create secret secrets \"s\" already exists"
            ),
            (
                "create namespace n", "namespace/n created",
                "Error from server (AlreadyExists): namespaces \"n\" already exists"
            ),
            (
                "create service clusterip v --tcp=80", "service/v created",
                "error: failed to create ClusterIP service: services \"v\" already exists"
            ),
            (
                "run p --image=nginx", "pod/p created",
                "Error from server (AlreadyExists): pods \"p\" already exists"
            ),
            (
                "autoscale deploy d --max=3", "horizontalpodautoscaler.autoscaling/d autoscaled",
                "error: failed to create autoscaling/v2 HPA and the configuration is incompatible "
                    + "with autoscaling/v1: empty input"
            ),
        ] {
            #expect(try bench.run(line) == "\(made)\n")
            #expect(try bench.run(line) == "\(refused)\n[exit 1]\n")
        }
    }

    @Test("a role's resources are resolved and sorted by group")
    func roles() throws {
        let bench = try VerbBench(nodes: 0)
        #expect(
            try bench.run(
                "create role r --verb=get,list --resource=deploy,pods,pods/log "
                    + "--dry-run=client -o yaml") == """
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: Role
                    metadata:
                      name: r
                    rules:
                    - apiGroups:
                      - ""
                      resources:
                      - pods
                      - pods/log
                      verbs:
                      - get
                      - list
                    - apiGroups:
                      - apps
                      resources:
                      - deployments
                      verbs:
                      - get
                      - list

                    """)
    }

    @Test("configmaps take files, folders and environment files")
    func dataSources() throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts = [
            "a.txt": "hello\n", "conf/x.ini": "1", "conf/y.ini": "2", "env": "# c\nA=1\n\nB=x=y\n",
        ]
        try bench.run("create cm one --from-file=a.txt --from-file=k=a.txt --from-file=conf")
        #expect(
            try bench.run("get cm one -o jsonpath='{.data}'")
                == #"{"a.txt":"hello\n","k":"hello\n","x.ini":"1","y.ini":"2"}"#)
        try bench.run("create cm two --from-env-file=env")
        #expect(try bench.run("get cm two -o jsonpath='{.data}'") == #"{"A":"1","B":"x=y"}"#)
    }
}
