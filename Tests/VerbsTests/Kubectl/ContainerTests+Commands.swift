import Testing
import Value

extension ContainerTests {
    // MARK: Commands of containers

    @Test("an init container that waits for a service lets the others begin once there is one")
    func waiting() throws {
        try apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: app}
            spec:
              initContainers:
              - name: wait
                image: busybox
                command: [sh, -c, "until nslookup db; do echo waiting for db; sleep 2; done"]
              containers: [{name: main, image: nginx}]
            """)
        try bench.advance(seconds: 60)
        #expect(
            try bench.run("get pod app -o jsonpath='{.status.initContainerStatuses[0].state}'")
                .contains("running"))
        try bench.run("create service clusterip db --tcp=80")
        try bench.advance(seconds: 10)
        #expect(try bench.run("get pod app -o jsonpath='{.status.phase}'") == "Running")
    }

    @Test("a command that finds nothing fails, and its container with it")
    func failing() throws {
        try bench.run("run a --image=busybox --restart=Never -- sh -c 'test -f /nothing'")
        try bench.run(
            "run b --image=busybox --restart=Never -- sh -c 'cat /etc/passwd | grep -q root'")
        try bench.run(
            "run c --image=busybox --restart=Never -- sh -c 'sleep 3; echo bye > /dev/termination-log; exit 5'"
        )
        try bench.settle()
        let state = "{.items[*].status.containerStatuses[0].state.terminated.exitCode}"
        #expect(try bench.run("get pods -o jsonpath='\(state)'") == "1 0 5")
        #expect(
            try bench.run(
                "get pod c -o jsonpath='{.status.containerStatuses[0].state.terminated.message}'")
                == "bye\n")
    }

    @Test("a probe's command finds what the container's own command leaves")
    func probes() throws {
        try apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: live}
            spec:
              containers:
              - name: main
                image: busybox
                args: [/bin/sh, -c, touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600]
                livenessProbe: {exec: {command: [cat, /tmp/healthy]}, initialDelaySeconds: 5, periodSeconds: 5}
            """)
        try bench.advance(seconds: 20)
        #expect(
            try bench.run("get pod live -o jsonpath='{.status.containerStatuses[0].restartCount}'")
                == "0")
        try bench.advance(seconds: 50)
        #expect(
            try bench.run("get pod live -o jsonpath='{.status.containerStatuses[0].restartCount}'")
                == "1")
        #expect(
            try bench.run("describe pod live").contains(
                "Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory"))
    }

    @Test("a hook's command leaves its files")
    func hooks() throws {
        try apply(
            box(
                spec:
                    "lifecycle: {postStart: {exec: {command: [sh, -c, 'echo Hello > /usr/share/message']}}}"
            ))
        #expect(try shell("cat /usr/share/message") == "Hello\n")
    }

    // MARK: run and attach

    @Test("run --rm shows what the command prints, tells its exit code and deletes the pod")
    func runOnce() throws {
        #expect(
            try bench.run(
                "run -i --rm t --image=busybox --restart=Never -- sh -c 'echo hi; hostname'")
                == "hi\nt\npod \"t\" deleted from default namespace\n")
        #expect(
            try bench.run(
                "run -i --rm u --image=busybox --restart=Never -- sh -c 'echo no; exit 4'")
                == "no\npod \"u\" deleted from default namespace\npod default/u terminated (Error)\n[exit 4]\n"
        )
        #expect(try bench.run("get pods") == "No resources found in default namespace.\n")
        let slow = try bench.run(
            "run -i --rm s --image=busybox --restart=Never -- sh -c 'sleep 5; echo late'")
        #expect(slow.contains("If you don't see a command prompt, try pressing enter.\nlate\n"))
    }

    @Test("run -it gives a shell whose end is the container's")
    func runShell() throws {
        let text = try bench.run(
            "run -it --rm t --image=busybox --restart=Never -- sh", input: "cd /tmp\npwd\n")
        #expect(
            text == "All commands and output from this session will be recorded in container logs, "
                + "including credentials and sensitive information passed through the command prompt.\n"
                + "If you don't see a command prompt, try pressing enter.\n"
                + "/ # cd /tmp\n/tmp # pwd\n/tmp\n/tmp # exit\n"
                + "Session ended, resume using 'kubectl attach t -c t -n default -i -t' command\n"
                + "pod \"t\" deleted from default namespace\n")
    }

    @Test("attach comes back to a shell that still runs")
    func attaching() throws {
        try apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: sh}
            spec:
              containers: [{name: main, image: busybox, stdin: true, tty: true}]
            """)
        let text = try bench.run("attach sh -it -q", input: "x=1\necho $x\nexit 2\n")
        #expect(text == "/ # x=1\n/ # echo $x\n1\n/ # exit 2\n")
        try bench.advance(seconds: 5)
        #expect(
            try bench.run(
                "get pod sh -o jsonpath='{.status.containerStatuses[0].lastState.terminated.exitCode}'"
            ) == "2")
        try apply(box())
        #expect(
            try bench.run("attach box -it").hasPrefix(
                "error: Unable to use a TTY - container main did not allocate one\n"))
    }

    // MARK: cp

    @Test("cp carries files and folders both ways")
    func copying() throws {
        try apply(box())
        bench.files.texts["a.txt"] = "A\n"
        bench.files.texts["dir/b.txt"] = "B\n"
        bench.files.texts["dir/sub/c.txt"] = "C\n"
        #expect(try bench.run("cp a.txt box:/tmp") == "")
        #expect(try bench.run("cp dir default/box:/tmp/there -c main") == "")
        #expect(try shell("cat /tmp/a.txt /tmp/there/b.txt /tmp/there/sub/c.txt") == "A\nB\nC\n")
        #expect(
            try bench.run("cp box:/tmp/there back")
                == "tar: removing leading '/' from member names\n")
        #expect(bench.files.texts["back/sub/c.txt"] == "C\n")
        #expect(try bench.run("cp box:etc/hostname name") == "")
        #expect(bench.files.texts["name"] == "box\n")
        #expect(
            try bench.run("cp no.txt box:/tmp")
                == "error: no.txt doesn't exist in local filesystem\n[exit 1]\n"
        )
        #expect(
            try bench.run("cp a.txt box:/no/where/x").contains(
                "can't change directory to '/no/where'"))
        #expect(try bench.run("cp box:/nope x").contains("tar: /nope: No such file or directory"))
    }

    @Test("names are looked up as the pod's resolver does")
    func names() throws {
        try apply(box())
        try bench.run("create service clusterip db --tcp=80")
        #expect(try shell("nslookup db").contains("Name:\tdb.default.svc.cluster.local\n"))
        #expect(try bench.run("exec box -- nslookup none").contains("can't find none: NXDOMAIN"))
        #expect(
            try bench.run("exec box -- dig +short db.default.svc.cluster.local").hasPrefix("10.")
        )
    }

    // MARK: Worlds

    @Test("a look changes nothing: the same is found however often somebody looked before")
    func looking() throws {
        let manifest = box(
            spec: "volumeMounts: [{name: e, mountPath: /e}]", volumes: "{name: e, emptyDir: {}}"
        ).replacing(
            "command: [sleep, 1d]",
            with:
                "command: [sh, -c, 'i=0; while true; do i=$((i+1)); echo $i >> /e/f; sleep 7; done']"
        )
        let other = try VerbBench()
        try apply(manifest)
        other.files.texts["x.yaml"] = manifest
        try other.run("apply -f x.yaml")
        try other.advance(seconds: 5)
        for _ in 0..<10 {
            _ = try shell("wc -l /e/f")
            try bench.advance(seconds: 10)
            try other.advance(seconds: 10)
            _ = try other.cluster.advance(by: 250)
        }
        let command = "exec box -- sh -c \"cat /e/f | tr '\\n' ' '\""
        #expect(try bench.run(command) == other.run(command))
    }
}
