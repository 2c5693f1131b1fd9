/// What a run tells while it goes on.
package protocol RunListener: AnyObject {
    /// A script begins.
    func began(script path: String)
    /// A scenario begins; `title` is empty for a script that is one scenario itself.
    func began(scenario title: String)
    /// A command or `print` wrote this.
    func wrote(_ text: String)
    /// A scenario ended.
    func ended(_ result: ScenarioResult)
    /// A script ended.
    func ended(_ result: ScriptResult)
}
