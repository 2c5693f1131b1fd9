import Glibc
import Runner
import Support
import Synchronization

/// Rings through SIGALRM, so that it also ends loops which look at nothing but ``StopRequest``.
final class WallAlarm: ScenarioAlarm {
    private static let rang = Atomic<Bool>(false)
    private var isSet = false

    var hasRung: Bool { isSet && Self.rang.load(ordering: .relaxed) }

    func set(milliseconds: Int64) {
        stop()
        isSet = true
        signal(SIGALRM) { _ in
            WallAlarm.rang.store(true, ordering: .relaxed)
            StopRequest.set(true)
        }
        start(milliseconds)
    }

    func stop() {
        guard isSet else { return }
        start(0)
        isSet = false
        if Self.rang.exchange(false, ordering: .relaxed), !Interrupts.isPending {
            StopRequest.set(false)
        }
    }

    /// Zero stops it.
    private func start(_ milliseconds: Int64) {
        var timer = itimerval()
        timer.it_value.tv_sec = Int(milliseconds / 1000)
        timer.it_value.tv_usec = Int(milliseconds % 1000) * 1000
        setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
    }
}
