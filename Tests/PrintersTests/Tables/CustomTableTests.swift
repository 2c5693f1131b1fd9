import Model
import Testing
import Value

@testable import Printers

@Suite struct CustomTableTests {
    private static let columns = object(
        """
        [{"name": "Size", "type": "integer", "jsonPath": ".spec.size"},
         {"name": "Ready", "type": "boolean", "jsonPath": ".status.ready"},
         {"name": "Since", "type": "date", "jsonPath": ".status.since"},
         {"name": "Host", "type": "string", "jsonPath": ".spec.hosts[0]", "priority": 1}]
        """)

    private func print(_ widgets: Value..., options: TableOptions = TableOptions()) -> String {
        var kinds = KindRegistry()
        let kind = kinds.register {
            KindDescriptor($0, "Widget", plural: "widgets", group: "example.com")
        }
        var printers = PrinterRegistry.builtIn
        printers.add(KindPrinter(table: .custom(printerColumns: Self.columns)), for: kinds[kind])
        return TablePrinter(options: options, printers: printers).print(widgets, now: now)
    }

    @Test func printerColumnsFollowTheName() {
        let full = object(
            "example.com/v1", "Widget", "full",
            """
            "spec": {"size": 3, "hosts": ["a", "b"]},
            "status": {"ready": true, "since": "\(ago(90))"}
            """)
        let bare = object("example.com/v1", "Widget", "bare", #""status": {"since": "soon"}"#)
        #expect(
            print(full, bare) == """
                NAME   SIZE   READY   SINCE
                full   3      true    90s
                bare                  <invalid>

                """)
        #expect(
            print(full, options: TableOptions(isWide: true))
                == "NAME   SIZE   READY   SINCE   HOST\nfull   3      true    90s     a\n")
    }

    @Test func withoutColumnsThereIsTheAge() {
        #expect(Table.custom(printerColumns: .null).columns.map(\.header) == ["NAME", "AGE"])
    }
}
