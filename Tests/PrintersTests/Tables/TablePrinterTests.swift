import Model
import Testing
import Value

@testable import Printers

@Suite struct TablePrinterTests {
    private static let configMap = object(
        "v1", "ConfigMap", "settings",
        metadata: #""labels": {"tier": "x", "app.io/name": "web"}"#, #""data": {"a": "1"}"#)
    private static let service = object(
        "v1", "Service", "web", namespace: "shop",
        #""spec": {"type": "ClusterIP", "clusterIPs": ["10.0.0.1"]}"#)
    private static let deployment = object(
        "apps/v1", "Deployment", "web", #""spec": {"replicas": 1}"#)
    private static let node = object("v1", "Node", "node-1", namespace: nil)

    @Test func nothingPrintsNothing() {
        #expect(TablePrinter().print([], now: now) == "")
    }

    @Test func severalKindsAreSeparateTables() {
        #expect(
            table(Self.configMap, Self.deployment, options: TableOptions(showsKind: true)) == """
                NAME                 DATA   AGE
                configmap/settings   1      5m

                NAME                  READY   UP-TO-DATE   AVAILABLE   AGE
                deployment.apps/web   0/1     0            0           5m

                """)
    }

    @Test func headersCanBeLeftOut() {
        #expect(
            table(Self.configMap, Self.deployment, options: TableOptions(hidesHeaders: true))
                == "settings   1     5m\nweb   0/1   0     0     5m\n")
    }

    @Test func labelsBecomeColumns() {
        #expect(
            table(
                Self.configMap,
                options: TableOptions(showsLabels: true, labelColumns: ["app.io/name", "gone"]))
                    == """
                    NAME       DATA   AGE   NAME   GONE   LABELS
                    settings   1      5m    web           app.io/name=web,tier=x

                    """)
        #expect(
            table(Self.service, options: TableOptions(showsLabels: true)).hasSuffix("<none>\n"))
    }

    @Test func allNamespacesNameTheirNamespace() {
        let options = TableOptions(showsNamespace: true)
        #expect(
            table(Self.configMap, options: options) == """
                NAMESPACE   NAME       DATA   AGE
                default     settings   1      5m

                """)
        #expect(table(Self.node, options: options).hasPrefix("NAME     STATUS "))
    }

    @Test func aKindOutsideNamespacesKeepsTheColumnOfTheKindBefore() {
        let text = table(
            Self.configMap, Self.node, options: TableOptions(showsNamespace: true, showsKind: true))
        #expect(
            text.contains(
                """


                NAMESPACE   NAME          STATUS    ROLES    AGE   VERSION
                            node/node-1   Unknown   <none>   5m
                """))
    }

    @Test func agesOfUnknownAndFutureObjects() {
        let unknown = object(
            #"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}"#)
        let future = object("v1", "ConfigMap", "b", age: -5)
        let soon = object("v1", "ConfigMap", "c", age: -1)
        #expect(
            table(unknown, future, soon) == """
                NAME   DATA   AGE
                a      0      <unknown>
                b      0      <invalid>
                c      0      0s

                """)
    }

    @Test func cellsEndAtTheirFirstLineBreak() {
        let event = object(
            "v1", "Event", "e", #""message": "a\u001b[31m\nb", "involvedObject": {"kind": "Pod"}"#)
        #expect(table(event).hasSuffix("pod      a^[[31m...\n"))
    }

    @Test func customResourcesCanHaveTablesOfTheirOwn() {
        let widget = object("example.com/v1", "Widget", "w", #""spec": {"size": 3}"#)
        var kinds = KindRegistry()
        let kind = kinds.register {
            KindDescriptor($0, "Widget", plural: "widgets", group: "example.com")
        }
        var printers = PrinterRegistry.builtIn
        let sizes = Table(.name, .int("SIZE") { $0[.spec]["size"] })
        printers.add(KindPrinter(table: sizes), for: kinds[kind])
        #expect(
            TablePrinter(printers: printers).print([widget], now: now)
                == "NAME   SIZE\nw      3\n")
        #expect(TablePrinter().print([widget], now: now).hasPrefix("NAME   AGE\nw "))
    }

    @Test func aWatchRemembersItsWidths() {
        var printer = WatchPrinter()
        #expect(printer.begin([], now: now) == "")
        #expect(
            printer.row(Self.configMap, event: .added, now: now)
                == "NAME       DATA   AGE\nsettings   1      5m\n")
        let short = object("v1", "ConfigMap", "c")
        #expect(printer.row(short, event: .added, now: now) == "c          0      5m\n")
        let long = object("v1", "ConfigMap", "a-longer-name")
        #expect(printer.row(long, event: .deleted, now: now) == "a-longer-name   0      5m\n")
        #expect(printer.row(short, event: .modified, now: now) == "c               0      5m\n")
    }

    @Test func aWatchBeginsWithWhatExists() {
        var printer = WatchPrinter(options: TableOptions(showsWatchEvents: true))
        #expect(
            printer.begin([Self.configMap, object("v1", "ConfigMap", "c")], now: now) == """
                EVENT      NAME       DATA   AGE
                ADDED      settings   1      5m
                ADDED      c          0      5m

                """)
        #expect(
            printer.row(Self.configMap, event: .modified, now: now)
                == "MODIFIED   settings   1      5m\n")
        #expect(
            printer.row(Self.configMap, event: .deleted, now: now)
                == "DELETED    settings   1      5m\n")
    }
}
