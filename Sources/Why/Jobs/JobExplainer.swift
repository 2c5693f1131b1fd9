import API
import Cluster
import Model
import Support
import Value

/// A Job: whether it is done, why it failed, and what it waits for.
enum JobExplainer: Explainer {
    static let kinds = [Kind.job]

    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        let view = JobView(object.value)
        let name = inquiry.name(object)
        let conditions = view.conditions
        if let complete = conditions["Complete"], complete.status == "True" {
            return Finding(
                name, "is complete", "\(view.succeeded) pods succeeded",
                since: inquiry.time(complete.value[.lastTransitionTime]), state: .fine)
        }
        for type in ["Failed", "FailureTarget"] {
            if let failed = conditions[type], failed.status == "True" {
                return self.failed(object, view, failed, inquiry)
            }
        }
        if view.isSuspended {
            return Finding(
                name, "is suspended", "it starts no pods while it is",
                since: conditions["Suspended"].flatMap {
                    inquiry.time($0.value[.lastTransitionTime])
                },
                hints: [patch(object, "{\"spec\":{\"suspend\":false}}", "lets it run", inquiry)])
        }
        if view.parallelism == 0 {
            return Finding(
                name, "starts no pods", "its parallelism is 0",
                since: WrittenCause(inquiry).lastChange(of: object) {
                    $0[.spec][.parallelism]
                }?.time,
                hints: [
                    patch(
                        object, "{\"spec\":{\"parallelism\":1}}", "lets it run one pod at a time",
                        inquiry)
                ])
        }
        return running(object, view, inquiry)
    }

    private static func patch(
        _ object: StoredObject, _ text: String, _ words: String, _ inquiry: Inquiry
    ) -> Finding.Hint {
        Finding.Hint(
            inquiry.command("patch job \(object.name) -p '\(text)'", in: object.namespace), words)
    }

    private static func failed(
        _ object: StoredObject, _ view: JobView, _ condition: Condition, _ inquiry: Inquiry
    ) -> Finding {
        let detail =
            switch condition.reason {
            case "BackoffLimitExceeded":
                "\(view.failed) pods failed, and backoffLimit is \(view.backoffLimit)"
            case "DeadlineExceeded":
                "it ran longer than activeDeadlineSeconds (\(view.activeDeadlineSeconds ?? 0)s)"
            default: "\(condition.reason): \(condition.message)"
            }
        var finding = Finding(
            inquiry.name(object), "has failed", detail,
            since: inquiry.time(condition.value[.lastTransitionTime]))
        let pods = inquiry.pods(of: object).sorted {
            ($0.value[.metadata].text(.creationTimestamp), $0.name)
                < ($1.value[.metadata].text(.creationTimestamp), $1.name)
        }
        finding.because = pods.suffix(1).map { inquiry.explain($0) }
        finding.hints = [
            Finding.Hint(
                "", "a Job that has failed stays so: delete it and make it anew, mended")
        ]
        return finding
    }

    private static func running(
        _ object: StoredObject, _ view: JobView, _ inquiry: Inquiry
    ) -> Finding {
        let wanted = view.completions.map { " of \($0)" } ?? ""
        var finding = Finding(
            inquiry.name(object), "runs",
            "\(view.active) pods are active, \(view.succeeded)\(wanted) succeeded, "
                + "\(view.failed) failed",
            since: view.startTime.flatMap { Timestamp(parsing: $0)?.worldTime }, state: .waiting)
        let pods = inquiry.pods(of: object).filter {
            !PodView($0.value).isTerminal && !$0.isDeleting
        }
        finding.because = RefusedPods(object, inquiry).findings + inquiry.troubles(pods)
        if view.failed > 0 {
            let last = inquiry.pods(of: object).last { $0.value[.status].text(.phase) == "Failed" }
            if let last { finding.because.append(inquiry.explain(last)) }
            finding.because.append(
                Finding(
                    remark:
                        "after a failure it waits 10s, then twice as long each time, at most 6m; "
                        + "more than \(view.backoffLimit) failures end it", state: .waiting))
        }
        if finding.because.contains(where: { $0.state == .stuck && $0.text != "has failed" }) {
            finding.state = .stuck
        }
        return finding
    }
}
