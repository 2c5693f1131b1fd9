import Foundation
import Testing

@Suite("learn on a terminal", .serialized)
struct LearnTerminalTests {
    @Test("an exercise is shown, done, checked and followed by the next")
    func solves() throws {
        let course = try SmallCourse()
        let terminal = try course.terminal()
        let shown = try terminal.wait(for: "1/2] > ")
        for words in [
            "Small course", "0 of 2 solved", "Three pods", "There is one pod of `web`.",
            "Three pods run.", "open: Three pods are ready", "met: The image stays", "`words`",
        ] {
            #expect(shown.contains(words), "\(words)")
        }
        terminal.type("next\n")
        try terminal.wait(for: "This one is not solved")
        terminal.type("scale deployment/web --replicas=3\n")
        try terminal.wait(for: "scaled")
        try terminal.wait(for: "Time stands still")
        terminal.type("get pods\n")
        try terminal.wait(for: "Running")
        try terminal.wait(for: "met: Three pods are ready")
        try terminal.wait(for: "All goals hold now.")
        try terminal.wait(for: "2/2] > ")
        terminal.type("debrief\n")
        try terminal.wait(for: "comes when the exercise is solved")
        terminal.type("check\n")
        try terminal.wait(for: "Solved: Three pods  ***")
        try terminal.wait(for: "It also held when: an hour passes")
        terminal.type("debrief\n")
        try terminal.wait(for: "keeps as many pods as it says")
        terminal.type("solution\n")
        try terminal.wait(for: "scale deployment/web --replicas=3")
        terminal.type("next\n")
        try terminal.wait(for: "A new image")
        try terminal.wait(for: "0/1] > ")
        terminal.type("quit\n")
        try terminal.wait(for: "Your place is kept")
        #expect(try terminal.finish() == 0)
        #expect(course.progress.contains("\"stars\": 3"))
        #expect(course.progress.contains("\"current\": \"new-image\""))
    }

    @Test("hints come tier by tier, the one that fits now first, and cost a star")
    func hints() throws {
        let course = try SmallCourse()
        let terminal = try course.terminal(["three-pods"])
        try terminal.wait(for: "1/2] > ")
        terminal.type("hint\n")
        try terminal.wait(for: "Hint 1 of 2")
        try terminal.wait(for: "Look at the Deployment.")
        terminal.type("scale deployment/web --replicas=2\nhint\n")
        try terminal.wait(for: "Two are not three.")
        terminal.type("scale deployment/web --replicas=3\n")
        try terminal.wait(for: "scaled")
        terminal.type("check\n")
        try terminal.wait(for: "Solved: Three pods  **-")
        try terminal.wait(for: "hints shown: 2")
        #expect(try terminal.leave() == 0)
    }

    @Test("a wrong answer is told by what was seen, with the pitfall, and the world stays")
    func wrong() throws {
        let course = try SmallCourse()
        let terminal = try course.terminal()
        try terminal.wait(for: "1/2] > ")
        terminal.type("check\n")
        try terminal.wait(for: "Nothing was done yet")
        terminal.type("scale deployment/web --replicas=4\n")
        try terminal.wait(for: "scaled")
        terminal.type("check\n")
        let said = try terminal.wait(for: "Your own world is untouched")
        #expect(said.contains("open: Three pods are ready"))
        #expect(said.contains("More is not what was asked."))
        #expect(said.contains("4"))
        #expect(!said.contains("== 3"))
        terminal.type("get deployment web -o name\n")
        try terminal.wait(for: "deployment.apps/web")
        #expect(try terminal.leave() == 0)
        #expect(course.progress.contains("\"checks\": 2"))
    }

