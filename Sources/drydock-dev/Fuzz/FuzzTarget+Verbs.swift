import Language
import Session
import Verbs

/// The verbs: their flags and arguments, in a world of two objects.
extension FuzzTarget {
    static let verbs = FuzzTarget(
        name: "verbs",
        seeds: [
            "get pods,deploy/web -n default -o jsonpath={.items[*].metadata.name} -l app!=x --sort-by=.metadata.name",
            "get deployment web -o custom-columns=A:.metadata.name,B:.spec.x --show-labels -A",
            "get events -w --field-selector=type!=Normal --for=deployment/web --no-headers",
            "create deployment a --image=nginx:1.25 --replicas=3 --port=80 --dry-run=client -o yaml",
            "create job j --image=x --from=cronjob/c -- sleep 5",
            "create quota q --hard=cpu=1,pods=2",
            "create configmap c --from-literal=a=b --from-file=x=web.yaml --append-hash",
            "create secret generic s --from-literal=a=b", "create service nodeport s --tcp=80:8080",
            "create role r --verb=get,list --resource=pods.apps",
            "create cronjob c --image=x --schedule=@daily",
            "run p --image=x --restart=Never --labels=a=b,c=d --env=A=1 --command -- a b",
            "expose deployment web --port=80 --target-port=http --type=NodePort --name=s",
            "set image deployment/web *=nginx:2 --local -f web.yaml -o json",
            "set env deploy/web A=1 B-",
            "set resources deploy web --limits=cpu=200m,memory=512Mi -c=main",
            "set selector svc/a a=b",
            "scale --replicas=-1 --current-replicas=2 deploy/web --timeout=1s",
            "rollout undo deployment/web --to-revision=9223372036854775807",
            "rollout status deploy web --timeout=5s -w=false",
            "rollout history deploy/web --revision=2", "rollout pause deploy/web",
            "autoscale deploy web --min=2 --max=1 --cpu-percent=50",
            "patch deployment web --type=json -p [{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{}}]",
            "label deployment web a=b c- --overwrite --resource-version=1",
            "annotate deploy --all a=b --list",
            "taint nodes n1 a=b:NoSchedule c:NoExecute-",
            "drain n1 --ignore-daemonsets --timeout=5s --pod-selector=a",
            "delete deployment,svc web --cascade=orphan --grace-period=0 --force --wait=false",
            "delete -f web.yaml",
            "apply -f web.yaml --prune -l a=b --dry-run=server",
            "replace --force -f web.yaml --grace-period=1",
            "wait deployment/web --for=jsonpath={.status.x}=3 --timeout=2s",
            "wait --for=condition=Available=false deploy --all",
            "describe deploy/web --show-events=false",
            "logs deploy/web -c main --tail=-5 --since=1h -p",
            "top pods --sort-by=cpu --containers",
            "explain deploy.spec.template --recursive --api-version=apps/v1",
            "auth can-i get pods --as=x", "config set-context --current --namespace=x",
            "api-resources --verbs=list --namespaced=true",
            "node add n2 --cpu 4 --memory 8Gi --pods 3 --label a=b --taint a=b:NoSchedule",
            "node fail n1",
            "load deployment/web cpu=80% memory=5Mi --total", "advance 5s", "seed 9",
            "feature-gate A=true",
            "log --tail -1 --since 5s", "dig +short web.default.svc.cluster.local SRV",
            "nslookup -type=a web",
            "diff -f web.yaml", "kustomize .", "debug n1 -it --image=x", "cp a b",
            "exec -it web -- ls",
        ]
    ) { text in
        let words = text.split { " \n".contains($0) }.map(String.init)
        let session = Session(SessionOptions(), files: ScriptFiles(folder: "/nonexistent")) { _ in }
        let cluster = session.cluster
        var looks = 0
        session.interruptCheck = {
            looks += 1
            return looks > 2_000
        }
        do {
            try cluster.addNode("n1")
            try session.files.memory.place(manifest, at: "web.yaml")
            for command in [["apply", "-f", "web.yaml"], words] where !command.isEmpty {
                let code = try VerbRegistry.run(
                    command,
                    in: VerbContext(
                        cluster.connection, session: session, files: session.files,
                        output: VerbOutput { _, _ in }, timeLimit: 60_000))
                guard (0...255).contains(code) else { return "the exit status \(code)" }
            }
        } catch {
            // What a script would be told, or an end of its own to make.
            return nil
        }
        let wrong = cluster.inconsistencies()
        return wrong.isEmpty ? nil : wrong.joined(separator: "; ")
    }

    private static let manifest = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: main, image: nginx}]}
        """
}
