import Testing

import Verbs

/// What `rollout` and `set` print, checked against kubectl's own sources.
@Suite("rollout and set")
struct RolloutAndSetTests {
    private func bench() throws -> VerbBench {
        let bench = try VerbBench(nodes: 1)
        bench.files.texts["web.yaml"] = Manifests.deployment()
        try bench.run("apply -f web.yaml")
        try bench.settle()
        return bench
    }

    private func check(_ bench: VerbBench, _ steps: [(line: String, text: String)]) throws {
        for (line, text) in steps { #expect(try bench.run(line) == text, "\(line)") }
    }

    @Test("a kind alone means all its objects")
    func kindAlone() throws {
        try check(
            bench(),
            [
                (
                    "rollout history deploy",
                    "deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n\n"
                ),
                ("rollout status deploy", "deployment \"web\" successfully rolled out\n"),
                ("rollout pause deploy", "deployment.apps/web paused\n"),
                ("rollout resume deploy", "deployment.apps/web resumed\n"),
                ("rollout status ds", "No resources found in default namespace.\n"),
            ])
    }

    @Test("what has no revisions, and revisions that are not there")
    func missingRevisions() throws {
        try check(
            bench(),
            [
                (
                    "rollout history deploy/web --revision=7 -o yaml",
                    "error: unable to find the specified revision\n[exit 1]\n"
                ),
                (
                    "rollout history rs",
                    "error: no history viewer has been implemented for \"ReplicaSet.apps\"\n[exit 1]\n"
                ),
                (
                    "rollout undo svc/kubernetes",
                    "error: no rollbacker has been implemented for \"Service\"\n[exit 1]\n"
                ),
            ])
    }

    @Test("a selector and a service account are confirmed, be they as they were")
    func confirmed() throws {
        try check(
            bench(),
            [
                ("set selector svc/kubernetes a=b", "service/kubernetes selector updated\n"),
                ("set selector svc/kubernetes a=b", "service/kubernetes selector updated\n"),
                (
                    "set selector svc/kubernetes a",
                    "error: match expression [{a Exists []}] not supported on this object\n[exit 1]\n"
                ),
                ("set selector", "error: one selector is required\n[exit 1]\n"),
                ("set sa deploy/web bot", "deployment.apps/web serviceaccount updated\n"),
                ("set sa deploy/web bot", "deployment.apps/web serviceaccount updated\n"),
            ])
    }

    @Test("a second restart within one second is refused")
    func restartTwice() throws {
        let bench = try bench()
        // Commands are 250 ms apart: of five in a row two fall into one second.
        let lines = try (0..<5).map { _ in try bench.run("rollout restart deploy/web") }
        #expect(lines[0] == "deployment.apps/web restarted\n")
        #expect(
            lines.contains(
                "error: failed to create patch for web: if restart has already been triggered within "
                    + "the past second, please wait before attempting to trigger another\n[exit 1]\n"
            ))
    }

    @Test("a rollout that does not progress: restart and undo while it is paused")
    func paused() throws {
        try check(
            bench(),
            [
                ("rollout pause deploy/web", "deployment.apps/web paused\n"),
                (
                    "rollout restart deploy/web",
                    "error: deployments.apps \"web\" can't restart paused deployment (run rollout "
                        + "resume first)\n[exit 1]\n"
                ),
                ("rollout resume deploy/web", "deployment.apps/web resumed\n"),
                ("set image deploy/web nginx=nginx:1.26", "deployment.apps/web image updated\n"),
                ("rollout pause deploy/web", "deployment.apps/web paused\n"),
                (
                    "rollout undo deploy/web",
                    VerbBench.rollbackWarning
                        + "error: you cannot rollback a paused deployment; resume it first with 'kubectl "
                        + "rollout resume' and try again\n[exit 1]\n"
                ),
            ])
    }