    @Test(
        "what is forbidden is refused with the reason, and what must always hold is told when broken"
    )
    func forbidden() throws {
        let course = try SmallCourse()
        let terminal = try course.terminal()
        try terminal.wait(for: "1/2] > ")
        terminal.type("delete deployment web\n")
        try terminal.wait(for: "The Deployment is not yours to delete.")
        terminal.type("get deployment web -o name\n")
        try terminal.wait(for: "deployment.apps/web")
        terminal.type("seed 7\n")
        try terminal.wait(for: "`seed` is not for an answer")
        terminal.type("behavior nginx:1.27 { ready: false }\n")
        try terminal.wait(for: "broken: Not in this exercise")
        terminal.type("scale deployment/web --replicas=0\n")
        try terminal.wait(for: "broken: Broken at ")
        try terminal.wait(for: "Never without pods")
        try terminal.wait(for: "by your command `scale deployment/web --replicas=0`")
        terminal.type("undo\n")
        try terminal.wait(for: "] > ")
        terminal.type("scale deployment/web --replicas=3\n")
        try terminal.wait(for: "scaled")
        terminal.type("check\n")
        try terminal.wait(for: "Solved: Three pods")
        #expect(try terminal.leave() == 0)
    }

    @Test(
        "Chinese throughout, with signs and wide characters, also where the locale is not installed",
        arguments: ["C.UTF-8", "zz_ZZ.UTF-8"])
    func chinese(_ locale: String) throws {
        let course = try SmallCourse()
        let terminal = try course.terminal(["start", "--lang", "zh"], ["LANG": locale])
        let shown = try terminal.wait(for: " ·✓] > ")
        for words in ["小课程", "三个 Pod", "只有一个 Pod。", "· 三个 Pod 就绪", "✓ 镜像不变", "已解出 0/2"] {
            #expect(shown.contains(words), "\(words)")
        }
        terminal.type("提示\n")
        try terminal.wait(for: "看看 Deployment。")
        terminal.type("scale deployment/web --replicas=3\n")
        try terminal.wait(for: "scaled")
        terminal.type("检查\n")
        try terminal.wait(for: "已解出：三个 Pod  ★★☆")
        try terminal.wait(for: "经受住了：过了一小时")
        terminal.type("words\n")
        try terminal.wait(for: "hint（提示）")
        #expect(try terminal.leave() == 0)
    }

    @Test("what was done is there again after quit, and `reset` begins anew")
    func resumes() throws {
        let course = try SmallCourse()
        let first = try course.terminal()
        try first.wait(for: "1/2] > ")
        first.type("scale deployment/web --replicas=2\n")
        try first.wait(for: "scaled")
        first.type("quit\n")
        try first.wait(for: "Your place is kept")
        #expect(try first.finish() == 0)
        let second = try course.terminal()
        try second.wait(for: "Taken up where you left: 1 of 1")
        try second.wait(for: "1/2] > ")
        second.type("get deployment web -o jsonpath='{.spec.replicas}{\"\\n\"}'\n")
        try second.wait(for: "2\r\n")
        second.type("reset\n")
        try second.wait(for: "as you first found it")
        try second.wait(for: "1/2] > ")
        second.type("get deployment web -o jsonpath='{.spec.replicas}{\"\\n\"}'\n")
        try second.wait(for: "1\r\n")
        #expect(try second.leave() == 0)
    }

    @Test("Tab completes the words of the course, and notes keep what they are given")
    func words() throws {
        let course = try SmallCourse()
        let terminal = try course.terminal()
        try terminal.wait(for: "1/2] > ")
        terminal.type("debr\t\n")
        try terminal.wait(for: "comes when the exercise is solved")
        terminal.type("help\n")
        try terminal.wait(for: "Words of the course")
        terminal.type("notes it's the replicas\n")
        try terminal.wait(for: "Noted.")
        terminal.type("skip\n")
        try terminal.wait(for: "Left for later: three-pods")
        #expect(try terminal.leave() == 0)
        let list = try course.terminal(["progress"])
        try list.wait(for: "three-pods: it's the replicas")
        #expect(try list.finish() == 0)
    }

