import Testing

@testable import Learn

@Suite("Judge")
struct JudgeTests {
    private func verdict(
        _ answer: String, seed: UInt64 = 1, limits: JudgeLimits = .standard
    ) throws -> Verdict {
        try Judge(Samples.exercise(), limits: limits).check(.script(answer), seed: seed)
    }

    @Test(
        "right answers pass, however they are written",
        arguments: [
            "scale deployment web --replicas=3",
            "kubectl scale deploy/web --replicas 3",
            "for i in 2 3; do kubectl scale deployment web --replicas=$i; done",
            "get deployment web -o yaml | sed 's/replicas: 1$/replicas: 3/' | apply -f -",
            "let n = 3\nscale deployment/web --replicas=${n}\nget pods\nexpect count(pods[]) == 3",
        ])
    func rightAnswers(_ answer: String) throws {
        let verdict = try verdict(answer)
        #expect(verdict.isPassed, "\(verdict)")
        #expect(verdict.score == 1)
        #expect(verdict.goals.map(\.isHeld) == [true, true, true])
        #expect(verdict.ending == .whole)
    }

    /// What refuses an answer, in a few words.
    private func refusal(_ verdict: Verdict) -> String {
        if verdict.isPassed { return "passed" }
        if case .overBudget(let kind) = verdict.ending { return "over \(kind.rawValue)" }
        if let refusal = verdict.refusals.first { return "refused \(refusal.what)" }
        if let broken = verdict.broken.first { return "broke \(broken.standing)" }
        if verdict.failedAfter != nil { return "after" }
        return "goals " + verdict.goals.filter { !$0.isHeld }.map { "\($0.goal)" }.joined()
    }

    @Test(
        "wrong answers are refused by what they miss",
        arguments: [
            ("", "goals 0"),
            ("scale deployment web --replicas=2", "goals 0"),
            ("scale deployment web --replicas=3\nset image deploy/web nginx=nginx:1.26", "goals 1"),
            ("delete deployment web", "refused delete deployment/web"),
            ("drain n1 --force; delete -f -", "broke 0"),
            ("why deployment/web", "refused why deployment/web"),
            ("scale deploy web --replicas=0\nsettle\nscale deploy web --replicas=3", "broke 0"),
            ("scale deploy web --replicas=3\ncreate job x --image=busybox", "broke 1"),
            ("behavior nginx:* { startDelay: 1s }", "refused behavior"),
            ("fn f() { every 10s { get pods } }\nf()", "refused every"),
            ("include \"secrets.dock\"", "refused include"),
            ("seed 7\nscale deployment web --replicas=3", "refused seed"),
            ("let app = \"other\"\nlet replicas = 1", "goals 0"),
            ("config set-context --current --namespace=kube-system", "goals 0"),
            ("no such command\nif {\nscale deployment web --replicas=2", "goals 0"),
        ])
    func wrongAnswers(_ answer: String, _ expected: String) throws {
        let verdict = try verdict(answer)
        #expect(refusal(verdict) == expected, "\(verdict)")
        #expect(verdict.score < 1)
    }

    @Test("a learner's namespace changes nothing of what the goals mean")
    func namespace() throws {
        let verdict = try verdict(
            "create namespace x\nscale deployment web --replicas=3\n"
                + "config set-context --current --namespace=x")
        #expect(verdict.isPassed, "\(verdict)")
    }

    @Test(
        "an answer that never ends is ended by what is counted",
        arguments: [
            ("while true { }", "over steps"),
            ("while true; do true; done", "over steps"),
            ("advance 1000h", "over time"),
            ("while true; do kubectl get pods; done", "over statements"),
            ("while true { get pods }", "over statements"),
            ("while true { print \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" }", "over output"),
            (String(repeating: "get pods\n", count: 600), "over statements"),
        ])
    func endless(_ answer: String, _ expected: String) throws {
        let first = try verdict(answer)
        #expect(refusal(first) == expected)
        #expect(first.score == 0)
        let second = try verdict(answer)
        #expect(second.events == first.events)
        #expect(second.virtualMilliseconds == first.virtualMilliseconds)
    }

    @Test("answers read no file of the disk")
    func files() throws {
        for path in ["/etc/passwd", "../../Package.swift", "Package.swift"] {
            let verdict = try verdict("cat \(path)\napply -f \(path)")
            #expect(verdict.troubles.count == 2, "\(verdict.troubles)")
            #expect(verdict.troubles.allSatisfy { !$0.message.contains("root:") })
        }
    }

    @Test("a manifest is applied, and a pod that cannot be changed is replaced")
    func manifest() throws {
        let text = """
            exercise "pod" {
              title "t"
              level 1
              topics pods
              time 1
              story "s"
              task "t"
              setup { node add n1; run web --image=nginx:1.26; settle }
              goal "It runs 1.27" {
                expect within 1m: pod/web .status.phase == "Running"
                expect pod/web .spec.containers[0].env[0].value == "b"
              }
              hint "h"
              solution { get pods }
              wrong { get pods } expects goal "It runs 1.27"
              debrief "d"
            }
            """
        let exercise = try Exercise(text: text, path: "pod.dock", folder: ".")
        let pod = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: web
            spec:
              containers:
              - name: web
                image: nginx:1.27
                env:
                - name: A
                  value: b
            """
        let verdict = Judge(exercise).check(.manifest(pod))
        #expect(verdict.isPassed, "\(verdict)")
        // What is wrong with it is told by the name of the learner's own file.
        let broken = Judge(exercise).check(.manifest("a: [", name: "web.yaml"))
        #expect(!broken.isPassed)
        #expect(broken.troubles.first?.message.contains("parsing web.yaml") == true, "\(broken)")
    }

    @Test("statements that were typed at their times come to the same")
    func typed() throws {
        let judge = try Judge(Samples.exercise())
        let statements = [
            AnswerStatement(text: "get pods", atMilliseconds: 20_000),
            AnswerStatement(text: "scale deployment web --replicas=3", atMilliseconds: 90_000),
        ]
        let verdict = judge.check(.statements(statements))
        #expect(verdict.isPassed)
        #expect(verdict.virtualMilliseconds > 90_000)
    }

    @Test("the same answer has the same verdict, under every seed")
    func determinism() throws {
        for seed in [UInt64(1), 2, 3, 99] {
            let exercise = try Samples.exercise()
            let variant = exercise.variant(seed)
            let answer = exercise.code(of: exercise.solutions[0], variant)
            let verdicts = try (0..<2).map { _ in try verdict(answer, seed: seed) }
            #expect(verdicts[0].isPassed, "\(answer): \(verdicts[0])")
            #expect("\(verdicts[0])" == "\(verdicts[1])")
        }
    }
}
