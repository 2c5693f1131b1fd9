import Foundation
import Testing

@Suite("drydock run --echo")
struct EchoTests {
    @Test("shows each command before what it prints, at its time")
    func echoes() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("drydock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let script = """
            node add n1
            create configmap a --from-literal=b=c
            apply -f - <<EOF
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: d}
            EOF
            let names = output { get configmaps -o name }
            if true {
              print 1 + 1
            }

            """
        try script.write(
            to: folder.appendingPathComponent("a.dock"), atomically: true, encoding: .utf8)
        let result = try Program.shell("drydock run --echo a.dock", in: folder)
        #expect(
            result.output.hasPrefix(
                """
                [0s] > node add n1
                node/n1 added
                [0s] > create configmap a --from-literal=b=c
                configmap/a created
                [250ms] > apply -f - <<EOF
                ......... apiVersion: v1
                ......... kind: ConfigMap
                ......... metadata: {name: d}
                ......... EOF
                configmap/d created
                [750ms] > print 1 + 1
                2

                """), "\(result.output)")
    }
}
