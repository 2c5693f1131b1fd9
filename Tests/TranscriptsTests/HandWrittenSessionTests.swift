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
        error: deployments.apps "web" is invalid
        A copy of your changes has been stored to "/tmp/kubectl-edit-{*}.yaml"
        error: Edit cancelled, no valid changes were saved.
        [exit 1]
        $ KUBE_EDITOR="sed -i /./d" kubectl edit deploy web --validate=false
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
        $ rm -r tmp; ls
        web.yaml

        """#

    /// What `edit` does with what an editor leaves, round by round.
    private static let editRounds = #"""
        # edit, round by round
        -- file web.yaml --
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: web
        data: {size: small}
        -- file more.yaml --
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: more
        data: {size: small}
        -- session --
        $ kubectl apply -f web.yaml -f more.yaml
        configmap/web created
        configmap/more created
        $ KUBE_EDITOR="sed -i s/small/large/" kubectl edit configmap web --output-patch --save-config=false
        Patch: {"data":{"size":"large"},"metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"apiVersion\":\"v1\",\"data\":{\"size\":\"large\"},\"kind\":\"ConfigMap\",\"metadata\":{\"annotations\":{},\"name\":\"web\",\"namespace\":\"default\"}}\n"}}}
        configmap/web edited
        $ KUBE_EDITOR="sed -i 's/size: large/size: [/'" kubectl edit configmap web
        error: configmaps "web" is invalid
        A copy of your changes has been stored to "/tmp/kubectl-edit-2.yaml"
        error: Edit cancelled, no valid changes were saved.
        [exit 1]
        $ sed -n 5,9p /tmp/kubectl-edit-2.yaml
        # configmaps "web" was not valid:
        # * <nil>: Invalid value: "The edited file failed validation": yaml: line {*}
        #
        apiVersion: v1
        data:
        $ rm -r /tmp; KUBE_EDITOR="sed -i 's/^kind: ConfigMap/kind: Konfig/'" kubectl edit configmap web
        A copy of your changes has been stored to "/tmp/kubectl-edit-2.yaml"
        error: Edit cancelled, no valid changes were saved.
        [exit 1]
        $ sed -n 5,7p /tmp/kubectl-edit-2.yaml
        # The edited file had a syntax error: resource mapping not found for name: "web" namespace: "default" from "edited-file": no matches for kind "Konfig" in version "v1"
        # ensure CRDs are installed first
        #
        $ rm -r /tmp; KUBE_EDITOR="sed -i 's/^  name: web/  name: wob/'" kubectl edit configmap web
        A copy of your changes has been stored to "/tmp/kubectl-edit-1.yaml"
        error: At least one of apiVersion, kind and name was changed
        [exit 1]
        $ KUBE_EDITOR="sed -i 's/namespace: default/namespace: other/'" kubectl edit configmap web
        A copy of your changes has been stored to "/tmp/kubectl-edit-2.yaml"
        error: the namespace from the provided object "other" does not match the namespace "default". You must pass '--namespace=other' to perform this operation.
        [exit 1]
        $ KUBE_EDITOR="sed -i 's/resourceVersion: .*/resourceVersion: \"1\"/'" kubectl edit configmap web
        error: configmaps "web" could not be patched: Operation cannot be fulfilled on configmaps "web": the object has been modified; please apply your changes to the latest version and try again
        You can run `kubectl replace -f /tmp/kubectl-edit-3.yaml` to try this update again.
        [exit 1]
        $ rm -r /tmp; sed -i 's/resourceVersion: "1"//' web.yaml; KUBE_EDITOR="sed -i s/size:.small/size:\ tiny/" kubectl edit -f web.yaml -f more.yaml
        configmap/web skipped
        configmap/more edited
        $ KUBE_EDITOR="sed -i s/tiny/wide/" kubectl edit configmap/more -o json --windows-line-endings=true -o name
        error: unable to match a printer suitable for the output format "name", allowed formats are: json,yaml
        [exit 1]
        $ KUBE_EDITOR="cat" kubectl edit configmap/more -o json | head -n 3
        Edit cancelled, no changes made.
        {
            "apiVersion": "v1",
            "data": {
        $ KUBE_EDITOR="sed -i s/small/medium/" kubectl apply edit-last-applied configmap/more
        configmap/more edited
        $ kubectl apply view-last-applied configmap/more
        apiVersion: v1
        data:
          size: medium
        kind: ConfigMap
        metadata:
          annotations: {}
          name: more
          namespace: default
        $ kubectl apply set-last-applied -f web.yaml -f more.yaml
        configmap/web configured
        configmap/more configured
        $ kubectl apply set-last-applied -f web.yaml
        set-last-applied web: no changes required.
        $ kubectl create configmap plain --from-literal=a=b
        configmap/plain created
        $ KUBE_EDITOR=true kubectl apply edit-last-applied configmap/plain
        error: no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`
        [exit 1]
        $ KUBE_EDITOR="sed -i s/web/two/" kubectl create -f web.yaml --edit --save-config
        configmap/two created
        $ KUBE_EDITOR=true kubectl create -f web.yaml --edit
        Edit cancelled, no changes made.
        $ KUBE_EDITOR="sed -i s/small/large/" kubectl create -f web.yaml --edit
        A copy of your changes has been stored to "/tmp/kubectl-edit-1.yaml"
        Error from server (AlreadyExists): configmaps "web" already exists
        [exit 1]
        $ KUBE_EDITOR=emacs kubectl edit configmap web
        error: unable to launch the editor "emacs"
        [exit 1]
        $ kubectl edit configmap web
        error: there is no terminal for an editor here; say what it would do (`edit deployment/web { replace "nginx:1.25" with "nginx:1.26" }`), name a program as one (`KUBE_EDITOR="sed -i s/1.25/1.26/" kubectl edit deployment/web`), or use `patch`, `set` or `apply -f`
        [exit 1]

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
        Client Version: v1.36.2
        Kustomize Version: v5.8.1
        Server Version: v1.36.2
        $ kubectl apply -f f.yaml
        error: resource mapping not found for name: "e" namespace: "" from "f.yaml": no matches for kind "Deploymen" in version "apps/v1"
        ensure CRDs are installed first
        [exit 1]
        $ kubectl create ns foo
        namespace/foo created
        $ kubectl describe ns foo
        Name:  foo
        Labels:  kubernetes.io/metadata.name=foo
        Annotations:  <none>
        Status:  Active

        No resource quota.

        No LimitRange resource.
        $ kubectl get ns --show-labels
        NAME  STATUS  AGE  LABELS
        default  Active  {age}  kubernetes.io/metadata.name=default
        foo  Active  {age}  kubernetes.io/metadata.name=foo
        kube-node-lease  Active  {age}  kubernetes.io/metadata.name=kube-node-lease
        kube-public  Active  {age}  kubernetes.io/metadata.name=kube-public
        kube-system  Active  {age}  kubernetes.io/metadata.name=kube-system
        $ kubectl get pv,pvc
        No resources found
        $ kubectl patch ns foo -p 'garbage'
        Error from server (BadRequest): json: cannot unmarshal string into Go value of type map[string]interface {}
        [exit 1]
        $ kubectl patch ns foo -p '{"kind":"Foo"}'
        namespace/foo patched (no change)
        $ kubectl patch ns foo --type=json -p '{"op":"x"}'
        Error from server (BadRequest): error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp
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

    @Test("a session prints what kubectl prints", arguments: [edit, editRounds, texts])
    func session(text: String) throws {
        let transcript = try TranscriptCase(parsing: text, path: "area/session.case")
        let driver = TranscriptDriver { try SimulatedTranscriptWorld($0) }
        let run = driver.run(transcript)
        #expect(run.failure == nil)
        #expect(run.results.filter { !$0.verdict.isMatch }.map(\.command) == [])
        #expect(run.isMatch)
    }
}
