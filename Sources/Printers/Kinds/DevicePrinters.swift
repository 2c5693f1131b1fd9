import Support
import Value

extension KindPrinter {
    static let deviceClass = KindPrinter(table: .custom)
    static let resourceClaim = KindPrinter(table: .resourceClaim)
    static let resourceSlice = KindPrinter(table: .resourceSlice)
}

extension Table {
    static let resourceClaim = Table(
        .name,
        TableColumn("STATE") { claim, _ in
            let isDeleted = !claim[.metadata][.deletionTimestamp].isNull
            var states = isDeleted ? ["deleted"] : []
            if claim[.status]["allocation"].isNull {
                if !isDeleted { states.append("pending") }
            } else {
                states.append("allocated")
                if claim[.status]["reservedFor"].count > 0 { states.append("reserved") }
            }
            return states.joined(separator: ",")
        },
        .age)

    static let resourceSlice = Table(
        .name,
        .text("NODE") { $0[.spec][.nodeName] },
        .text("DRIVER") { $0[.spec]["driver"] },
        .text("POOL") { $0[.spec]["pool"][.name] },
        .age)
}
