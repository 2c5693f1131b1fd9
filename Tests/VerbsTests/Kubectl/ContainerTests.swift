import Testing
import Value

/// `exec`, `attach`, `cp` and `run` with a terminal.
@Suite("commands in containers")
struct ContainerTests {
    let bench: VerbBench

    init() throws { bench = try VerbBench() }

    /// Applies a manifest and waits until its pods run.
    func apply(_ manifest: String) throws {
        bench.files.texts["x.yaml"] = manifest
        try bench.run("apply -f x.yaml")
        try bench.advance(seconds: 5)
    }

    /// A pod of busybox that sleeps; `spec` are lines of its container.
    func box(_ name: String = "box", spec: String = "", volumes: String = "") -> String {
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: \(name), labels: {app: \(name)}}
        spec:
          terminationGracePeriodSeconds: 1
          volumes: [\(volumes)]
          containers:
          - name: main
            image: busybox
            command: [sleep, 1d]
            \(spec)
        """
    }

    func shell(_ script: String, in pod: String = "box") throws -> String {
        try bench.run("exec \(pod) -- sh -c \"\(script)\"")
    }

    // MARK: exec

    @Test("run in the pod's container, and tell its exit code as kubectl does")
    func running() throws {
        try apply(box())
        #expect(try bench.run("exec box -- hostname") == "box\n")
        #expect(try bench.run("exec pod/box -c main -- echo a b") == "a b\n")
        #expect(
            try shell("exit 3") == "command terminated with exit code 3\n[exit 3]\n")
        #expect(try bench.run("exec -i box -- cat", input: "typed\n") == "typed\n")
        #expect(try bench.run("exec -i box -- sh", input: "echo a; echo b\n") == "a\nb\n")
        let text = try bench.run("exec box -- frob")
        #expect(
            text.hasPrefix(
                "error: Internal error occurred: error executing command in container: failed to exec in "
                    + "container: failed to start exec \""))
        #expect(
            text.contains(
                "OCI runtime exec failed: exec failed: unable to start container process: exec: "
                    + "\"frob\": executable file not found in $PATH: unknown\n(simulated containers have: "
            ))
    }

    @Test("let the world's time pass while they sleep")
    func sleeping() throws {
        try apply(box())
        let before = bench.cluster.clock.now
        _ = try shell("sleep 10; date")
        #expect(bench.cluster.clock.now - before == 10_250)
        #expect(try bench.run("exec box -- timeout 5 sleep 60").contains("exit code 124"))
        let endless = try bench.run("exec box -- tail -f /etc/hosts")
        #expect(endless.contains("error: the command did not end within 1h of virtual time"))
    }

    @Test("choose the container as kubectl does")
    func choosing() throws {
        try apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: two}
            spec:
              initContainers: [{name: first, image: busybox, command: [sh, -c, exit 0]}]
              containers:
              - {name: a, image: nginx}
              - {name: b, image: busybox, command: [sleep, 1d]}
            """)
        #expect(
            try bench.run("exec two -- hostname")
                == "Defaulted container \"a\" out of: a, b, first (init)\ntwo\n")
        #expect(try bench.run("exec two -q -- hostname") == "two\n")
        #expect(try bench.run("exec two -c b -- which sh") == "/bin/sh\n")
        #expect(
            try bench.run("exec two -c no -- ls")
                == "error: container no is not valid for pod two out of: a, b, first (init)\n[exit 1]\n"
        )
        #expect(
            try bench.run("exec two -c first -- ls")
                == "error: Internal error occurred: unable to upgrade connection: container not found "
                + "(\"first\")\n[exit 1]\n")
    }

    @Test("find a workload's pod")
    func workloads() throws {
        bench.files.texts["x.yaml"] = Manifests.deployment()
        try bench.run("apply -f x.yaml")
        try bench.settle()
        #expect(try bench.run("exec deploy/web -- hostname").hasPrefix("web-"))
        try bench.run("expose deploy/web --port=80")
        #expect(try bench.run("exec svc/web -- hostname").hasPrefix("web-"))
        #expect(
            try bench.run("exec deploy/web -- cat /etc/nginx/conf.d/default.conf").contains(
                "listen"))
    }

    @Test("are refused where nothing runs")
    func refused() throws {
        try bench.run("run once --image=busybox --restart=Never -- sh -c 'exit 0'")
        try bench.settle()
        #expect(
            try bench.run("exec once -- ls")
                == "error: cannot exec into a container in a completed pod; current phase is Succeeded\n[exit 1]\n"
        )
        try bench.run("run bare --image=registry.k8s.io/pause:3.9")
        try bench.advance(seconds: 5)
        let text = try bench.run("exec bare -- sh")
        #expect(text.contains("exec: \"sh\": executable file not found in $PATH"))
        #expect(text.contains("the image has no shell"))
    }

    // MARK: Volumes

    @Test("a claim keeps its files when its pod comes back; an emptyDir and the container's own go")
    func volumes() throws {
        bench.files.texts["claim.yaml"] = """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """
        try bench.run("apply -f claim.yaml")
        let manifest = box(
            spec:
                "volumeMounts: [{name: c, mountPath: /c}, {name: e, mountPath: /e}, {name: h, mountPath: /h}]",
            volumes:
                "{name: c, persistentVolumeClaim: {claimName: data}}, {name: e, emptyDir: {}}, {name: h, hostPath: {path: /srv}}"
        )
        try apply(manifest)
        #expect(
            try shell("for d in /c /e /h /tmp; do echo one > $d/f; done; df /c | tail -1").contains(
                "/c"))
        #expect(try shell("kill 1") == "command terminated with exit code 137\n[exit 137]\n")
        try bench.advance(seconds: 20)
        // The container started again: its own files are gone, those of volumes are not.
        #expect(try shell("cat /c/f /e/f /h/f; ls /tmp") == "one\none\none\n")
        #expect(
            try bench.run("get pod box -o jsonpath='{.status.containerStatuses[0].restartCount}'")
                == "1")
        let node = try bench.run("get pod box -o jsonpath='{.spec.nodeName}'")
        try bench.run("delete pod box")
        let other = node == "node-1" ? "node-2" : "node-1"
        try apply(manifest.replacing("  volumes:", with: "  nodeName: \(other)\n  volumes:"))
        #expect(try shell("cat /c/f; ls /e /h") == "one\n/e:\n\n/h:\n")
        try bench.run("delete pod box")
        try apply(manifest.replacing("  volumes:", with: "  nodeName: \(node)\n  volumes:"))
        #expect(try shell("cat /h/f") == "one\n")
    }

    @Test("containers of a pod share an emptyDir, and what their commands write is there")
    func sharing() throws {
        try apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: pair}
            spec:
              initContainers:
              - name: init
                image: busybox
                command: [sh, -c, "echo from init > /work/index.html"]
                volumeMounts: [{name: v, mountPath: /work}]
              containers:
              - name: web
                image: nginx
                volumeMounts: [{name: v, mountPath: /usr/share/nginx/html}]
              - name: writer
                image: debian
                command: ["/bin/sh", "-c"]
                args: ["while true; do date >> /html/log; sleep 10; done"]
                volumeMounts: [{name: v, mountPath: /html}]
              volumes: [{name: v, emptyDir: {}}]
            """)
        #expect(
            try bench.run("exec pair -c web -- cat /usr/share/nginx/html/index.html")
                == "from init\n")
        try bench.advance(seconds: 100)
        let lines = try bench.run("exec pair -c web -- wc -l /usr/share/nginx/html/log")
        #expect(lines == "11 /usr/share/nginx/html/log\n")
        let last = try bench.run("exec pair -c writer -- tail -1 /html/log")
        #expect(last.hasPrefix("Wed Jan  1 00:01:4"))
    }

    @Test("config maps follow after the kubelet's next look, but not by subPath or in variables")
    func configMaps() throws {
        try bench.run("create configmap conf --from-literal=color=red --from-literal=size=9")
        try apply(
            box(
                spec:
                    "volumeMounts: [{name: c, mountPath: /etc/conf}, {name: c, mountPath: /etc/color, subPath: color}]\n"
                    + "    env: [{name: COLOR, valueFrom: {configMapKeyRef: {name: conf, key: color}}}]",
                volumes: "{name: c, configMap: {name: conf}}"))
        #expect(try shell("cat /etc/conf/color /etc/color; echo $COLOR") == "redredred\n")
        #expect(
            try shell("ls /etc/conf; readlink /etc/conf/color") == "color\nsize\n..data/color\n")
        try bench.run("patch configmap conf -p '{\"data\":{\"color\":\"blue\"}}'")
        #expect(try shell("cat /etc/conf/color") == "red")
        try bench.advance(seconds: 60)
        #expect(try shell("cat /etc/conf/color /etc/color; echo $COLOR") == "blueredred\n")
        #expect(try shell("echo x > /etc/conf/color").contains("Read-only file system"))
        try bench.run("delete pod box")
        try apply(
            box(
                spec: "env: [{name: COLOR, valueFrom: {configMapKeyRef: {name: conf, key: color}}}]"
            ))
        #expect(try shell("echo $COLOR") == "blue\n")
    }

    @Test("secrets, projections and the downward API are files and variables")
    func sources() throws {
        try bench.run("create secret generic s --from-literal=user=admin")
        try apply(
            box(
                spec:
                    "resources: {limits: {cpu: 250m, memory: 64Mi}}\n"
                    + "    volumeMounts: [{name: s, mountPath: /s}, {name: d, mountPath: /d}]\n"
                    + "    envFrom: [{secretRef: {name: s}, prefix: S_}]\n"
                    + "    env:\n"
                    + "    - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}\n"
                    + "    - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1m}}}\n"
                    + "    - {name: MIX, value: '$(POD)-$(S_user)-$(NO)-$$(POD)'}",
                volumes:
                    "{name: s, secret: {secretName: s, defaultMode: 0400, items: [{key: user, path: a/name}]}}, "
                    + "{name: d, downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}}"
            ))
        #expect(
            try shell("cat /s/a/name; echo; stat -c %a /s/a/name; cat /d/labels")
                == "admin\n400\napp=\"box\"")
        #expect(
            try shell("echo $S_user $POD $CPU $MIX") == "admin box 250 box-admin-$(NO)-$(POD)\n")
        let account = "/var/run/secrets/kubernetes.io/serviceaccount"
        #expect(
            try shell("ls \(account); cat \(account)/namespace")
                == "ca.crt\nnamespace\ntoken\ndefault")
        #expect(try shell("cut -d. -f1 \(account)/token | base64 -d").contains("RS256"))
        #expect(
            try shell("echo $KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT") == "10.96.0.1:443\n"
        )
    }

    @Test("the kubelet's own files say what the pod's spec says")
    func hostFiles() throws {
        try apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: box}
            spec:
              hostname: me
              subdomain: group
              hostAliases: [{ip: 1.2.3.4, hostnames: [a.b, c]}]
              dnsPolicy: None
              dnsConfig: {nameservers: [9.9.9.9], searches: [x.y], options: [{name: ndots, value: '2'}]}
              containers: [{name: main, image: busybox, command: [sleep, 1d]}]
            """)
        #expect(
            try shell("cat /etc/hostname; hostname; hostname -f")
                == "me\nme\nme.group.default.svc.cluster.local\n")
        #expect(
            try shell("tail -3 /etc/hosts")
                == "\n# Entries added by HostAliases.\n1.2.3.4\ta.b\tc\n")
        #expect(
            try shell("cat /etc/resolv.conf") == "search x.y\nnameserver 9.9.9.9\noptions ndots:2\n"
        )
    }
}
