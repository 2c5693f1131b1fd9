import Model
import Value

extension SimulatedCluster {
    /// The processes with views of their own: "controller-manager", "scheduler", "kubelet".
    package var processes: [String] { views.map(\.name) }

    /// Makes every write reach `process` `milliseconds` after its commit from now on: a slow or stuck
    /// watch. What is on its way already arrives with the new delay too. Answers false for an unknown
    /// name.
    @discardableResult
    package func delayWatches(of process: String, to milliseconds: Milliseconds) -> Bool {
        guard let place = views.firstIndex(where: { $0.name == process }) else { return false }
        views[place].latency = milliseconds
        views[place].planDelivery(dispatcher: deliverer.id, index: place)
        return true
    }
}
