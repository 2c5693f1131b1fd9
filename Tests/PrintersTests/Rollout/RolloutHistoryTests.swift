import Testing
import Value

@testable import Printers

@Suite struct RolloutHistoryTests {
    private static let deployment = object("apps/v1", "Deployment", "web")

    private func replicaSet(_ revision: Int, cause: String? = nil) -> Value {
        var set = object(
            "apps/v1", "ReplicaSet", "web-\(revision)",
            """
            "spec": {"template": {"metadata": {"labels": {"app": "web"}},
             "spec": {"containers": [{"name": "nginx", "image": "nginx:1.\(revision)"}]}}}
            """)
        set["metadata"]["annotations"]["deployment.kubernetes.io/revision"] = Value("\(revision)")
        set["metadata"]["annotations"]["kubernetes.io/change-cause"] = Value(cause)
        return set
    }

    @Test func revisionsComeInOrderWithTheirCauses() {
        let history = RolloutHistory(replicaSets: [
            replicaSet(10), replicaSet(9, cause: "kubectl set image"),
        ])
        #expect(
            history.print(of: Self.deployment)
                == "deployment.apps/web \nREVISION  CHANGE-CAUSE\n9         kubectl set image\n"
                + "10        <none>\n\n")
        #expect(history.numbers == [9, 10])
    }

    @Test("a set without the annotation is revision 0; one that is no number is left out")
    func withoutNumber() {
        var adopted = replicaSet(1)
        adopted["metadata"]["annotations"] = .null
        var broken = replicaSet(2)
        broken["metadata"]["annotations"]["deployment.kubernetes.io/revision"] = "x"
        let history = RolloutHistory(replicaSets: [replicaSet(3), adopted, broken])
        #expect(history.numbers == [0, 3])
    }

    @Test("without revisions --revision says so, too")
    func revisionOfNothing() {
        #expect(
            RolloutHistory(replicaSets: []).print(of: Self.deployment, revision: 2)
                == "deployment.apps/web with revision #2\nNo rollout history found.\n")
    }

    @Test func noRevisionsAreSaidSo() {
        #expect(
            RolloutHistory(replicaSets: []).print(of: Self.deployment)
                == "deployment.apps/web \nNo rollout history found.\n")
    }

    @Test func oneRevisionShowsItsTemplateWithTabs() {
        let history = RolloutHistory(replicaSets: [replicaSet(2, cause: "why")])
        #expect(
            history.print(of: Self.deployment, revision: 2)?
                .split(separator: "\n", omittingEmptySubsequences: false) == [
                    "deployment.apps/web with revision #2",
                    "Pod Template:",
                    "  Labels:\tapp=web",
                    "  Annotations:\tkubernetes.io/change-cause: why",
                    "  Containers:",
                    "   nginx:",
                    "    Image:\tnginx:1.2",
                    "    Port:\t<none>",
                    "    Host Port:\t<none>",
                    "    Environment:\t<none>",
                    "    Mounts:\t<none>",
                    "  Volumes:\t<none>",
                    "  Node-Selectors:\t<none>",
                    "  Tolerations:\t<none>",
                    "", "",
                ])
        #expect(history.print(of: Self.deployment, revision: 3) == nil)
    }

    @Test func controllerRevisionsHoldTemplatesToo() {
        let set = object("apps/v1", "StatefulSet", "db")
        let revision = object(
            "apps/v1", "ControllerRevision", "db-1",
            """
            "revision": 1, "data": {"spec": {"template": {"$patch": "replace",
             "metadata": {"labels": {"app": "db"}}, "spec": {"containers": []}}}}
            """)
        let history = RolloutHistory(controllerRevisions: [revision])
        #expect(
            history.print(of: set)
                == "statefulset.apps/db \nREVISION  CHANGE-CAUSE\n1         <none>\n\n")
        let details = history.print(of: set, revision: 1) ?? ""
        #expect(details.hasPrefix("statefulset.apps/db with revision #1\nPod Template:\n"))
        #expect(details.contains("  Labels:\tapp=db\n"))
    }
}
