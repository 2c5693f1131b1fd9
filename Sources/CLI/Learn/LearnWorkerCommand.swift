import ArgumentParser
import Glibc
import Runner
import Synchronization
import Syntax

/// `drydock learn-worker`: what `learn prove` and `learn grade` start to judge, never a person. Reads jobs from
/// standard input, a line each, and writes what came of them to standard output.
struct LearnWorkerCommand: ParsableCommand {
    static let name = "learn-worker"

    static let configuration = CommandConfiguration(
        commandName: name, abstract: "Judge answers (for drydock learn).", shouldDisplay: false)

    func run() throws {
        Interrupts.catchSignals([SIGINT, SIGTERM], secondEnds: true)
        ParentWatch.begin()
        var input = LineReader(0)
        let output = OutputFile.standardOutput()
        while let line = input.next() {
            let job = try WorkerLine.read(LearnJob.self, line, sources: SourceTable())
            switch job {
            case .prove(let job):
                output.write(try WorkerLine.text(LearnWork.prove(job), sources: SourceTable()))
            case .grade(let job):
                output.write(try WorkerLine.text(LearnWork.grade(job), sources: SourceTable()))
            }
            output.flush()
            if output.problem != nil || Interrupts.isPending { return }
        }
    }
}

/// Ends the process when whoever waits for its results is gone, whatever it is at.
private enum ParentWatch {
    private static let parent = Atomic<Int32>(0)

    static func begin() {
        parent.store(getppid(), ordering: .relaxed)
        signal(SIGALRM) { _ in
            if getppid() != ParentWatch.parent.load(ordering: .relaxed) { _exit(1) }
        }
        var timer = itimerval()
        timer.it_value.tv_sec = 1
        timer.it_interval.tv_sec = 1
        setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
    }
}
