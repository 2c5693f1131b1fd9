// What the prompt of an exercise says.

extension Phrase {
    // MARK: The task

    package static let task = Phrase("Task", zh: "任务")
    package static let exerciseHead = Phrase(
        "Chapter {chapter}, exercise {number}; level {level}, about {minutes} min",
        zh: "第 {chapter} 章，练习 {number} · 难度 {level} · 约 {minutes} 分钟")
    package static let reviewHead = Phrase(
        "Review: an exercise that you have solved, with other names and numbers.",
        zh: "复习：这道练习你做过，这次名字和数字都换了。")
    package static let placementHead = Phrase(
        "Placement test: solve it and chapter {chapter} counts as known; `skip` ends the test here.",
        zh: "水平测试：解出这题，第 {chapter} 章就算已掌握；输入 `skip` 结束测试。")
    package static let words = Phrase(
        "Type kubectl commands. `goals` `hint` `check` `task` `words` help; `quit` keeps your place.",
        zh: "直接输入 kubectl 命令。可用 `goals` `hint` `check` `task` `words`；`quit` 退出并保留进度。")
    package static let timeStands = Phrase(
        "(Time stands still while you think. The cluster gets to work when you look, as with `get pods`; `advance 30s` lets time pass.)",
        zh: "（你思考时时间是停住的。用 `get pods` 之类的命令查看时，集群才会继续工作；`advance 30s` 让时间流逝。）")
    package static let resumed = Phrase(
        "Taken up where you left: {count} of {all} statements done again.",
        zh: "已恢复到上次的位置：{all} 条语句中重放了 {count} 条。")

    // MARK: Words of the prompt

    package static let helpNext = Phrase("go to the next exercise", zh: "进入下一题")
    package static let helpTask = Phrase("show story and task again", zh: "再次显示背景和任务")
    package static let helpGoals = Phrase("the goals and how they stand", zh: "列出目标及其状态")
    package static let helpHint = Phrase(
        "a hint, then a clearer one", zh: "给一条提示，再次输入则更具体")
    package static let helpCheck = Phrase(
        "do what you did again in a new world and see whether it holds over time",
        zh: "在全新的环境里重放你的操作，检验结果能否经得住时间")
    package static let helpReset = Phrase(
        "begin this exercise anew", zh: "从头开始这道练习")
    package static let helpSkip = Phrase(
        "leave it for later and go on", zh: "先跳过，以后再做")
    package static let helpSolution = Phrase(
        "how it can be solved, once it is; `solution --anyway` before",
        zh: "解出后查看参考解法；未解出时用 `solution --anyway`")
    package static let helpDebrief = Phrase(
        "why it works, once it is solved", zh: "解出后查看原理讲解")
    package static let helpNotes = Phrase(
        "your notes; `notes TEXT` adds one", zh: "查看笔记；`notes 文字` 添加一条")
    package static let helpQuit = Phrase(
        "leave; you go on from here next time", zh: "退出；下次从这里继续")
    package static let helpWords = Phrase("this list", zh: "显示本列表")
    package static let wordsHead = Phrase(
        "Words of the course, beside every command of the simulated cluster (`help start`, `help get`):",
        zh: "课程专用命令（除此之外，模拟集群的所有命令都可用，见 `help start`、`help get`）：")

    // MARK: Goals

    package static let goals = Phrase("Goals", zh: "目标")
    package static let goalMet = Phrase("met", zh: "已达成")
    package static let goalOpen = Phrase("open", zh: "未达成")
    package static let goalBroken = Phrase("broken", zh: "被破坏")
    package static let allMarked = Phrase(
        "All goals hold now. `check` asks whether they hold in time, and through what happens next.",
        zh: "现在所有目标都成立。输入 `check`，看看它们能否持续成立、经得起后面的变化。")
    package static let alwaysBroken = Phrase(
        "Broken at {time}: {text}", zh: "在 {time} 被破坏：{text}")
    package static let alwaysBrokenBy = Phrase(
        "by your command `{command}`; `undo` takes it back, `reset` begins anew",
        zh: "起因是命令 `{command}`；`undo` 可撤销，`reset` 重新开始")
    package static let forbidden = Phrase(
        "Not in this exercise: {reason}", zh: "本题不允许：{reason}")

    // MARK: Hints

    package static let hintOf = Phrase("Hint {number} of {all}", zh: "提示 {number}/{all}")
    package static let hintNow = Phrase(
        "Hint, as things stand now", zh: "针对当前状态的提示")
    package static let noMoreHints = Phrase(
        "That was the last hint. `solution --anyway` shows a solution.",
        zh: "提示已经全部给出。输入 `solution --anyway` 可查看解法。")
    package static let solutionFirst = Phrase(
        "Try it first: `hint` helps. `solution --anyway` shows it all the same, for one star.",
        zh: "先自己试试，`hint` 会给提示。执意要看请输入 `solution --anyway`，此题只得一星。")
    package static let solutionNumber = Phrase("Solution {number}", zh: "解法 {number}")
    package static let debriefFirst = Phrase(
        "The debrief comes when the exercise is solved.", zh: "解出之后才能看讲解。")
    package static let debriefTitle = Phrase("Why it works", zh: "原理")

    // MARK: Checks

    package static let nothingTyped = Phrase(
        "Nothing was done yet: the world is as you found it.",
        zh: "还没有任何操作：环境仍是初始状态。")
    package static let checkPassed = Phrase(
        "Solved: {name}  {stars}", zh: "已解出：{name}  {stars}")
    package static let checkHeldAfter = Phrase(
        "It also held when: {event}", zh: "经受住了：{event}")
    package static let checkBrokenBy = Phrase("by `{command}`", zh: "起因：`{command}`")
    package static let checkFailed = Phrase("Not yet.", zh: "还没有完成。")
    package static let checkAfter = Phrase(
        "After this happened: {event}", zh: "发生此事之后：{event}")
    package static let whyNotStar = Phrase(
        "(one star less: `why` was asked)", zh: "（用了 `why`，少一星）")
    package static let hintsStar = Phrase("(hints shown: {count})", zh: "（用了 {count} 条提示）")
    package static let yourWorldStays = Phrase(
        "Your own world is untouched: go on from where you are.",
        zh: "你自己的环境没有变化，可以接着做。")
    package static let goOn = Phrase(
        "`debrief` says why it works, `solution` how else; `next` goes on.",
        zh: "`debrief` 讲解原理，`solution` 看其他解法，`next` 进入下一题。")

    // MARK: Going on

    package static let nextUnsolved = Phrase(
        "This one is not solved: `check` says what is missing, `skip` leaves it for later.",
        zh: "这题还没解出：`check` 会指出差在哪里，`skip` 先跳过。")
    package static let skipped = Phrase(
        "Left for later: {name}", zh: "已跳过：{name}")
    package static let courseDone = Phrase(
        "That was the last one: the course is behind you.", zh: "这是最后一题，课程已全部完成。")
    package static let leaving = Phrase(
        "Your place is kept; `drydock learn` goes on here.",
        zh: "进度已保存；下次运行 `drydock learn` 从这里继续。")
    package static let noNotes = Phrase(
        "No notes yet; `notes TEXT` keeps one.", zh: "还没有笔记；`notes 文字` 可添加。")
    package static let noted = Phrase("Noted.", zh: "已记下。")
    package static let resetDone = Phrase(
        "The world is as you first found it.", zh: "环境已恢复到初始状态。")
    package static let reviewDone = Phrase(
        "It comes back on {day}.", zh: "下次复习：{day}。")
    package static let reviewLast = Phrase(
        "That was its last review.", zh: "这题的复习已全部完成。")
}
