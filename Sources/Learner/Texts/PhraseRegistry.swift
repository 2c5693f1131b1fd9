extension Phrase {
    /// All phrases, for whoever checks them.
    // tidy: lists package static let (\w+) = Phrase\( of Sources/Learner/Texts
    package static let all: [Phrase] = [
        .solvedOf, .markSolved, .markNext, .markSkipped, .markKnown, .markOpen, .markDue,
        .levelAndMinutes, .nextIs, .reviewsWait, .progressSolved, .progressStars, .progressStreak,
        .progressDue, .progressNextReview, .progressSkipped, .progressKnown, .progressNotes,
        .countOf, .exported, .progressDamaged, .progressNewer, .progressUnwritten, .nothingDue,
        .nothingDueUntil, .reviewsDone, .placementKnown, .placementEnd, .placementAll, .watching,
        .watchWaits, .watchChecked, .fileUnreadable, .noExercise, .emptyCourse, .noCourse, .task,
        .exerciseHead, .reviewHead, .placementHead, .words, .timeStands, .resumed,
        .helpNext, .helpTask, .helpGoals, .helpHint, .helpCheck, .helpReset, .helpSkip,
        .helpSolution, .helpDebrief, .helpNotes, .helpQuit, .helpWords, .wordsHead, .goals,
        .goalMet, .goalOpen, .goalBroken, .allMarked, .alwaysBroken, .alwaysBrokenBy, .forbidden,
        .hintOf, .hintNow, .noMoreHints, .solutionFirst, .solutionNumber, .debriefFirst,
        .debriefTitle, .nothingTyped, .checkPassed, .checkHeldAfter, .checkBrokenBy, .checkFailed,
        .checkAfter, .whyNotStar, .hintsStar, .yourWorldStays, .goOn,
        .nextUnsolved, .skipped, .courseDone, .leaving, .noNotes, .noted,
        .resetDone, .reviewDone, .reviewLast,
    ]
}
