import Support
import Value

extension KindPrinter {
    static let priorityClass = KindPrinter(table: .priorityClass, description: .priorityClass)
}

extension Table {
    static let priorityClass = Table(
        .name,
        .int("VALUE") { $0[.value] },
        TableColumn("GLOBAL-DEFAULT") { object, _ in
            object[.globalDefault].bool == true ? "true" : "false"
        },
        .age,
        TableColumn("PREEMPTIONPOLICY") { object, _ in object[.preemptionPolicy].cellText })
}

extension Description {
    static let priorityClass = Description { priorityClass, _, writer in
        writer.line(0, "Name:\t\(priorityClass.objectName)")
        writer.line(0, "Value:\t\(priorityClass[.value].cellInt)")
        writer.line(0, "GlobalDefault:\t\(priorityClass[.globalDefault].cellText(or: "false"))")
        writer.line(0, "PreemptionPolicy:\t\(priorityClass[.preemptionPolicy].cellText)")
        writer.line(0, "Description:\t\(priorityClass[.description].cellText)")
        writer.line(
            0, "Annotations:\t\(labelsText(priorityClass[.metadata][.annotations]))")
    }
}
