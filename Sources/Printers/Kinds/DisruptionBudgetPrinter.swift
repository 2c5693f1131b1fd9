import Support
import Value

extension KindPrinter {
    static let podDisruptionBudget = KindPrinter(
        table: .podDisruptionBudget, description: .podDisruptionBudget)
}

extension Table {
    static let podDisruptionBudget = Table(
        .name,
        .text("MIN AVAILABLE", or: "N/A") { $0[.spec][.minAvailable] },
        .text("MAX UNAVAILABLE", or: "N/A") { $0[.spec][.maxUnavailable] },
        .int("ALLOWED DISRUPTIONS") { $0[.status][.disruptionsAllowed] },
        .age)
}

extension Description {
    static let podDisruptionBudget = Description { budget, _, writer in
        let spec = budget[.spec]
        let status = budget[.status]
        writer.heading(budget)
        if !spec[.minAvailable].isNull {
            writer.line(0, "Min available:\t\(spec[.minAvailable].cellText)")
        } else if !spec[.maxUnavailable].isNull {
            writer.line(0, "Max unavailable:\t\(spec[.maxUnavailable].cellText)")
        }
        let selector = spec[.selector].isNull ? "<unset>" : selectorTextOrNone(spec[.selector])
        writer.line(0, "Selector:\t\(selector)")
        writer.line(0, "Status:")
        writer.line(2, "Allowed disruptions:\t\(status[.disruptionsAllowed].cellInt)")
        writer.line(2, "Current:\t\(status[.currentHealthy].cellInt)")
        writer.line(2, "Desired:\t\(status[.desiredHealthy].cellInt)")
        writer.line(2, "Total:\t\(status[.expectedPods].cellInt)")
    }
}