    @Test("undo with --dry-run=client shows the template that would come back")
    func undoDryRun() throws {
        let bench = try bench()
        try bench.run("set image deploy/web nginx=nginx:1.26")
        try bench.settle()
        let text = try bench.run("rollout undo deploy/web --dry-run=client")
        #expect(
            text.hasPrefix(
                VerbBench.rollbackWarning
                    + "deployment.apps/web Pod Template:\n  Labels:\tapp=web\n"))
        #expect(text.hasSuffix("  Tolerations:\t<none>\n (dry run)\n"))
        #expect(
            try bench.run("rollout undo deploy/web --to-revision=2 --dry-run=server")
                == VerbBench.rollbackWarning
                + "deployment.apps/web skipped rollback (current template already matches revision "
                + "2) (server dry run)\n")
    }

    @Test("set image changes the containers that it finds and tells of the others")
    func setImage() throws {
        try check(
            bench(),
            [
                (
                    "set image deploy/web nope=a nginx=nginx:1.30",
                    "deployment.apps/web image updated\nerror: unable to find container named "
                        + "\"nope\"\n[exit 1]\n"
                ),
                (
                    "get deploy web -o jsonpath={.spec.template.spec.containers[0].image}",
                    "nginx:1.30"
                ),
                (
                    "set image deploy/web '*=a' nginx=b",
                    "error: all containers are already specified by *, but saw more than one "
                        + "container_name=container_image pairs\n[exit 1]\n"
                ),
                (
                    "set image nginx=b deploy/web",
                    "error: all resources must be specified before image changes: deploy/web\n"
                        + "[exit 1]\n"
                ),
                ("set image deploy/web nginx-", "error: invalid image format: nginx-\n[exit 1]\n"),
                (
                    "set image deploy/web deploy/none nginx=x",
                    "Error from server (NotFound): deployments.apps \"none\" not found\n[exit 1]\n"
                ),
                (
                    "set image svc/kubernetes a=b",
                    "error: services/kubernetes the object is not a pod or does not have a pod "
                        + "template: *v1.Service\n[exit 1]\n"
                ),
            ])
    }

    @Test("set env lists references, resolves them, and keeps its own rules")
    func setEnv() throws {
        let bench = try bench()
        try bench.run("create configmap cm --from-literal=log.level=debug")
        try check(
            bench,
            [
                (
                    "set env deploy/web --from=configmap/cm --prefix=APP_",
                    "deployment.apps/web env updated\n"
                ),
                (
                    "set env deploy/web --list",
                    "# Deployment web, container nginx\n# APP_LOG_LEVEL from configmap cm, key "
                        + "log.level\n"
                ),
                (
                    "set env deploy/web --list --resolve",
                    "# Deployment web, container nginx\nAPP_LOG_LEVEL=debug\n"
                ),
                ("set env deploy/web A=1 B=2", "deployment.apps/web env updated\n"),
                (
                    "set env deploy/web A=2 --overwrite=false",
                    "error: deployments/web 'A' already has a value (1), and --overwrite is false\n"
                        + "[exit 1]\n"
                ),
                ("set env deploy/web B=3 C=4 A-", "deployment.apps/web env updated\n"),
                (
                    "set env deploy/web --list",
                    "# Deployment web, container nginx\n# APP_LOG_LEVEL from configmap cm, key "
                        + "log.level\nB=3\nC=4\n"
                ),
                (
                    "set env deploy/web A=1 A-",
                    "error: can not both modify and remove the same environment variable in the same "
                        + "command\n[exit 1]\n"
                ),
                (
                    "set env A=1",
                    "error: one or more resources must be specified as <resource> <name> or "
                        + "<resource>/<name>\n[exit 1]\n"
                ),
                (
                    "set env deploy/web -c none A=1",
                    "Warning: Deployment/web does not have any containers matching \"none\"\n"
                ),
            ])
        #expect(
            try bench.run("set env deploy/web 1A=x").hasPrefix(
                "error: \"1A\" is not a valid key name: a valid environment variable name must"))
    }

    @Test("set resources tells which container it missed and what the API refused")
    func setResources() throws {
        try check(
            bench(),
            [
                (
                    "set resources deploy/web -c none --limits=cpu=1",
                    "error: unable to find container named none\n[exit 1]\n"
                ),
                (
                    "set resources deploy/web --limits=cpu",
                    "error: Invalid argument syntax cpu, expected <resource>=<value>\n[exit 1]\n"
                ),
                (
                    "set resources deploy/web --limits=cpu=1 --requests=cpu=2",
                    "error: failed to patch resources update to pod template Deployment.apps \"web\" is "
                        + "invalid: spec.template.spec.containers[0].resources.requests: Invalid value: "
                        + "\"2\": must be less than or equal to cpu limit of 1\n[exit 1]\n"
                ),
            ])
    }

    @Test("several objects are changed one after another")
    func spacing() throws {
        let bench = try VerbBench()
        for name in ["a", "b"] { try bench.run("create deployment \(name) --image=nginx") }
        let before = bench.cluster.log.head
        try bench.run("set image deployment/a deployment/b nginx=nginx:2")
        let times = bench.cluster.log.changes(after: before).filter {
            $0.kind == .deployment && $0.cause.actor == .user
        }.map(\.time)
        #expect(times.count == 2)
        #expect(try #require(times.last) - times[0] == 10)
    }
}
