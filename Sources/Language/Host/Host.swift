import Syntax
import Value

/// What the language asks of the world around it: everything that has to do with clusters, time,
/// files and output. The language itself knows none of these.
///
/// One host belongs to one run. Methods may throw:
/// - ``HostError``: the request makes no sense; the language turns it into a diagnostic with the
///   place in the script;
/// - a ``Trouble``: passed through as it is;
/// - any other error: passed through untouched, never caught by `expect fails`. So a host can
///   unwind a running block (a violated `always`) with an error of its own and catch it again.
package protocol Host: Facts, CommandHost, NoteTaker {
    // MARK: Running

    /// Called before a statement that can touch the world, so that changes know their cause.
    func begins(_ place: Place)

    /// Runs a command with a trailing block (`get pods -w { … }`). The host calls `body` once;
    /// what `body` throws must be thrown on.
    func run(_ call: CommandCall, body: () throws -> Void) throws -> Int32

    /// Throws ``HostError`` where the run has used up what it may use of something whose parts are all
    /// within their limits, such as output or memory. Asked after every command, print and large value,
    /// and every few thousand steps.
    func checkLimits() throws

    // MARK: Reading

    /// What the query finds at this instant. Takes no virtual time.
    func read(_ query: ResourceQuery) throws -> Reading

    /// Follows the list that the query finds, so that a condition which is judged at every write looks at
    /// what was written alone. Nil where the host cannot.
    func follow(_ query: ResourceQuery) -> (any ListFollower)?

    /// For a list that came out empty though objects were expected: what is there instead
    /// ("no pod has app=wbe; app has web (3), db (1)"). Nil when there is nothing to say.
    func whyEmpty(_ query: ResourceQuery) -> String?

    /// For a list that came out empty: why it could not but be, where no object ever had such labels
    /// ("no object ever had the label app=wbe; app is web (3)"). Nil where some had them, so that to be
    /// empty says something.
    func whyNeverAny(_ query: ResourceQuery) -> String?

    /// What the cluster's DNS says of `name` to a pod in the namespace in force at this instant; `type`
    /// is a record type ("A", "SRV"). Throws ``HostError`` for a type that it does not know.
    func resolve(_ name: String, type: String) throws -> Resolution

    /// What a request of HTTP gets at this instant. Takes no virtual time. Throws ``HostError`` for what
    /// is no address of HTTP, or no pod.
    func request(_ request: WebQuery) throws -> WebOutcome

    // MARK: Expectations over time (DECISIONS 18)

    /// Lets virtual time pass until `condition` holds, checked now and after each committed write
    /// (the host may skip writes that change nothing of ``Condition/reads``), at most for
    /// `milliseconds`. Stops right after the write at which it holds.
    func wait(atMost milliseconds: Int64, for condition: Condition) throws -> WaitOutcome

    /// Checks `condition` before `body`, after each committed write while `body` runs, and at its
    /// end. At the first violation the host takes ``Condition/failure()``, unwinds `body` with an
    /// error of its own and answers `.violated`. An error that `body` throws is thrown on.
    func watch(_ condition: Condition, during body: () throws -> Void) throws -> WatchOutcome

    /// Runs `timer.block` after `timer.milliseconds` of virtual time: once for `at`, and again and
    /// again for `every`, until the scenario ends.
    func schedule(_ timer: TimerRequest) throws

    /// Lines for a failure report: what changed last in the objects read and when, the writer, the
    /// related events. At most a handful, each one line.
    func evidence(for reads: [ResourceQuery]) -> [String]

    // MARK: Files, behaviour, output

    /// Puts a file into memory, where it shadows the disk.
    func declareFile(_ name: String, text: String, at place: Place) throws

    /// Says how the containers behave that `target` selects (an image pattern and what narrows it).
    func setBehavior(_ target: [String], settings: [BehaviorValue], at place: Place) throws

    /// From here on output is kept instead of shown. Captures nest.
    func beginCapture()

    /// Ends the innermost capture and gives what was written since.
    func endCapture() -> String
}

extension Host {
    package func checkLimits() throws {}

    package func request(_ request: WebQuery) throws -> WebOutcome {
        throw HostError("there is no network here")
    }
}

/// What DNS says of a name.
package struct Resolution: Sendable {
    /// The data of the records, in their order; for addresses without the aliases on the way.
    package let values: [String]
    /// The objects that the answer depends on.
    package let reads: [ResourceQuery]

    package init(values: [String], reads: [ResourceQuery]) {
        self.values = values
        self.reads = reads
    }
}

/// A request of HTTP by a script.
package struct WebQuery: Sendable {
    package let url: String
    /// The pod that sends it, `NAME` or `NAMESPACE/NAME`; nil: a machine of the cluster.
    package let pod: String?
    /// Whether each endpoint that could be drawn answers, or one.
    package let isToAll: Bool
    /// Whether the same endpoint is drawn as long as nothing changes: in conditions, which are judged
    /// more than once.
    package let isRepeatable: Bool

    package init(url: String, pod: String?, isToAll: Bool, isRepeatable: Bool) {
        self.url = url
        self.pod = pod
        self.isToAll = isToAll
        self.isRepeatable = isRepeatable
    }
}

/// What a request of HTTP got.
package struct WebOutcome: Sendable {
    /// Maps of `status`, `body`, `pod`, `headers`, `milliseconds` and `error`.
    package let answers: [Value]
    /// The objects that the answers depend on.
    package let reads: [ResourceQuery]

    package init(answers: [Value], reads: [ResourceQuery]) {
        self.answers = answers
        self.reads = reads
    }
}

/// One setting of a `behavior` statement.
package struct BehaviorValue: Sendable {
    package let name: String
    package let value: Value
    package let span: SourceSpan

    package init(name: String, value: Value, span: SourceSpan) {
        self.name = name
        self.value = value
        self.span = span
    }
}

/// A request that makes no sense to the host. The language adds the place.
package struct HostError: Error, Sendable {
    /// One line, lower case, no final period.
    package var message: String
    /// How to put it right, if known.
    package var hint: String?
    /// The part of the script to point at, where it is narrower than the statement.
    package var span: SourceSpan?

    package init(_ message: String, hint: String? = nil, span: SourceSpan? = nil) {
        self.message = message
        self.hint = hint
        self.span = span
    }
}

/// An `at` or `every` that takes effect.
package struct TimerRequest {
    package let kind: TimerStatement.Kind
    /// Virtual time until the (first) run, and between runs; positive for `every`.
    package let milliseconds: Int64
    package let block: DeferredBlock
    package let place: Place
}

/// How waiting for a condition ended.
package enum WaitOutcome: Sendable {
    /// It held at this virtual time.
    case held(atMilliseconds: Int64)
    /// It did not hold at any state until the limit.
    case expired
}

/// How watching a condition ended.
package enum WatchOutcome: Sendable {
    /// It held at every state; so many states were checked.
    case held(states: Int)
    /// It held, but no object that it reads was written while the block ran.
    case vacuous(states: Int)
    /// It broke; the failure as of that state, with the host's notes added.
    case violated(ExpectationFailure)
}

extension Host {
    package func whyNeverAny(_ query: ResourceQuery) -> String? { nil }
}
