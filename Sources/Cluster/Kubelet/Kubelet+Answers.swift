import Model
import Value

extension ContainerBehavior {
    /// What is said of a probe's answer at an age of the container; nil where nothing is.
    ///
    /// The setting of the probe counts, then `ready` and `readyAfter`, then what `http` says of the path
    /// it asks for. A status from 200 to 399 passes (pkg/probe/http).
    func said(
        of kind: ProbeAnswer.Kind, _ probe: Value, at age: Milliseconds
    ) -> ProbeAnswer? {
        if let given = probes.last(where: { $0.kind == kind && $0.from <= age }) { return given }
        if kind == .readiness, isReady == false || age < readyAfter ?? 0 {
            return ProbeAnswer(kind: kind, from: 0, succeeds: false)
        }
        if !http.isEmpty, let path = probe.requestedPath,
            let answer = HTTPBehavior.rule(http, for: path)?.answer(at: age)
        {
            let succeeds = 200..<400 ~= answer.status
            return ProbeAnswer(
                kind: kind, from: answer.from, succeeds: succeeds, takes: answer.takes,
                message: succeeds ? nil : "HTTP probe failed with statuscode: \(answer.status)")
        }
        return nil
    }
}

extension Value {
    /// The path that a probe asks for by HTTP; nil for one of another sort.
    var requestedPath: String? {
        let request = self[.httpGet]
        if request.isNull { return nil }
        let path = request.text(.path)
        return path.isEmpty ? "/" : path
    }
}

// Answering requests: by what scripts say, as the probes would find it, and as the image is known to.
extension Kubelet {
    /// What a container of age `age` answers; nil where it does not speak HTTP.
    func answer(
        to request: ServerRequest, plan: ContainerPlan, _ behavior: ContainerBehavior,
        age: Milliseconds, _ names: AnswerText,
        file: @escaping (_ folder: String, _ path: String) -> [UInt8]?
    ) -> ServerAnswer? {
        if let said = HTTPBehavior.rule(behavior.http, for: request.target)?.answer(at: age) {
            return answer(said, names)
        }
        var isProbed = false
        for kind in ProbeAnswer.Kind.all {
            let probe = plan.spec[kind.field]
            guard let path = probe.requestedPath, path == request.path else { continue }
            isProbed = true
            guard let said = behavior.said(of: kind, probe, at: age), !said.succeeds else {
                continue
            }
            var answer = ServerAnswer((said.message ?? "Service Unavailable") + "\n", status: 503)
            answer.takes = said.takes
            return answer
        }
        return ServerPages(names: names, plan: plan, request: request, file: file).answer(
            isProbed: isProbed)
    }

    /// A text ends with a line's end.
    private func answer(_ said: HTTPBehavior.Answer, _ names: AnswerText) -> ServerAnswer {
        var text = said.text.map(names.filled) ?? "\(said.status)"
        if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
        var answer = ServerAnswer(text, status: said.status)
        if text.first == "{" || text.first == "[" {
            answer.headers = [("Content-Type", "application/json")]
        } else if text.first == "<" {
            answer.headers = [("Content-Type", "text/html")]
        }
        answer.takes = said.takes
        return answer
    }
}
