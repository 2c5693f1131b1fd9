// What is said of a course and of what was done of it.

extension Phrase {
    // MARK: The list

    package static let solvedOf = Phrase(
        "{solved} of {all} solved", zh: "已解出 {solved}/{all}")
    package static let markSolved = Phrase("solved", zh: "已解出")
    package static let markNext = Phrase("next", zh: "下一题")
    package static let markSkipped = Phrase("skipped", zh: "已跳过")
    package static let markKnown = Phrase("known", zh: "已掌握")
    package static let markOpen = Phrase("open", zh: "未做")
    package static let markDue = Phrase("review", zh: "待复习")
    package static let levelAndMinutes = Phrase(
        "level {level}, {minutes} min", zh: "难度 {level}，{minutes} 分钟")
    package static let nextIs = Phrase("Next: {name}", zh: "下一题：{name}")
    package static let reviewsWait = Phrase(
        "Reviews that wait: {count} (`drydock learn review`)",
        zh: "待复习：{count} 题（`drydock learn review`）")

    // MARK: Progress

    package static let progressSolved = Phrase("Solved", zh: "已解出")
    package static let progressStars = Phrase("Stars", zh: "星数")
    package static let progressStreak = Phrase("Days in a row", zh: "连续天数")
    package static let progressDue = Phrase("Reviews due", zh: "待复习")
    package static let progressNextReview = Phrase("Next review", zh: "下次复习")
    package static let progressSkipped = Phrase("Left for later", zh: "已跳过")
    package static let progressKnown = Phrase("Known from the placement test", zh: "测试中已掌握")
    package static let progressNotes = Phrase("Notes", zh: "笔记")
    package static let countOf = Phrase("{count} of {all}", zh: "{count}/{all}")
    package static let exported = Phrase(
        "Progress written to {file}.", zh: "学习进度已写入 {file}。")
    package static let progressDamaged = Phrase(
        "The file of your progress could not be read ({reason}). It was kept as {file}, and a new one begun.",
        zh: "学习进度文件无法读取（{reason}）。原文件保留为 {file}，已另建新文件。")
    package static let progressNewer = Phrase(
        "The file of your progress was written by a later drydock (form {version}). It is left as it is; what you do now is not kept.",
        zh: "学习进度文件由更新版本的 drydock 写成（格式 {version}）。原文件保持不变，本次的进度不会保存。")
    package static let progressUnwritten = Phrase(
        "Your progress cannot be written to {file}: {reason}",
        zh: "无法将学习进度写入 {file}：{reason}")

    // MARK: Review and placement

    package static let nothingDue = Phrase("Nothing is due for review.", zh: "没有待复习的练习。")
    package static let nothingDueUntil = Phrase(
        "Nothing is due for review before {day}.", zh: "{day} 之前没有待复习的练习。")
    package static let reviewsDone = Phrase("All reviews are done.", zh: "复习全部完成。")
    package static let placementKnown = Phrase(
        "Chapter {chapter} counts as known: {title}", zh: "第 {chapter} 章算作已掌握：{title}")
    package static let placementEnd = Phrase(
        "You begin with chapter {chapter}: {title}", zh: "从第 {chapter} 章开始：{title}")
    package static let placementAll = Phrase(
        "You know every chapter. `drydock learn list` shows what there is to practise.",
        zh: "各章你都已掌握。`drydock learn list` 可查看全部练习。")

    // MARK: Watching a file

    package static let watching = Phrase(
        "Checking {file} for {name} whenever it is saved; Ctrl-C ends.",
        zh: "每次保存 {file} 都会按 {name} 检查；按 Ctrl-C 结束。")
    package static let watchWaits = Phrase(
        "{file} is not there yet: it is checked when you save it.",
        zh: "{file} 还不存在，保存后即开始检查。")
    package static let watchChecked = Phrase("checked at {time}", zh: "检查于 {time}")
    package static let fileUnreadable = Phrase(
        "{file} cannot be read: {reason}", zh: "无法读取 {file}：{reason}")

    // MARK: What is not there

    package static let noExercise = Phrase(
        "The course has no exercise {name}; nearest is {nearest}. `drydock learn list` shows all.",
        zh: "课程中没有练习 {name}，最接近的是 {nearest}。`drydock learn list` 列出全部练习。")
    package static let emptyCourse = Phrase(
        "The course has no exercise that can be read.", zh: "课程中没有能读取的练习。")
    package static let noCourse = Phrase(
        "There is no course at {path}: a course is a folder with course.toml.",
        zh: "{path} 处没有课程：课程是含有 course.toml 的文件夹。")
}
