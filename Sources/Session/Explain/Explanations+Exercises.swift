// DD23nn: what the check of an exercise says.

extension Explanation {
    static let exercises: [Explanation] = [
        Explanation(
            "DD2301", "parts that an exercise lacks",
            "Nobody could practise without them, and `learn prove` tries solutions and wrong answers.",
            wrong: "exercise \"first\" {\n  title \"One pod\"\n}", right: whole),
        explained(
            "DD2302", "a part that stands twice",
            "There is one title, one story and one task; a further language has its name: `story zh <<EOF`."
        ),
        explained(
            "DD2303", "something that runs beside an exercise",
            "One file is one exercise, with what it needs: `file`, `let`, `fn`, `behavior` and `include`."
        ),
        explained(
            "DD2304", "a name in a text that `vary` does not declare",
            "`${name}` in a title, story or hint stands for what `vary` has drawn. `$name` is text."
        ),
        explained(
            "DD2305", "values of `vary` that only a run would tell",
            "What is drawn for a seed is known before anything runs, so that texts can name it."),
        explained(
            "DD2306", "`expects` names a part that is not there",
            "A wrong answer says what refuses it: the text of a goal, `always`, `never` or `after`, or the name "
                + "of a pitfall."),
        explained(
            "DD2307", "a rule that means nothing",
            "`forbid` and `allow` take a verb of a request with a kind or an object, or the first words of a "
                + "command."),
        explained(
            "DD2308", "a text that stands twice in one language",
            "One of them would never be shown."),
        explained(
            "DD2309", "two parts of the same name",
            "Goals and the like are told apart by their English texts."),
        explained("DD2310", "a level that does not exist", "Levels go from 1, easy, to 5, hard."),
        explained(
            "DD2311", "an exercise at the prompt",
            "`drydock learn` shows exercises, and `drydock run` tries their solutions."),
    ]

    private static func explained(_ code: String, _ title: String, _ meaning: String) -> Explanation
    {
        Explanation(
            code, title, meaning, without: "It takes a whole exercise; see the one of DD2301.")
    }

    private static let whole = """
        exercise "first" {
          title "One pod"
          level 1
          topics pods
          time 2
          story "The shop has no pod yet."
          task "Run one pod named `web`."
          setup { node add n1 }
          goal "The pod runs" { expect pod/web .status.phase == "Running" }
          hint "`run` makes a pod."
          solution { run web --image=nginx }
          wrong { run shop --image=nginx } expects goal "The pod runs"
          debrief "A pod is the smallest thing that runs."
        }
        """
}
