import Testing

@testable import Learn

@Suite("Course")
struct CourseTests {
    private let text = """
        # A course.
        title = "Workloads"
        title-zh = "工作负载"
        languages = ["en", "zh"]

        [[chapter]]
        title = "Pods"   # first
        title-zh = "Pod"
        folder = "01-pods"
        exercises = [
          "hello-pod",
          "labels",   # second
        ]

        [[chapter]]
        title.en = "Say \\"more\\""
        title.zh = "更多"
        exercises = ["more"]
        """

    @Test("chapters, languages and files in order")
    func course() throws {
        let course = try Course.parse(text, folder: "c")
        #expect(course.title.text("zh") == "工作负载")
        #expect(course.title.text("fr") == "Workloads")
        #expect(course.chapters.map { $0.title.text("en") } == ["Pods", "Say \"more\""])
        #expect(
            course.paths == [
                "c/01-pods/hello-pod.dock", "c/01-pods/labels.dock", "c/more.dock",
            ])
    }

    @Test(
        "what is wrong is said with its line",
        arguments: [
            ("titel = \"x\"", "course.toml:1: there is no key `titel`; did you mean `title`?"),
            ("title = x", "course.toml:1: expected a text in double quotes"),
            ("title \"x\"", "course.toml:1: expected `=` behind `title`"),
            ("title = \"x", "course.toml:1: the text has no closing `\"`"),
            ("title = \"x\" y", "course.toml:1: expected the end of the line"),
            ("title = \"a\"\ntitle = \"b\"", "course.toml:2: `title` stands here twice"),
            (
                "title = \"x\"\ntitle.zh = \"y\"",
                "course.toml:2: `title.zh` cannot stand beside `title`: write `title-zh`"
            ),
            (
                "title.zh = \"x\"\ntitle = \"y\"",
                "course.toml:2: `title.zh` cannot stand beside `title`: write `title-zh`"
            ),
            ("[server]", "course.toml:1: expected `[[chapter]]`"),
            (
                "title = \"x\"\nlanguages = [\"en\"",
                "course.toml:2: expected `,` or `]` in the list"
            ),
            ("languages = [\"zh\"]", "course.toml:1: there is no `title-zh = \"…\"`"),
            (
                "title = \"x\"\n[[chapter]]\ntitle = \"y\"",
                "course.toml:2: the chapter has no `exercises = [\"…\"]`"
            ),
            (
                "title = \"x\"\n[[chapter]]\ntitle = \"y\"\nexercises = [\"a\", \"a\"]",
                "course.toml: the exercise `a` stands in the course twice"
            ),
        ])
    func problems(_ text: String, _ expected: String) {
        do throws(CourseProblem) {
            _ = try Course.parse(text)
            Issue.record("no problem: \(text)")
        } catch {
            #expect(error.message == expected)
        }
    }
}
