import Syntax

/// What is told of the parts of an exercise, by `help exercise` and by editors.
extension ExerciseWord {
    /// How the part is written.
    package var form: String {
        switch self {
        case .title: "title \"The rollout that never ends\" zh \"…\""
        case .level: "level 2"
        case .topics: "topics rollout, readiness"
        case .needs: "needs \"first-rollout\""
        case .time: "time 8"
        case .vary: "vary app in [\"web\", \"shop\"]"
        case .story: "story <<EOF"
        case .task: "task \"Bring ${app} to version 2.\" zh \"…\""
        case .setup: "setup { … }"
        case .forbid: "forbid \"delete pdb\" \"why not\""
        case .allow: "allow \"patch deployment/web\" \"why only this\""
        case .goal: "goal \"Three pods are ready\" { expect … }"
        case .always: "always \"Never below three\": CONDITION"
        case .never: "never \"No pod twice\": CONDITION"
        case .after: "after \"a node dies\" { … }"
        case .hint: "hint when CONDITION \"Look at the events.\""
        case .pitfall: "pitfall \"name\" when CONDITION \"what that means\""
        case .solution: "solution { … }"
        case .wrong: "wrong { … } expects goal \"…\""
        case .debrief: "debrief <<EOF"
        }
    }

    /// What the part is for, as a clause.
    package var meaning: String {
        switch self {
        case .title: "what it is called"
        case .level: "how hard it is, from 1 to 5"
        case .topics: "what it is about, in words"
        case .needs: "which exercises come before it"
        case .time: "how many minutes a learner needs"
        case .vary: "a name, number or duration that is drawn anew for a review"
        case .story: "what has happened, as Markdown"
        case .task: "what is to be done"
        case .setup: "the world as the learner finds it"
        case .forbid: "what nobody may do, and why"
        case .allow: "what alone may be changed"
        case .goal:
            "what is to be reached; `once`: not asked again behind `after`, `kept`: holds already"
        case .always: "what holds at every write"
        case .never: "what holds at no write"
        case .after: "what the world does to the answer; the goals must hold again behind it"
        case .hint: "help, tier by tier; with `when` while a condition holds"
        case .pitfall: "a wrong way that many go, and why it is wrong"
        case .solution: "what a learner could type; it is tried by `drydock learn prove`"
        case .wrong: "an answer that is refused, and by what"
        case .debrief: "why it works, and the rule behind it"
        }
    }
}
