import Pictures
import Reports
import Session

extension Session {
    /// What happened in a scenario that has ended, drawn.
    func picture(of result: ScenarioResult) -> ScenarioPicture {
        let history = worldHistory
        let text = TimelineText.text(
            history, LaneBuilder.Choice(namespace: nil, names: []),
            TimelineText.Style(width: 120, usesColor: false, lanesPerGroup: 20))
        guard let text else { return ScenarioPicture(text: "", page: "") }
        let script = result.place.map { (name: $0.source.name, text: $0.source.text) }
        let title = result.title.isEmpty ? script?.name ?? "drydock" : result.title
        return ScenarioPicture(
            text: text, page: TimelinePage.page(history, script: script, title: title))
    }
}
