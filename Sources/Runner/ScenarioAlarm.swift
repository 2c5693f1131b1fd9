/// Ends a scenario that takes too long by the clock on the wall, which a run itself never reads.
package protocol ScenarioAlarm: AnyObject {
    /// Rings so long from now on.
    func set(milliseconds: Int64)
    /// Whether it has rung since it was set.
    var hasRung: Bool { get }
    /// Rings no more.
    func stop()
}