    @Test("a review brings a solved exercise back in a variant")
    func reviews() throws {
        let course = try SmallCourse()
        try """
        {"version": 1, "salt": "5", "days": ["2026-01-01"], "courses": {"Small course": {"exercises":
        {"three-pods": {"stars": 3, "solved": "2026-01-01", "due": "2026-01-02"}}}}}
        """.write(toFile: course.progressPath, atomically: true, encoding: .utf8)
        let terminal = try course.terminal(["review"])
        let shown = try terminal.wait(for: "1/2] > ")
        #expect(shown.contains("Review: an exercise that you have solved"))
        let app = try #require(
            ["web", "shop", "blog", "docs", "mail"].first { shown.contains("pod of `\($0)`") })
        terminal.type("scale deployment/\(app) --replicas=3\n")
        try terminal.wait(for: "scaled")
        terminal.type("check\n")
        try terminal.wait(for: "It comes back on ")
        terminal.type("next\n")
        try terminal.wait(for: "All reviews are done.")
        #expect(try terminal.finish() == 0)
        #expect(course.progress.contains("\"reviews\": 1"))
    }

    @Test("the placement test asks the hardest of a chapter and skips it where it is solved")
    func placement() throws {
        let course = try SmallCourse()
        let terminal = try course.terminal(["placement"])
        try terminal.wait(for: "Placement test")
        try terminal.wait(for: "0/1] > ")
        terminal.type("set image deployment/shop nginx=nginx:1.28\n")
        try terminal.wait(for: "updated")
        terminal.type("check\n")
        try terminal.wait(for: "Solved: A new image")
        terminal.type("next\n")
        try terminal.wait(for: "Chapter 1 counts as known: First")
        try terminal.wait(for: "You know every chapter.")
        #expect(try terminal.finish() == 0)
        #expect(course.progress.contains("\"passing\": \"known\""))
    }

    @Test("whoever is shown the solution in the placement test begins with its chapter")
    func placementShown() throws {
        let course = try SmallCourse()
        let terminal = try course.terminal(["placement"])
        try terminal.wait(for: "0/1] > ")
        terminal.type("solution --anyway\n")
        try terminal.wait(for: "Solution 1")
        terminal.type("set image deployment/shop nginx=nginx:1.28\n")
        try terminal.wait(for: "updated")
        terminal.type("check\n")
        try terminal.wait(for: "Solved: A new image")
        terminal.type("next\n")
        try terminal.wait(for: "You begin with chapter 1: First")
        #expect(try terminal.finish() == 0)
        #expect(!course.progress.contains("\"passing\": \"known\""))
    }

    @Test("watch checks a file when it is saved")
    func watch() throws {
        let course = try SmallCourse()
        let terminal = try course.terminal(["watch", "three-pods", "answer.sh"])
        try terminal.wait(for: "answer.sh is not there yet")
        let file = course.folder + "/answer.sh"
        try "kubectl scale deployment/web --replicas=2\n".write(
            toFile: file, atomically: true, encoding: .utf8)
        try terminal.wait(for: "Not yet.")
        try "kubectl scale deployment/web --replicas=3\n".write(
            toFile: file, atomically: true, encoding: .utf8)
        try terminal.wait(for: "Solved: Three pods")
        terminal.type("\u{03}")
        #expect(try terminal.finish() == 0)
    }

    @Test("a damaged file of progress is kept aside and told of")
    func damaged() throws {
        let course = try SmallCourse()
        try "{\"version\": 1".write(
            toFile: course.progressPath, atomically: true, encoding: .utf8)
        let terminal = try course.terminal()
        try terminal.wait(for: "could not be read")
        #expect(try terminal.leave() == 0)
        let aside = try String(
            contentsOfFile: course.progressPath + ".damaged-1", encoding: .utf8)
        #expect(aside == "{\"version\": 1")
        #expect(course.progress.contains("\"three-pods\""))
    }

    @Test("a file of a later drydock is left as it is")
    func newer() throws {
        let course = try SmallCourse()
        let text = "{\"version\": 99}"
        try text.write(toFile: course.progressPath, atomically: true, encoding: .utf8)
        let terminal = try course.terminal()
        let shown = try terminal.wait(for: "1/2] > ")
        #expect(shown.contains("written by a later drydock"))
        terminal.type("scale deployment/web --replicas=3\ncheck\n")
        try terminal.wait(for: "Solved: Three pods")
        #expect(try terminal.leave() == 0)
        #expect(course.progress == text)
    }
}
