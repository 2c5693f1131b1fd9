import Testing

@testable import Runner

@Suite("always and never")
struct InvariantTests {
    private static let web = """
        node add n
        apply -f - <<'EOF'
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, image: nginx}]}
        EOF
        settle

        """

    @Test("a dip of one write, undone in the same instant, is caught, with who did it")
    func dip() {
        let script =
            Self.web + """
                at 10s {
                  scale deployment web --replicas=2
                  scale deployment web --replicas=3
                }
                always deployment/web .spec.replicas == 3 { advance 20s }
                """
        let run = ScenarioFolder.runText(script)
        #expect(run.exitCode == 4)
        #expect(run.output.contains("deployment/web .spec.replicas   2"), "\(run.output)")
        #expect(run.output.contains("changed by kubectl"))
        #expect(run.output.contains(".spec.replicas 3 → 2"))
    }

    @Test("the same dip escapes who looks before and after")
    func polling() {
        let script =
            Self.web + """
                at 10s {
                  scale deployment web --replicas=2
                  scale deployment web --replicas=3
                }
                for i in 1..200 {
                  advance 100ms
                  expect deployment/web .spec.replicas == 3
                }
                """
        #expect(ScenarioFolder.runText(script).exitCode == 0)
    }

    @Test(
        "a block in which nothing moved fails as vacuous",
        arguments: [
            "always deployment/web .spec.replicas == 3 { }",
            "always deployment/web .spec.replicas == 3 { advance 1m }",
            "never pod/x exists { scale deployment web --replicas=3; advance 1m }",
            "always count(pods[app=web]) == 3 { label deployment web a=b }",
        ])
    func vacuous(block: String) {
        let run = ScenarioFolder.runText(Self.web + block)
        #expect(run.exitCode == 4, "\(run.output)")
        #expect(run.output.contains("so it says nothing"), "\(run.output)")
    }

    @Test(
        "a block in which something moved and everything held passes",
        arguments: [
            "always deployment/web .spec.replicas == 3 { label deployment web a=b }",
            "never count(pods[app=web]) < 3 { scale deployment web --replicas=4; settle }",
        ])
    func held(block: String) {
        let run = ScenarioFolder.runText(Self.web + block)
        #expect(run.exitCode == 0, "\(run.output)")
    }
}
