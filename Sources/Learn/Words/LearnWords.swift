/// What the judge says by itself, in every language that it speaks.
package struct LearnWords: Sendable {
    /// One thing to say; `%1` and so on stand for what is inserted.
    package enum Phrase: String, Sendable, CaseIterable {
        case valueIs, fieldIs, isAbsent, isEmpty, isUnanswered, countIs, countAsAsked, itemSays
        case commandSaid, printed, afterWaiting, notAfterWaiting, whileResting, notWhileResting,
            unwritten
        case reason, askWhy
        case brokenBy, brokenAt, behind, failedAfter, refused, notForAnswers, statementFailed
        case exerciseBroken, noAnswer
        case tooManyStatements, tooManySteps, tooManyEvents, tooMuchTime, tooMuchOutput
    }

    /// The languages that the judge speaks.
    package static let languages = ["en", "zh"]

    package let language: String

    /// Another language than those known is told in English.
    package init(_ language: String) {
        self.language = Self.languages.contains(language) ? language : LocalText.standard
    }

    /// The phrase with what is inserted.
    package func say(_ phrase: Phrase, _ inserted: String...) -> String {
        var text = ""
        var isMark = false
        for character in Self.text(phrase, language) {
            if isMark, let number = character.wholeNumberValue,
                inserted.indices.contains(number - 1)
            {
                text += inserted[number - 1]
                isMark = false
            } else if character == "%" {
                isMark = true
            } else {
                text.append(character)
            }
        }
        return text
    }

    package func overBudget(_ kind: JudgeLimits.Kind) -> String {
        switch kind {
        case .statements: say(.tooManyStatements)
        case .steps: say(.tooManySteps)
        case .events: say(.tooManyEvents)
        case .time: say(.tooMuchTime)
        case .output: say(.tooMuchOutput)
        }
    }

    /// The phrase in a language, with its marks.
    static func text(_ phrase: Phrase, _ language: String) -> String {
        language == "zh" ? chinese(phrase) : english(phrase)
    }

    private static func english(_ phrase: Phrase) -> String {
        switch phrase {
        case .valueIs: "%1: %2 is %3"
        case .fieldIs: "%1 is %2"
        case .isAbsent: "%1 does not exist"
        case .isEmpty: "%1: there are none"
        case .isUnanswered: "nobody answers: %1"
        case .countIs: "there are %2 of %1"
        case .countAsAsked: "of %1, as asked: %2"
        case .itemSays: "%1: %2"
        case .commandSaid: "`%1` failed: %2"
        case .printed: "printed was:"
        case .afterWaiting: "%1 (after %2 of waiting)"
        case .notAfterWaiting: "not after %1 of waiting either"
        case .whileResting: "%1 (and nothing is under way that would change it)"
        case .notWhileResting: "nothing is under way that would change it"
        case .unwritten: "nothing of this was ever there"
        case .reason: "why: %1"
        case .askWhy: "`why %1` says why"
        case .brokenBy: "broken at %1, after `%2`"
        case .brokenAt: "broken at %1, when the world did what it does to your answer"
        case .behind: "held at first, and no longer after this: %1"
        case .failedAfter: "your answer did not survive this: %1"
        case .refused: "refused: %1"
        case .notForAnswers: "this is not for an answer: it would make another world of this one"
        case .statementFailed: "failed: %1"
        case .exerciseBroken: "the exercise itself went wrong: %1"
        case .noAnswer: "no answer was handed in"
        case .tooManyStatements: "the answer has more statements than an answer may have"
        case .tooManySteps: "the answer never ends: a loop turns without end"
        case .tooManyEvents: "the answer keeps the cluster busy without end"
        case .tooMuchTime: "the answer lets more time pass than an answer may"
        case .tooMuchOutput: "the answer prints more than an answer may"
        }
    }

    private static func chinese(_ phrase: Phrase) -> String {
        switch phrase {
        case .valueIs: "%1：%2 的值是 %3"
        case .fieldIs: "%1 的值是 %2"
        case .isAbsent: "%1 不存在"
        case .isEmpty: "%1：一个都没有"
        case .isUnanswered: "没有得到应答：%1"
        case .countIs: "%1 共有 %2 个"
        case .countAsAsked: "%1 当中符合要求的：%2 个"
        case .itemSays: "%1：%2"
        case .commandSaid: "`%1` 失败：%2"
        case .printed: "输出是："
        case .afterWaiting: "%1（等了 %2 之后）"
        case .notAfterWaiting: "等了 %1 之后仍不成立"
        case .whileResting: "%1（而且没有什么还在进行、会改变它）"
        case .notWhileResting: "没有什么还在进行、会改变它"
        case .unwritten: "这里要的东西从来没有出现过"
        case .reason: "原因：%1"
        case .askWhy: "输入 `why %1` 查看原因"
        case .brokenBy: "在 %1 被打破，当时刚执行 `%2`"
        case .brokenAt: "在 %1 被打破，是环境对你的答案动手的时候"
        case .behind: "起初成立，但经过这一步之后不再成立：%1"
        case .failedAfter: "你的答案没有经受住：%1"
        case .refused: "已拒绝：%1"
        case .notForAnswers: "答案里不能用它：它会把这个世界换成另一个"
        case .statementFailed: "执行失败：%1"
        case .exerciseBroken: "练习本身出了问题：%1"
        case .noAnswer: "没有交答案"
        case .tooManyStatements: "答案的语句太多了"
        case .tooManySteps: "答案不会结束：有循环停不下来"
        case .tooManyEvents: "答案让集群忙个不停，永远停不下来"
        case .tooMuchTime: "答案让时间过得太久了"
        case .tooMuchOutput: "答案输出得太多了"
        }
    }
}
