import Testing

@testable import Transcripts

/// Sessions written by hand, for what no recording at hand shows.
@Suite struct HandWrittenSessionTests {
    /// `edit` with the editors that a shell line can name.
    private static let edit = #"""
        # edit
        -- file web.yaml --
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
          selector:
            matchLabels: {app: web}
          template:
            metadata:
              labels: {app: web}
            spec:
              containers:
              - name: nginx
                image: nginx:1.12
        -- session --
        $ kubectl apply -f web.yaml
        deployment.apps/web created
        ~ settle
        $ KUBE_EDITOR="sed -i s/nginx:1.12/nginx:1.13/" kubectl edit deploy web
        deployment.apps/web edited
        $ kubectl get deploy web -o jsonpath='{.spec.template.spec.containers[0].image}'
        nginx:1.13
        $ KUBE_EDITOR=true kubectl edit deploy/web
        Edit cancelled, no changes made.
        $ EDITOR=false kubectl edit deploy web
        error: there was a problem with the editor "false"
        [exit 1]
        $ KUBE_EDITOR="sed -i /./d" kubectl edit deploy web
        Edit cancelled, saved file was empty.
        $ KUBE_EDITOR="sed -i s/app:.web/app:x/" kubectl edit deploy web
        error: deployments.apps "web" is invalid
        A copy of your changes has been stored to "/tmp/kubectl-edit-{*}.yaml"
        error: Edit cancelled, no valid changes were saved.
        [exit 1]
        $ export KUBE_EDITOR="sed -i s/replicas:.2/replicas:\ 3/"; kubectl edit deploy web
        deployment.apps/web edited
        $ kubectl get deploy web -o jsonpath='{.spec.replicas}'
        3
        $ KUBE_EDITOR=true kubectl edit deploy nope
        Error from server (NotFound): deployments.apps "nope" not found
        [exit 1]
        $ ls
        web.yaml

        """#

    /// Versions, missing hints, labels of Namespaces, refused patches, histories of all workloads.
    private static let texts = #"""
        # versions and hints
        -- file f.yaml --
        apiVersion: apps/v1
        kind: Deploymen
        metadata:
          name: e
        -- session --
        $ kubectl version
        Client Version: v1.32.4
        Kustomize Version: v5.5.0
        Server Version: v1.20.2
        WARNING: version difference between client (1.32) and server (1.20) exceeds the supported minor version skew of +/-1
        $ kubectl apply -f f.yaml
        error: resource mapping not found for name: "e" namespace: "" from "f.yaml": no matches for kind "Deploymen" in version "apps/v1"
        ensure CRDs are installed first
        [exit 1]
        $ kubectl create ns foo
        namespace/foo created
        $ kubectl describe ns foo
        Name:  foo
        Labels:  <none>
        Annotations:  <none>
        Status:  Active

        No resource quota.

        No LimitRange resource.
        $ kubectl get ns --show-labels
        NAME  STATUS  AGE  LABELS
        default  Active  {age}  <none>
        foo  Active  {age}  <none>
        kube-node-lease  Active  {age}  <none>
        kube-public  Active  {age}  <none>
        kube-system  Active  {age}  <none>
        $ kubectl get pv,pvc
        No resources found
        $ kubectl patch ns foo -p 'garbage'
        Error from server (BadRequest): json: cannot unmarshal string into Go value of type map[string]interface {}
        [exit 1]
        $ kubectl patch ns foo -p '{"kind":"Foo"}'
        namespace/foo patched (no change)
        $ kubectl patch ns foo --type=json -p '{"op":"x"}'
        Error from server (BadRequest): error decoding patch: json: cannot unmarshal object into Go value of type []interface {}
        [exit 1]
        $ kubectl rollout history deploy
        $ kubectl create deployment w --image=a
        deployment.apps/w created
        $ kubectl create deployment v --image=a
        deployment.apps/v created
        ~ settle
        $ kubectl set image deploy/w a=b
        deployment.apps/w image updated
        ~ settle
        $ kubectl rollout history deploy
        deployment.apps/v
        REVISION  CHANGE-CAUSE
        1  <none>

        deployment.apps/w
        REVISION  CHANGE-CAUSE
        1  <none>
        2  <none>

        $ kubectl rollout undo deploy/w --dry-run=client
        deployment.apps/w Pod Template:
          Labels:	app=w
        	pod-template-hash={hash}
          Containers:
           a:
            Image:	a
            Port:	<none>
            Host Port:	<none>
            Environment:	<none>
            Mounts:	<none>
          Volumes:	<none>
          Node-Selectors:	<none>
          Tolerations:	<none>
         (dry run)

        """#

    @Test("a session prints what kubectl prints", arguments: [edit, texts])
    func session(text: String) throws {
        let transcript = try TranscriptCase(parsing: text, path: "area/session.case")
        let driver = TranscriptDriver { try SimulatedTranscriptWorld($0) }
        let run = driver.run(transcript)
        #expect(run.failure == nil)
        #expect(run.results.filter { !$0.verdict.isMatch }.map(\.command) == [])
        #expect(run.isMatch)
    }
}
