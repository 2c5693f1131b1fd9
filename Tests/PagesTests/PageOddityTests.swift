import Testing

@testable import Pages

/// Habits of tutorials that stand between a reader and the commands.
@Suite("what pages take for granted")
struct PageOddityTests {
    private func run(_ text: String) -> [PageItem] {
        PageRunner.run(text, path: "page.md", folder: "/nowhere").items
    }

    private func block(_ lines: String...) -> String {
        "```shell\n" + lines.joined(separator: "\n") + "\n```\n\n"
    }

    @Test("a block without prompts is the container's after exec -it, until it calls kubectl")
    func bareShell() {
        let items = run(
            block("kubectl run web --image=nginx") + "Look inside.\n\n"
                + block(
                    "kubectl exec -it web -- /bin/bash", "cd /usr/share/nginx/html",
                    "echo hello > greeting", "cat greeting", "kubectl get pods"))
        #expect(items.map(\.verdict) == Array(repeating: .ran, count: 6))
        #expect(items[4].output == "hello\n")
    }

    @Test("a name that no output shows is a pod's that stays, in the midst of a rollout too")
    func unseenName() {
        let items = run(
            block(
                "kubectl create deployment web --image=nginx:1.25 --replicas=3",
                "kubectl rollout status deployment web",
                "kubectl set image deployment web nginx=nginx:1.26", "kubectl get pods",
                "kubectl describe pod web-66799848c4-kpc6q | grep Image:"))
        #expect(items.map(\.verdict) == Array(repeating: .ran, count: 5))
        #expect(items[4].output.contains("nginx:1.26"), "\(items[4].output)")
    }

    @Test("a shell of kubectl run -it goes on while its commands run, and its pod goes with --rm")
    func runShell() {
        let items = run(
            block(
                "$ kubectl run -it --rm box --image=busybox -- sh", "/ # hostname", "box",
                "/ # exit", "$ kubectl get pod box --ignore-not-found"))
        #expect(items.map(\.verdict) == [.ran, .asPrinted, .ran, .ran])
        #expect(items[3].output == "")
    }

    @Test("a prompt with another machine's name behind exec -it is the container's")
    func shellOfAnotherName() {
        let items = run(
            block("$ kubectl run web --image=nginx", "$ kubectl exec -it web -- bash")
                + block("root@nginx:~# hostname", "web"))
        #expect(items.last?.verdict == .asPrinted)
    }

    @Test(
        "flags that kubectl has no more are left out, and that is told",
        arguments: [
            ("kubectl run web --image nginx --generator=run-pod/v1", "--generator"),
            ("kubectl run web --generator run-pod/v1 --image nginx", "--generator"),
            ("kubectl get pods -a", "-a"),
            ("kubectl get pods --export", "--export"),
        ])
    func oldFlags(_ command: String, _ flag: String) {
        let verb = command.split(separator: " ")[1]
        #expect(
            run(block(command)).first?.verdict
                == .differs(["kubectl \(verb) of today has no `\(flag)`"]))
    }

    @Test("exec without `--` runs with it")
    func oldExec() {
        let items = run(block("kubectl run web --image=nginx", "kubectl exec web -it hostname -f"))
        #expect(items[1].ranAs == "kubectl exec web -it -- hostname -f")
        #expect(items[1].verdict.hasRun)
    }

    @Test(
        "what a page makes a second time replaces the first, and says since which line it is there")
    func again() {
        let items = run(
            block("kubectl run web --image=nginx:1") + "or\n\n"
                + block("kubectl run web --image=nginx:2")
                + block("$ kubectl get pod web -o jsonpath={.spec.containers[0].image}", "nginx:2"))
        guard case .differs(let reasons) = items[1].verdict else {
            Issue.record("\(items[1].verdict)")
            return
        }
        #expect(reasons.first?.hasPrefix("pods \"web\" is there already, since line 2:") == true)
        #expect(items[2].verdict == .asPrinted)
    }

    @Test("what hangs on something that is not simulated is not simulated either")
    func dependents() {
        let items = run(
            block(
                "$ service=$(minikube service web --url)", "$ curl \"$service\"",
                "$ curl ${service}/a", "$ kubectl get pods # $services"))
        #expect(
            items[1].verdict
                == .notSimulated("$service comes from line 2, which is not simulated"))
        #expect(items[2].verdict == items[1].verdict)
        #expect(items[3].verdict == .ran)
    }

    @Test(
        "a word for the reader to fill in",
        arguments: [
            ("kubectl logs <busybox-***>", "<busybox-***>"),
            ("wget -O- NODE_IP:31931", "NODE_IP:31931"),
            ("wget -O- [PUT THE POD'S IP ADDRESS HERE]:80", "[PUT THE POD'S IP ADDRESS HERE]"),
        ])
    func placeholders(_ command: String, _ word: String) {
        #expect(
            run(block(command)).first?.verdict
                == .notSimulated("\(word) is for the reader to fill in"))
    }

    @Test(
        "capitals that are no placeholder",
        arguments: ["echo NODE_IP=1", "kubectl get pods -l A=B"])
    func noPlaceholder(_ command: String) {
        #expect(PageCommands.placeholder(in: command) == nil)
    }

    @Test("a revision that the page never makes")
    func revisions() {
        let items = run(
            block(
                "kubectl create deployment web --image=nginx",
                "kubectl rollout undo deployment web",
                "kubectl rollout undo deployment web --to-revision=2"))
        #expect(items[1].verdict == .notSimulated("nothing on the page makes a second revision"))
        #expect(items[2].verdict == .notSimulated("nothing on the page makes revision 2"))
    }

    @Test("an editor whose work stands in a comment leaves the file as it was made")
    func describedEdit() {
        let items = run(
            block(
                "kubectl create deployment web --image=nginx --dry-run=client -o yaml > web.yaml",
                "vi web.yaml", "# change the replicas to 2", "kubectl apply -f web.yaml"))
        #expect(
            items[1].verdict
                == .notSimulated("an editor: what was changed in it does not show on the page"))
        #expect(items[2].verdict == .ran)
    }

    @Test("a manifest with dots in place of lines is not the file")
    func elided() {
        let items = run(
            block(
                "$ cat web.yaml", "apiVersion: v1", "kind: Pod", "...", "spec:",
                "  containers: []", "...", "$ kubectl apply -f web.yaml"))
        #expect(items.last?.verdict == .notSimulated("the page leaves out parts of web.yaml"))
    }

    @Test("a port that an earlier port-forward had is free again")
    func forwards() {
        let items = run(
            block(
                "kubectl run web --image=nginx", "kubectl port-forward web 4000:80",
                "kubectl port-forward web 4000:80"))
        #expect(items.map(\.verdict) == Array(repeating: .ran, count: 3))
    }

    @Test("files of a machine")
    func machineFiles() {
        #expect(
            run(block("ls /data/k8s")).first?.verdict
                == .notSimulated("a file of a machine, which is not simulated"))
    }
}
