import Support
import Value

extension KindPrinter {
    static let flowSchema = KindPrinter(table: .flowSchema)
    static let priorityLevelConfiguration = KindPrinter(table: .priorityLevelConfiguration)
}

extension Table {
    static let flowSchema = Table(
        .name,
        .text("PRIORITYLEVEL") { $0[.spec]["priorityLevelConfiguration"][.name] },
        .int("MATCHINGPRECEDENCE") { $0[.spec]["matchingPrecedence"] },
        .text("DISTINGUISHERMETHOD", or: "<none>") { $0[.spec]["distinguisherMethod"][.type] },
        .age,
        TableColumn("MISSINGPL") { object, _ in
            let condition = object[.status][.conditions].elements.first {
                $0[.type].string == "Dangling"
            }
            return condition?[.status].cellText ?? "?"
        })

    static let priorityLevelConfiguration = Table(
        .name,
        .text("TYPE") { $0[.spec][.type] },
        .text("NOMINALCONCURRENCYSHARES", or: "<none>") {
            $0[.spec]["limited"]["nominalConcurrencyShares"]
        },
        .text("QUEUES", or: "<none>") { queuing($0)["queues"] },
        .text("HANDSIZE", or: "<none>") { queuing($0)["handSize"] },
        .text("QUEUELENGTHLIMIT", or: "<none>") { queuing($0)["queueLengthLimit"] },
        .age)

    private static func queuing(_ level: Value) -> Value {
        level[.spec]["limited"]["limitResponse"]["queuing"]
    }
}
