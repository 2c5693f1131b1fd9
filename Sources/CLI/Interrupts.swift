import Glibc
import Synchronization

/// Ctrl-C as a flag that a running statement looks at.
enum Interrupts {
    private static let pending = Atomic<Bool>(false)

    /// Whether Ctrl-C was pressed since the flag was last taken down.
    static var isPending: Bool { pending.load(ordering: .relaxed) }

    static func clear() { pending.store(false, ordering: .relaxed) }

    /// From now on the first Ctrl-C raises the flag; a second one ends the program.
    static func catchOnce() {
        signal(SIGINT) { _ in
            if Interrupts.pending.load(ordering: .relaxed) { _exit(130) }
            Interrupts.pending.store(true, ordering: .relaxed)
        }
        // Whoever started the program may have blocked the signal for its own threads.
        var interrupt = sigset_t()
        sigemptyset(&interrupt)
        sigaddset(&interrupt, SIGINT)
        sigprocmask(SIG_UNBLOCK, &interrupt, nil)
        // Writing to a closed pipe answers an error instead of killing the process.
        signal(SIGPIPE, SIG_IGN)
    }
}
